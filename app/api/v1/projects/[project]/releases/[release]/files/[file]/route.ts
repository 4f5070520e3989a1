import { ok } from "@/lib/result";
import { route } from "@/lib/server/http";
import { fileResponse, releaseFile } from "@/lib/server/releasesRead";

export const GET = route({
  summary:
    "A file of a release, the same bytes for ever; takes Range, If-Range and If-None-Match, and its ETag is its SHA-256",
  who: "Editors, adjudicators; viewers: of a finished one of gold",
  names: ["release", "file"],
  answers: {
    200: { file: "*/*", says: "The file" },
    206: { file: "*/*", says: "The part of it that was asked for" },
    304: "It is the file that If-None-Match names",
    416: "There is no such part of it",
  },
  async run({ actor, params, request }) {
    const goesOn = request.method === "HEAD" || request.headers.has("range") || request.headers.has("if-none-match");
    const { project = "", release = "", file = "" } = params;
    const found = await releaseFile(actor, project, release, file, { goesOn });
    return found.ok ? ok(await fileResponse(found.value, request)) : found;
  },
});
