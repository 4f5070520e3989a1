import { createBatch, listBatches } from "@/lib/server/batches";
import { batchQuery, batchView, createBatchBody } from "@/lib/server/batches.schema";
import { created, route } from "@/lib/server/http";
import { pageOf } from "@/lib/server/paging";

export const GET = route({
  summary: "The project's batches, with how many articles each has and how many are settled",
  who: "The project's editors and adjudicators, administrators",
  query: batchQuery,
  answers: { 200: pageOf(batchView) },
  run: ({ actor, params, query }) => listBatches(actor, params.project ?? "", query),
});

export const POST = route({
  summary:
    "Makes a batch; articles are put into it with POST /projects/{project}/batches/{batch}/articles, or one with PATCH /articles/{article}",
  who: "The project's editors, administrators",
  body: createBatchBody,
  answers: { 201: batchView, 200: batchView },
  run: ({ actor, params, body }) => createBatch(actor, params.project ?? "", body),
  answer: created,
});
