import { getCase } from "@/lib/server/cases";
import { caseWithHistory, revealQuery } from "@/lib/server/cases.schema";
import { route } from "@/lib/server/http";

export const GET = route({
  summary: "A case with every decision on it",
  who: "Editors, adjudicators; after settlement the article's reviewers and viewers",
  query: revealQuery,
  answers: { 200: caseWithHistory },
  run: ({ actor, params, query }) => getCase(actor, params.case ?? "", query),
});
