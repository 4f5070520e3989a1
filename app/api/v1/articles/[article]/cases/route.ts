import { articleCases } from "@/lib/server/cases";
import { articleCasesSchema, casePage } from "@/lib/server/cases.schema";
import { route } from "@/lib/server/http";

export const GET = route({
  summary: "An article's cases, in order of position",
  who: "Editors, adjudicators; after settlement its reviewers and viewers",
  query: articleCasesSchema,
  answers: { 200: casePage },
  run: ({ actor, params, query }) => articleCases(actor, params.article ?? "", query),
});
