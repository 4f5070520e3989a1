import { json, route } from "@/lib/server/http";
import { knownValues } from "@/lib/server/values";
import { valuesView } from "@/lib/server/values.schema";

export const GET = route({
  summary: "Sources with the other ways to write them, and values that text attributes were given",
  who: "Those who review, adjudicate or edit; made from one's own marks and from gold of settled articles only",
  answers: { 200: valuesView },
  run: ({ actor, params }) => knownValues(actor, params.project ?? ""),
  answer: (value) => json(value),
});
