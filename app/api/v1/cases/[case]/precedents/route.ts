import { route } from "@/lib/server/http";
import { precedentsOf } from "@/lib/server/precedents";
import { precedentsView } from "@/lib/server/precedents.schema";

export const GET = route({
  summary: "What was ruled before on the same words in this project, and how many undecided cases are alike",
  who: "Whoever may see the case; only decisions that they may see",
  answers: { 200: precedentsView },
  run: ({ actor, params }) => precedentsOf(actor, params.case ?? ""),
});
