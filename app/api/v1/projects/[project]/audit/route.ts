import { listAudit } from "@/lib/server/auditLog";
import { route } from "@/lib/server/http";
import { pageOf } from "@/lib/server/paging";
import { auditQuery, auditView } from "@/lib/server/projects.schema";

export const GET = route({
  summary:
    "Who did what when, newest first; others' work on an article that one is reviewing is left out until it is settled",
  who: "The project's editors, administrators",
  query: auditQuery,
  answers: { 200: pageOf(auditView) },
  run: ({ actor, params, query }) => listAudit(actor, params.project ?? "", query),
});
