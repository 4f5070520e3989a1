import { route } from "@/lib/server/http";
import { importQuerySchema, previewSchema } from "@/lib/server/imports.schema";
import { previewRequest } from "@/lib/server/importsPreview";

export const POST = route({
  summary: "Reads a file without importing it: its format, its labels and annotators, ten spans in context",
  who: "The project's editors, administrators",
  raw: true,
  query: importQuerySchema,
  answers: { 200: previewSchema },
  run: ({ actor, params, query, request }) => previewRequest(actor, params.project ?? "", query, request),
});
