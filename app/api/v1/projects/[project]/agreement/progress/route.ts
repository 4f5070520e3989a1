import { agreementProgress, stopAgreement } from "@/lib/server/agreement";
import { agreementSchema, progressView } from "@/lib/server/agreement.schema";
import { json, route } from "@/lib/server/http";

const who = "Whoever may ask for the figures";

export const GET = route({
  summary: "How far the computation of agreement is, by the same query as the figures",
  who,
  query: agreementSchema,
  answers: { 200: progressView },
  run: ({ actor, params, query }) => agreementProgress(actor, params.project ?? "", query),
  answer: (progress) => json(progress),
});

export const DELETE = route({
  summary: "Stops the computation, unless somebody else waits for the same",
  who,
  query: agreementSchema,
  answers: { 204: "It is stopped, or there was none" },
  run: ({ actor, params, query }) => stopAgreement(actor, params.project ?? "", query),
  answer: () => json(null, 204),
});
