import { countExport, exportCount, exportQuerySchema } from "@/lib/server/exports";
import { route } from "@/lib/server/http";

export const GET = route({
  summary: "How much the same export would hold, before it is downloaded",
  who: "As the export itself",
  query: exportQuerySchema,
  answers: { 200: exportCount },
  run: ({ actor, params, query }) => countExport(actor, params.project ?? "", query),
});
