import { json, route } from "@/lib/server/http";
import { deleteSuggestions } from "@/lib/server/suggestions";

export const DELETE = route({
  summary: "Deletes a set of suggestions; spans that were made of one stay and still say so",
  who: "The project's editors, administrators",
  answers: { 204: "Deleted" },
  run: ({ actor, params }) => deleteSuggestions(actor, params.project ?? "", params.set ?? ""),
  answer: () => json(null, 204),
});
