import { caseCounts } from "@/lib/server/cases";
import { caseCountsView } from "@/lib/server/cases.schema";
import { route } from "@/lib/server/http";

export const GET = route({
  summary: "How many cases are open, decided, stale and orphaned and, of the undecided, of which kind and label",
  who: "Editors, adjudicators; others counting those that they may see",
  answers: { 200: caseCountsView },
  run: ({ actor, params }) => caseCounts(actor, params.project ?? ""),
});
