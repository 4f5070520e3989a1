import { json, route } from "@/lib/server/http";
import { dropOrphan } from "@/lib/server/orphans";

export const POST = route({
  summary: "Takes back that an orphan was dropped",
  who: "Its own reviewer, while the review is open",
  answers: { 204: "It waits again" },
  run: ({ actor, params }) => dropOrphan(actor, params.orphan ?? "", null),
  answer: () => json(null, 204),
});
