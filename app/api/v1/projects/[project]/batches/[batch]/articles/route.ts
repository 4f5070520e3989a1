import { fillBatchBody, filledView } from "@/lib/server/batches.schema";
import { fillBatch } from "@/lib/server/batchFill";
import { route } from "@/lib/server/http";

export const POST = route({
  summary: "Puts articles into the batch, by id or by a filter of the list, or takes them out; dryRun only counts",
  who: "The project's editors, administrators",
  body: fillBatchBody,
  answers: { 200: filledView },
  run: ({ actor, params, body }) => fillBatch(actor, params.project ?? "", params.batch ?? "", body),
});
