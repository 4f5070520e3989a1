import { route } from "@/lib/server/http";
import { placeOrphan } from "@/lib/server/orphans";
import { placeBody, placedView } from "@/lib/server/versions.schema";

export const POST = route({
  summary: "Puts an orphan where it stands now, with what it said and the links that waited for it",
  who: "Its own reviewer, while the review is open",
  body: placeBody,
  answers: { 200: placedView },
  run: ({ actor, params, body }) => placeOrphan(actor, params.orphan ?? "", body),
});
