import { etagOf, getArticle } from "@/lib/server/articles";
import { articleView } from "@/lib/server/articles.schema";
import { restoreArticle } from "@/lib/server/bin";
import { json, route } from "@/lib/server/http";

export const POST = route({
  summary: "Takes an article out of the bin, with everything that it had",
  who: "The project's editors, administrators",
  answers: { 200: articleView },
  run: async ({ actor, params }) => {
    const restored = await restoreArticle(actor, params.article ?? "");
    return restored.ok ? getArticle(actor, params.article ?? "") : restored;
  },
  answer: (article) => json(article, 200, { ETag: etagOf(article) }),
});
