import { route } from "@/lib/server/http";
import { suggestionSets } from "@/lib/server/suggestions";
import { suggestionSetQuery, suggestionSetViews } from "@/lib/server/suggestions.schema";

export const GET = route({
  summary: "The sets of suggestions that were imported: by whom or what, and how many",
  who: "The project's editors and adjudicators, administrators",
  query: suggestionSetQuery,
  answers: { 200: suggestionSetViews },
  run: ({ actor, params, query }) => suggestionSets(actor, params.project ?? "", query),
});
