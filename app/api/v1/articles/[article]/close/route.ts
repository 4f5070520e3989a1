import { closeArticle } from "@/lib/server/assignments";
import { route } from "@/lib/server/http";
import { closedView, closeSchema } from "@/lib/server/reviews.schema";

export const POST = route({
  summary: "Closes an article before it has all its reviews, or takes that back with closed: false",
  who: "The project's editors, administrators",
  body: closeSchema,
  answers: { 200: closedView },
  run: ({ actor, params, body }) => closeArticle(actor, params.article ?? "", body),
});
