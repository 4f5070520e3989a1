import { type ArticleView, etagOf, getArticle } from "@/lib/server/articles";
import { articlePatchSchema, articleView } from "@/lib/server/articles.schema";
import { changeArticle } from "@/lib/server/articlesChange";
import { deleteArticle } from "@/lib/server/bin";
import { json, route } from "@/lib/server/http";

const answer = (article: ArticleView) => json(article, 200, { ETag: etagOf(article) });

export const GET = route({
  summary: "An article with its text, hash, regions and metadata",
  who: "Editors, adjudicators; reviewers: theirs and those in their queue; viewers: settled ones",
  answers: { 200: articleView },
  run: ({ actor, params }) => getArticle(actor, params.article ?? ""),
  answer,
});

export const PATCH = route({
  summary: "Changes metadata and regions; never the text",
  who: "The project's editors, administrators",
  body: articlePatchSchema,
  answers: { 200: articleView },
  run: ({ actor, params, body, request }) =>
    changeArticle(actor, params.article ?? "", body, request.headers.get("if-match")),
  answer,
});

export const DELETE = route({
  summary: "Puts an article into the bin for 30 days",
  who: "The project's editors, administrators",
  answers: { 204: "It is in the bin" },
  run: ({ actor, params }) => deleteArticle(actor, params.article ?? ""),
  answer: () => json(null, 204),
});
