import { competenceView } from "@/lib/server/agreement.schema";
import { keepCompetence } from "@/lib/server/competence";
import { route } from "@/lib/server/http";

export const POST = route({
  summary: "Fits reviewers' competence and keeps it for ties of suggestions and the order of the queue",
  who: "Editors",
  answers: { 200: competenceView },
  run: ({ actor, params }) => keepCompetence(actor, params.project ?? ""),
});
