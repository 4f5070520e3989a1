import { route } from "@/lib/server/http";
import { diffQuery, releaseDiff } from "@/lib/server/releases.schema";
import { diffReleases } from "@/lib/server/releasesRead";

export const GET = route({
  summary: "What changed since another release, span by span",
  who: "Editors, adjudicators; viewers: between finished ones of gold",
  names: ["release"],
  query: diffQuery,
  refuses: [409],
  answers: { 200: releaseDiff },
  run: ({ actor, params, query }) => diffReleases(actor, params.project ?? "", params.release ?? "", query),
});
