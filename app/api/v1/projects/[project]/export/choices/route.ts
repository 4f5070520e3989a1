import { choicesView } from "@/lib/server/exports.schema";
import { exportChoices } from "@/lib/server/exportsChoices";
import { route } from "@/lib/server/http";

export const GET = route({
  summary: "What an export or a release can be narrowed to: labels, outlets, reviewers, agreement",
  who: "Members, administrators; outlets and reviewers for whoever may have everyone's",
  answers: { 200: choicesView },
  run: ({ actor, params }) => exportChoices(actor, params.project ?? ""),
});
