import { route } from "@/lib/server/http";
import { getThread, resolveThread } from "@/lib/server/threads";
import { changeThreadBody, threadView } from "@/lib/server/threads.schema";

export const GET = route({
  summary: "A thread: the words that it is about, and what is said",
  who: "Whoever may see others' marks there, and reviewers who were asked in",
  answers: { 200: threadView },
  run: ({ actor, params }) => getThread(actor, params.thread ?? ""),
});

export const PATCH = route({
  summary: "Resolves a thread, or opens it again",
  who: "Whoever may write in it",
  body: changeThreadBody,
  answers: { 200: threadView },
  run: ({ actor, params, body }) => resolveThread(actor, params.thread ?? "", body),
});
