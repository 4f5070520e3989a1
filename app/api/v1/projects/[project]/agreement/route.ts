import { projectAgreement } from "@/lib/server/agreement";
import { agreementReport, agreementSchema } from "@/lib/server/agreement.schema";
import { json, route } from "@/lib/server/http";

export const GET = route({
  summary: "Every measure of agreement, as the command prints it",
  who: "Editors, adjudicators; viewers without reviewers and pairs; reviewers their own figures over settled articles",
  query: agreementSchema,
  answers: { 200: agreementReport },
  run: ({ actor, params, query }) => projectAgreement(actor, params.project ?? "", query),
  answer: ({ report }) => json(report),
});
