import { json, route } from "@/lib/server/http";
import { tellPresence } from "@/lib/server/live";
import { presenceSchema } from "@/lib/server/live.schema";

export const POST = route({
  summary: "That one is on a case now; forgotten after a minute",
  who: "Editors, adjudicators",
  body: presenceSchema,
  answers: { 204: "Told" },
  run: ({ actor, params, body }) => tellPresence(actor, params.project ?? "", body),
  answer: () => json(null, 204),
});
