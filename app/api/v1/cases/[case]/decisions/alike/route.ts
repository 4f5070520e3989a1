import { decideAlike } from "@/lib/server/decisions-alike";
import { route } from "@/lib/server/http";
import { alikeSchema, alikeView } from "@/lib/server/precedents.schema";

export const POST = route({
  summary:
    "Follows the decision on this case in every undecided one that is alike, a decision each; with dryRun only tells which",
  who: "Adjudicators, administrators",
  body: alikeSchema,
  answers: { 200: alikeView },
  run: ({ actor, params, body }) => decideAlike(actor, params.case ?? "", body),
});
