import { route } from "@/lib/server/http";
import { outlookView } from "@/lib/server/releases.schema";
import { releaseOutlook } from "@/lib/server/releasesOutlook";

export const GET = route({
  summary: "What the next release would be made of: articles, settled ones, stories, labels, formats",
  who: "The project's editors, administrators",
  answers: { 200: outlookView },
  run: ({ actor, params }) => releaseOutlook(actor, params.project ?? ""),
});
