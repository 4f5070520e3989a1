import { trainingPage, trainingQuery } from "@/lib/server/batches.schema";
import { route } from "@/lib/server/http";
import { trainingReviews } from "@/lib/server/training";

export const GET = route({
  summary: "Reviews that do not vote, each held against gold once it is submitted and the article settled",
  who: "The project's editors, administrators",
  query: trainingQuery,
  answers: { 200: trainingPage },
  run: ({ actor, params, query }) => trainingReviews(actor, params.project ?? "", query),
});
