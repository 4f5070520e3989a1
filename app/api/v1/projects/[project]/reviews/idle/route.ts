import { idlePage, idleQuery, reclaimBody, reclaimedView } from "@/lib/server/batches.schema";
import { route } from "@/lib/server/http";
import { idleReviews, reclaimReviews } from "@/lib/server/idle";

export const GET = route({
  summary:
    "Open reviews without a change for as many days as the project's policy or the query says, the longest first",
  who: "The project's editors, administrators",
  query: idleQuery,
  answers: { 200: idlePage },
  run: ({ actor, params, query }) => idleReviews(actor, params.project ?? "", query),
});

export const POST = route({
  summary: "Takes idle reviews back; what was marked is kept in the bin, and the articles go back to the queue",
  who: "The project's editors, administrators",
  body: reclaimBody,
  answers: { 200: reclaimedView },
  run: ({ actor, params, body }) => reclaimReviews(actor, params.project ?? "", body),
});
