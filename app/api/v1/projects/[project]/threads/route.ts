import { route } from "@/lib/server/http";
import { listThreads } from "@/lib/server/threads";
import { threadPage, threadQuery } from "@/lib/server/threads.schema";

export const GET = route({
  summary: "The project's threads that one may see, those with the newest post first",
  who: "Members, administrators; each what they may see",
  query: threadQuery,
  answers: { 200: threadPage },
  run: ({ actor, params, query }) => listThreads(actor, params.project ?? "", query),
});
