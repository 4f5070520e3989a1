import { created, route } from "@/lib/server/http";
import { addMember, listMembers } from "@/lib/server/members";
import { pageOf } from "@/lib/server/paging";
import { addedView, addMemberBody, memberQuery, memberView } from "@/lib/server/projects.schema";

export const GET = route({
  summary: "Who belongs to the project, and in which roles",
  who: "The project's editors, administrators",
  query: memberQuery,
  answers: { 200: pageOf(memberView) },
  run: ({ actor, params, query }) => listMembers(actor, params.project ?? "", query),
});

export const POST = route({
  summary: "Adds someone by account or e-mail; an unknown e-mail makes an invitation, whose link is in the answer",
  who: "The project's editors, administrators",
  body: addMemberBody,
  answers: { 201: addedView, 200: addedView },
  run: ({ actor, params, body }) => addMember(actor, params.project ?? "", body),
  answer: created,
});
