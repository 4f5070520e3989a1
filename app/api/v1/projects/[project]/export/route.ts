import { exportProject, exportQuerySchema, toResponse } from "@/lib/server/exports";
import { route } from "@/lib/server/http";

export const GET = route({
  summary: "Streams the project as a file, whatever its size; a download that breaks off is not whole",
  who: "Editors: everything; adjudicators: gold and submitted reviews; reviewers: their own; viewers: gold of settled articles",
  query: exportQuerySchema,
  answers: { 200: { file: "*/*", says: "The file, as an attachment" } },
  run: ({ actor, params, query }) => exportProject(actor, params.project ?? "", query),
  answer: toResponse,
});
