import { changeMe, getMe } from "@/lib/server/account";
import { route } from "@/lib/server/http";
import { changeMeBody, meView } from "@/lib/server/people.schema";

export const GET = route({
  summary: "Who is asking, with their roles in each project",
  who: "Whoever is signed in or sends a token",
  answers: { 200: meView },
  run: ({ actor }) => getMe(actor),
});

export const PATCH = route({
  summary:
    "Changes one's own name, or the password, which needs currentPassword and ends all other sessions and every token",
  who: "Whoever is signed in, or a token that may write and is bound to no project",
  body: changeMeBody,
  answers: { 200: meView },
  run: ({ actor, body }) => changeMe(actor, body),
});
