import { caseFacetsQuery, caseFacetsView } from "@/lib/server/cases.schema";
import { caseFacets } from "@/lib/server/cases-facets";
import { route } from "@/lib/server/http";

export const GET = route({
  summary: "What the queue of cases can be filtered by: outlets, and whoever has submitted a review",
  who: "Editors, adjudicators, administrators",
  query: caseFacetsQuery,
  answers: { 200: caseFacetsView },
  run: ({ actor, params, query }) => caseFacets(actor, params.project ?? "", query.article ?? null),
});
