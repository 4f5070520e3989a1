import { decisionsUnder } from "@/lib/server/case-law";
import { citingPage, lawQuery } from "@/lib/server/case-law.schema";
import { route } from "@/lib/server/http";

export const GET = route({
  summary: "Decisions that cite a rule of the guideline, by the rule's anchor, the newest first",
  who: "Members, administrators; each the decisions that they may see",
  names: ["rule"],
  query: lawQuery,
  answers: { 200: citingPage },
  run: ({ actor, params, query }) => decisionsUnder(actor, params.project ?? "", params.rule ?? "", query),
});
