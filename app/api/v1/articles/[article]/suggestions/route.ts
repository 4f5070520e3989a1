import { route } from "@/lib/server/http";
import { articleSuggestions } from "@/lib/server/suggestions";
import { suggestionViews } from "@/lib/server/suggestions.schema";

export const GET = route({
  summary: "What was imported as suggestions for the article",
  who: "Editors and adjudicators without an open review of it; where the project shows suggestions, whoever may read it",
  answers: { 200: suggestionViews },
  run: ({ actor, params }) => articleSuggestions(actor, params.article ?? ""),
});
