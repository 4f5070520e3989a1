import { affectedBy } from "@/lib/server/binProjects";
import { route } from "@/lib/server/http";
import { affectedQuery, affectedView } from "@/lib/server/overview.schema";

export const GET = route({
  summary: "What would go into the bin with the project, or with one article of it",
  who: "The project's editors, administrators",
  query: affectedQuery,
  answers: { 200: affectedView },
  run: ({ actor, params, query }) => affectedBy(actor, params.project ?? "", query.article ?? null),
});
