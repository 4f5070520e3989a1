import { created, route } from "@/lib/server/http";
import { postInThread } from "@/lib/server/threads";
import { postBody, threadView } from "@/lib/server/threads.schema";

export const POST = route({
  summary: "Says something in a thread; @ and a whole name mentions who may see it",
  who: "Whoever may write in it",
  body: postBody,
  answers: { 201: threadView, 200: threadView },
  run: ({ actor, params, body }) => postInThread(actor, params.thread ?? "", body),
  answer: created,
});
