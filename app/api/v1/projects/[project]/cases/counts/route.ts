import { caseCounts } from "@/lib/server/cases";
import { caseCountsSchema, caseCountsView } from "@/lib/server/cases.schema";
import { route } from "@/lib/server/http";

export const GET = route({
  summary: "How many cases are open, decided, stale and orphaned and, of the undecided, of which kind and label",
  who: "Editors, adjudicators; others counting those that they may see",
  query: caseCountsSchema,
  answers: { 200: caseCountsView },
  run: ({ actor, params, query }) => caseCounts(actor, params.project ?? "", query),
});
