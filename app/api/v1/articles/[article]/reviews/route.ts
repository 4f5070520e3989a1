import { assignReview, listReviews } from "@/lib/server/assignments";
import { created, route } from "@/lib/server/http";
import { pageOf } from "@/lib/server/paging";
import { assignSchema, reviewItem } from "@/lib/server/reviews.schema";

export const GET = route({
  summary: "Who reviews an article",
  who: "Editors, adjudicators; others their own review and, of a settled article, the submitted ones",
  answers: { 200: pageOf(reviewItem) },
  run: ({ actor, params }) => listReviews(actor, params.article ?? ""),
});

export const POST = route({
  summary: "Assigns an article to a reviewer",
  who: "The project's editors, administrators",
  body: assignSchema,
  answers: { 201: reviewItem, 200: reviewItem },
  run: ({ actor, params, body }) => assignReview(actor, params.article ?? "", body),
  answer: created,
});
