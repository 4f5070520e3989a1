import { endOwnSession } from "@/lib/server/account";
import { json, route } from "@/lib/server/http";

export const DELETE = route({
  summary: "Ends one of one's own sessions",
  who: "Whoever is signed in, or a token that may write and is bound to no project",
  answers: { 204: "Ended" },
  run: ({ actor, params }) => endOwnSession(actor, params.session ?? ""),
  answer: () => json(null, 204),
});
