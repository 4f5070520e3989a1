import { changeBatch, getBatch } from "@/lib/server/batches";
import { batchView, changeBatchBody } from "@/lib/server/batches.schema";
import { route } from "@/lib/server/http";

export const GET = route({
  summary: "One batch, with how far its articles and reviews are",
  who: "The project's editors and adjudicators, administrators",
  answers: { 200: batchView },
  run: ({ actor, params }) => getBatch(actor, params.project ?? "", params.batch ?? ""),
});

export const PATCH = route({
  summary: "Changes a batch's name, purpose, people, priority, deadline, reviewers per article or share",
  who: "The project's editors, administrators",
  body: changeBatchBody,
  answers: { 200: batchView },
  run: ({ actor, params, body }) => changeBatch(actor, params.project ?? "", params.batch ?? "", body),
});
