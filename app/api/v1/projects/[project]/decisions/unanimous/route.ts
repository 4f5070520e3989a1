import { unanimousSchema, unanimousView } from "@/lib/server/decisions.schema";
import { acceptUnanimous } from "@/lib/server/decisions-unanimous";
import { route } from "@/lib/server/http";

export const POST = route({
  summary: "Accepts every open case in which all agree, a decision each; with dryRun only counts them",
  who: "Adjudicators, administrators",
  body: unanimousSchema,
  answers: { 200: unanimousView },
  run: ({ actor, params, body }) => acceptUnanimous(actor, params.project ?? "", body),
});
