import { route } from "@/lib/server/http";
import { cancelRelease } from "@/lib/server/releases";
import { releaseView } from "@/lib/server/releases.schema";

export const POST = route({
  summary: "Takes back a release that is not ready; its number stays",
  who: "The project's editors, administrators",
  names: ["release"],
  answers: { 200: releaseView },
  run: ({ actor, params }) => cancelRelease(actor, params.project ?? "", params.release ?? ""),
});
