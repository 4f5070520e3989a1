import { route } from "@/lib/server/http";
import { importRequest } from "@/lib/server/imports";
import { importQuerySchema, importReportSchema } from "@/lib/server/imports.schema";

export const POST = route({
  summary: "Imports articles and their marks from a file, or several; all or nothing unless onError is skip",
  who: "The project's editors, administrators",
  raw: true,
  query: importQuerySchema,
  answers: { 200: importReportSchema },
  run: ({ actor, params, query, request }) => importRequest(actor, params.project ?? "", query, request),
});
