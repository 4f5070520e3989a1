import { keepDecisions, recheckList } from "@/lib/server/case-law";
import { keepBody, keptView, recheckPage, recheckQuery } from "@/lib/server/case-law.schema";
import { route } from "@/lib/server/http";

export const GET = route({
  summary: "Decisions to look at again, because a rule that they cite, or that is about their labels, changed since",
  who: "Editors, adjudicators, administrators",
  query: recheckQuery,
  answers: { 200: recheckPage },
  run: ({ actor, params, query }) => recheckList(actor, params.project ?? "", query),
});

export const POST = route({
  summary: "Keeps decisions as they are under the guideline of now",
  who: "Editors, adjudicators, administrators",
  body: keepBody,
  answers: { 200: keptView },
  run: ({ actor, params, body }) => keepDecisions(actor, params.project ?? "", body),
});
