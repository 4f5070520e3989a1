import { decideArticle } from "@/lib/server/decisions";
import { articleDecisionSchema, decisionMadeView, decisionView } from "@/lib/server/decisions.schema";
import { articleDecisions } from "@/lib/server/gold";
import { created, route } from "@/lib/server/http";
import { pageOf } from "@/lib/server/paging";

export const GET = route({
  summary: "Every decision of an article, in the order in which they were made",
  who: "Editors, adjudicators; after settlement its reviewers and viewers",
  answers: { 200: pageOf(decisionView) },
  run: ({ actor, params }) => articleDecisions(actor, params.article ?? ""),
});

export const POST = route({
  summary: "Creates gold that nobody marked, or takes such a creation back",
  who: "Adjudicators, administrators",
  body: articleDecisionSchema,
  answers: { 201: decisionMadeView, 200: decisionMadeView },
  run: ({ actor, params, body }) => decideArticle(actor, params.article ?? "", body),
  answer: created,
});
