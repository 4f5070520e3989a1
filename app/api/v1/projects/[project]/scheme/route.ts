import { json, route } from "@/lib/server/http";
import { schemeBody, schemeView, versionQuery } from "@/lib/server/projects.schema";
import { etag, getScheme, putScheme } from "@/lib/server/schemes";

export const GET = route({
  summary: "A project's scheme; its version is the ETag",
  who: "The project's members, administrators",
  query: versionQuery,
  answers: { 200: schemeView },
  run: ({ actor, params, query }) => getScheme(actor, params.project ?? "", query.version ?? null),
  answer: (value) => json(value, 200, etag(value.version)),
});

export const PUT = route({
  summary: "Makes the next version of the scheme; needs If-Match",
  who: "The project's editors, administrators",
  body: schemeBody,
  answers: { 200: schemeView },
  run: ({ actor, params, body, request }) =>
    putScheme(actor, params.project ?? "", request.headers.get("if-match"), body),
  answer: (value) => json(value, 200, etag(value.version)),
});
