import { listArticles } from "@/lib/server/articleList";
import { createArticle, etagOf } from "@/lib/server/articles";
import { articleCreateSchema, articleListSchema, articleMadeView, articlePage } from "@/lib/server/articles.schema";
import { json, route } from "@/lib/server/http";

export const GET = route({
  summary: "The project's articles",
  who: "Editors and adjudicators: all; reviewers: theirs and those in their queue; viewers: settled ones",
  query: articleListSchema,
  answers: { 200: articlePage },
  run: ({ actor, params, query }) => listArticles(actor, params.project ?? "", query),
});

export const POST = route({
  summary: "Stores an article, or answers the one that is there already",
  who: "The project's editors, administrators",
  body: articleCreateSchema,
  answers: { 201: articleMadeView, 200: articleMadeView },
  run: ({ actor, params, body }) => createArticle(actor, params.project ?? "", body),
  answer: ({ made, article }) =>
    json(article, made ? 201 : 200, { ETag: etagOf(article), Location: `/api/v1/articles/${article.id}` }),
});
