import { created, route } from "@/lib/server/http";
import { createRelease, listReleases } from "@/lib/server/releases";
import { createReleaseBody, releaseDetail, releasePage, releaseQuery } from "@/lib/server/releases.schema";

export const GET = route({
  summary: "The project's releases, newest first",
  who: "Editors, adjudicators; viewers: finished ones of gold",
  query: releaseQuery,
  answers: { 200: releasePage },
  run: ({ actor, params, query }) => listReleases(actor, params.project ?? "", query),
});

export const POST = route({
  summary: "Asks for the next release; it has its number at once and is made behind the requests",
  who: "The project's editors, administrators",
  body: createReleaseBody,
  answers: { 201: releaseDetail, 200: releaseDetail },
  run: ({ actor, params, body }) => createRelease(actor, params.project ?? "", body),
  answer: created,
});
