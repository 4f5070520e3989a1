import { route } from "@/lib/server/http";
import { inbox, markRead } from "@/lib/server/inbox";
import { inboxQuery, inboxView, readBody, unreadView } from "@/lib/server/inbox.schema";

export const GET = route({
  summary:
    "What waits for one: mentions, threads, reviews sent back, stale decisions, calibration; counted alone with count=true",
  who: "Anyone who is signed in",
  query: inboxQuery,
  answers: { 200: inboxView },
  run: ({ actor, query }) => inbox(actor, query),
});

export const POST = route({
  summary: "Marks entries as read",
  who: "Anyone who is signed in",
  body: readBody,
  answers: { 200: unreadView },
  run: ({ actor, body }) => markRead(actor, body),
});
