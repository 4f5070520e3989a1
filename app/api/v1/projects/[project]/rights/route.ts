import { route } from "@/lib/server/http";
import { projectRights } from "@/lib/server/overview";
import { projectRightsView } from "@/lib/server/overview.schema";

export const GET = route({
  summary: "What the caller may do in the project, in the same words as the app's navigation",
  who: "Members, administrators",
  answers: { 200: projectRightsView },
  run: ({ actor, params }) => projectRights(actor, params.project ?? ""),
});
