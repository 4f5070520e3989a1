import { etagOf } from "@/lib/server/articles";
import { articleMadeView, versionCreateSchema } from "@/lib/server/articles.schema";
import { json, route } from "@/lib/server/http";
import { createVersion, listVersions } from "@/lib/server/versions";
import { versionList } from "@/lib/server/versions.schema";

export const GET = route({
  summary: "The article's versions, the newest first, those that the asker may read",
  who: "Whoever may read the article",
  answers: { 200: versionList },
  run: ({ actor, params }) => listVersions(actor, params.article ?? ""),
});

export const POST = route({
  summary: "Another text for the article: its next version, to which the reviews of the newest are carried over",
  who: "The project's editors, administrators",
  body: versionCreateSchema,
  answers: { 200: articleMadeView, 201: articleMadeView },
  run: ({ actor, params, body }) => createVersion(actor, params.article ?? "", body),
  answer: ({ made, article }) =>
    json(article, made ? 201 : 200, { ETag: etagOf(article), Location: `/api/v1/articles/${article.id}` }),
});
