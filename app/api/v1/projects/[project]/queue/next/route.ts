import { created, json, route } from "@/lib/server/http";
import { nextInQueue } from "@/lib/server/queue";
import { nextView } from "@/lib/server/reviews.schema";

export const POST = route({
  summary: "The caller's next review: one of theirs that is open, or a new assignment",
  who: "Reviewers, adjudicators, editors",
  answers: { 201: nextView, 200: nextView, 204: "There is none" },
  run: ({ actor, params }) => nextInQueue(actor, params.project ?? ""),
  answer: (taken) => (taken ? created(taken) : json(null, 204)),
});
