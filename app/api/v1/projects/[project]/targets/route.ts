import { route } from "@/lib/server/http";
import { listTargets } from "@/lib/server/targets";
import { targetPage, targetQuery } from "@/lib/server/targets.schema";

export const GET = route({
  summary: "Spans of other articles that a link may end in: one's own, and gold",
  who: "Reviewers, adjudicators, editors",
  query: targetQuery,
  answers: { 200: targetPage },
  run: ({ actor, params, query }) => listTargets(actor, params.project ?? "", query),
});
