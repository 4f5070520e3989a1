import { route } from "@/lib/server/http";
import { statusView, submitSchema } from "@/lib/server/reviews.schema";
import { submitReview } from "@/lib/server/submit";

export const POST = route({
  summary: "Submits a review; repeating it is harmless",
  who: "Its reviewer",
  body: submitSchema,
  answers: { 200: statusView },
  run: ({ actor, params, body }) => submitReview(actor, params.review ?? "", body),
});
