import { json, route } from "@/lib/server/http";
import { linkView } from "@/lib/server/people.schema";
import { makeResetLink } from "@/lib/server/users";

export const POST = route({
  summary: "Makes a one-time link with which the person sets a new password; older ones stop working",
  who: "Administrators",
  answers: { 201: linkView },
  run: ({ actor, params }) => makeResetLink(actor, params.user ?? ""),
  answer: (link) => json(link, 201),
});
