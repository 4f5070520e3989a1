import { route } from "@/lib/server/http";
import { importReportSchema, importUrlSchema } from "@/lib/server/imports.schema";
import { importUrl } from "@/lib/server/importsUrl";

export const POST = route({
  summary: "Fetches one article from its address; 403 where GLOSS_IMPORT_URL has not switched it on",
  who: "The project's editors, administrators",
  body: importUrlSchema,
  answers: { 200: importReportSchema },
  run: ({ actor, params, body }) => importUrl(actor, params.project ?? "", body),
});
