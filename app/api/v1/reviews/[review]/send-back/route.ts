import { route } from "@/lib/server/http";
import { sendBackSchema, statusView } from "@/lib/server/reviews.schema";
import { sendBackReview } from "@/lib/server/submit";

export const POST = route({
  summary: "Opens a review again with the editor's comment",
  who: "The project's editors, administrators",
  body: sendBackSchema,
  answers: { 200: statusView },
  run: ({ actor, params, body }) => sendBackReview(actor, params.review ?? "", body),
});
