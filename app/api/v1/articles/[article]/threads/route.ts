import { created, route } from "@/lib/server/http";
import { articleThreads, openThread } from "@/lib/server/threads";
import { articleThreadQuery, newThreadBody, threadView, threadViews } from "@/lib/server/threads.schema";

export const GET = route({
  summary: "What is said about the article's cases and places, each thread with its posts",
  who: "Whoever may see others' marks there",
  query: articleThreadQuery,
  answers: { 200: threadViews },
  run: ({ actor, params, query }) => articleThreads(actor, params.article ?? "", query),
});

export const POST = route({
  summary: "Opens a thread about a case or a place, with its first post",
  who: "Editors, adjudicators; reviewers of the article once it is settled",
  body: newThreadBody,
  answers: { 201: threadView, 200: threadView },
  run: ({ actor, params, body }) => openThread(actor, params.article ?? "", body),
  answer: created,
});
