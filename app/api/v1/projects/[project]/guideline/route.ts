import { getGuideline, putGuideline } from "@/lib/server/guidelines";
import { json, route } from "@/lib/server/http";
import { guidelineBody, guidelineView, versionQuery } from "@/lib/server/projects.schema";
import { etag } from "@/lib/server/schemes";

export const GET = route({
  summary: "A project's guideline; its version is the ETag",
  who: "The project's members, administrators",
  query: versionQuery,
  answers: { 200: guidelineView },
  run: ({ actor, params, query }) => getGuideline(actor, params.project ?? "", query.version ?? null),
  answer: (value) => json(value, 200, etag(value.version)),
});

export const PUT = route({
  summary: "Makes the next version of the guideline; needs If-Match",
  who: "The project's editors, administrators",
  body: guidelineBody,
  answers: { 200: guidelineView },
  run: ({ actor, params, body, request }) =>
    putGuideline(actor, params.project ?? "", request.headers.get("if-match"), body.markdown),
  answer: (value) => json(value, 200, etag(value.version)),
});
