import { changeReview } from "@/lib/server/changes";
import { route } from "@/lib/server/http";
import { changesView } from "@/lib/server/reviews.schema";
import { changesRequestSchema } from "@/lib/spans/schema";

export const POST = route({
  summary: "Edits a review: all of the changes or none, and each of them once",
  who: "Its reviewer",
  body: changesRequestSchema,
  answers: { 200: changesView },
  run: ({ actor, params, body }) => changeReview(actor, params.review ?? "", body.changes),
});
