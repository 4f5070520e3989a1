import { route } from "@/lib/server/http";
import { getRelease } from "@/lib/server/releases";
import { releaseDetail } from "@/lib/server/releases.schema";

export const GET = route({
  summary: "A release: how far it is, and its files with their checksums when it is ready",
  who: "Editors, adjudicators; viewers: a finished one of gold",
  names: ["release"],
  answers: { 200: releaseDetail },
  run: ({ actor, params }) => getRelease(actor, params.project ?? "", params.release ?? ""),
});
