import { joinProject } from "@/lib/server/accept";
import { route } from "@/lib/server/http";
import { joinBody, joinedView } from "@/lib/server/people.schema";

export const POST = route({
  summary: "Takes up an invitation to a project, by the last part of its link",
  who: "The signed-in owner of its e-mail",
  body: joinBody,
  refuses: [404],
  answers: { 200: joinedView },
  run: ({ actor, body }) => joinProject(actor, body.secret),
});
