import { route } from "@/lib/server/http";
import { listOrphans } from "@/lib/server/orphans";
import { orphanPage, orphansQuery } from "@/lib/server/versions.schema";

export const GET = route({
  summary: "Marks of former versions that have no place in the new one",
  who: "Reviewers their own; editors and adjudicators all, but for articles under an open review of their own",
  query: orphansQuery,
  answers: { 200: orphanPage },
  run: ({ actor, params, query }) => listOrphans(actor, params.project ?? "", query),
});
