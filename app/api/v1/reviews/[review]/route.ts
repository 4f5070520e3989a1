import { unassignReview } from "@/lib/server/assignments";
import { json, route } from "@/lib/server/http";
import { getReview } from "@/lib/server/reviews";
import { reviewView } from "@/lib/server/reviews.schema";

export const GET = route({
  summary: "A review with its spans and links",
  who: "Its reviewer, editors, adjudicators; after settlement whoever may see others' marks",
  answers: { 200: reviewView },
  run: ({ actor, params }) => getReview(actor, params.review ?? ""),
});

export const DELETE = route({
  summary: "Unassigns a review that is not submitted; it is kept in the bin",
  who: "The project's editors, administrators",
  answers: { 204: "It is in the bin" },
  run: ({ actor, params }) => unassignReview(actor, params.review ?? ""),
  answer: () => json(null, 204),
});
