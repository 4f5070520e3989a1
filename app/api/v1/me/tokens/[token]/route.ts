import { json, route } from "@/lib/server/http";
import { revokeToken } from "@/lib/server/tokens";

export const DELETE = route({
  summary: "Revokes one of one's own tokens",
  who: "Whoever is signed in, or a token that may write and is bound to no project",
  answers: { 204: "Revoked" },
  run: ({ actor, params }) => revokeToken(actor, params.token ?? ""),
  answer: () => json(null, 204),
});
