import { route } from "@/lib/server/http";
import { skipSchema, statusView } from "@/lib/server/reviews.schema";
import { skipReview } from "@/lib/server/submit";

export const POST = route({
  summary: "Skips a review, with the reviewer's reason",
  who: "Its reviewer",
  body: skipSchema,
  answers: { 200: statusView },
  run: ({ actor, params, body }) => skipReview(actor, params.review ?? "", body),
});
