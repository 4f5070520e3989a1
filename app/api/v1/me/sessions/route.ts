import { z } from "zod";
import { endAllSessions, listSessions } from "@/lib/server/account";
import { route } from "@/lib/server/http";
import { pageOf } from "@/lib/server/paging";
import { sessionView } from "@/lib/server/people.schema";
import { listQuery } from "@/lib/server/projects.schema";

export const GET = route({
  summary: "One's own sessions that live, newest first",
  who: "Whoever is signed in, or a token that is bound to no project",
  query: listQuery,
  answers: { 200: pageOf(sessionView) },
  run: ({ actor, query }) => listSessions(actor, query),
});

export const DELETE = route({
  summary: "Signs out everywhere, here too, and revokes every token of one's own",
  who: "Whoever is signed in, or a token that may write and is bound to no project",
  answers: { 200: z.object({ sessions: z.int(), tokens: z.int() }) },
  run: ({ actor }) => endAllSessions(actor),
});
