import { route } from "@/lib/server/http";
import { inviteToThread } from "@/lib/server/threads";
import { inviteBody, threadView } from "@/lib/server/threads.schema";

export const POST = route({
  summary: "Asks a reviewer who has submitted into a thread: they see the words and the thread, no lanes",
  who: "Editors, adjudicators",
  body: inviteBody,
  answers: { 200: threadView },
  run: ({ actor, params, body }) => inviteToThread(actor, params.thread ?? "", body),
});
