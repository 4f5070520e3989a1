import { route } from "@/lib/server/http";
import { listInvitations } from "@/lib/server/members";
import { pageOf } from "@/lib/server/paging";
import { invitationView, listQuery } from "@/lib/server/projects.schema";

export const GET = route({
  summary: "Invitations to the project that can still be taken up",
  who: "The project's editors, administrators",
  query: listQuery,
  answers: { 200: pageOf(invitationView) },
  run: ({ actor, params, query }) => listInvitations(actor, params.project ?? "", query),
});
