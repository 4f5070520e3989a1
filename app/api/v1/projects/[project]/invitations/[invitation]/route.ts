import { json, route } from "@/lib/server/http";
import { withdrawInvitation } from "@/lib/server/members";

export const DELETE = route({
  summary: "Withdraws an invitation: its link stops working",
  who: "The project's editors, administrators",
  answers: { 204: "Withdrawn" },
  run: ({ actor, params }) => withdrawInvitation(actor, params.project ?? "", params.invitation ?? ""),
  answer: () => json(null, 204),
});
