import { listCases } from "@/lib/server/cases";
import { caseItemPage, caseListSchema } from "@/lib/server/cases.schema";
import { route } from "@/lib/server/http";

export const GET = route({
  summary: "A project's cases, article by article",
  who: "Editors, adjudicators; others those of settled articles that they may see",
  query: caseListSchema,
  answers: { 200: caseItemPage },
  run: ({ actor, params, query }) => listCases(actor, params.project ?? "", query),
});
