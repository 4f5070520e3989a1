import { route } from "@/lib/server/http";
import { diffVersions } from "@/lib/server/versions";
import { diffQuery, diffView } from "@/lib/server/versions.schema";

export const GET = route({
  summary:
    "The article against an earlier version of it, word by word, and what became of the marks that the asker may see",
  who: "Whoever may read both",
  query: diffQuery,
  answers: { 200: diffView },
  run: ({ actor, params, query }) => diffVersions(actor, params.article ?? "", query),
});
