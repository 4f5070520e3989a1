import { route } from "@/lib/server/http";
import { pageOf } from "@/lib/server/paging";
import { listQuery, versionView } from "@/lib/server/projects.schema";
import { listVersions } from "@/lib/server/schemes";

export const GET = route({
  summary: "The versions of the guideline, newest first",
  who: "The project's members, administrators",
  query: listQuery,
  answers: { 200: pageOf(versionView) },
  run: ({ actor, params, query }) => listVersions(actor, params.project ?? "", "guideline", query),
});
