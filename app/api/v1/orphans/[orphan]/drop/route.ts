import { json, route } from "@/lib/server/http";
import { dropOrphan } from "@/lib/server/orphans";
import { dropBody } from "@/lib/server/versions.schema";

export const POST = route({
  summary: "Says that an orphan is not in this version, and why",
  who: "Its own reviewer, while the review is open",
  body: dropBody,
  answers: { 204: "Dropped" },
  run: ({ actor, params, body }) => dropOrphan(actor, params.orphan ?? "", body.reason),
  answer: () => json(null, 204),
});
