import { decideCase } from "@/lib/server/decisions";
import { caseDecisionSchema, decisionMadeView } from "@/lib/server/decisions.schema";
import { created, route } from "@/lib/server/http";

export const POST = route({
  summary: "Rules on a case; 409 with the live decision if another lives and is not superseded",
  who: "Adjudicators, administrators",
  body: caseDecisionSchema,
  answers: { 201: decisionMadeView, 200: decisionMadeView },
  run: ({ actor, params, body }) => decideCase(actor, params.case ?? "", body),
  answer: created,
});
