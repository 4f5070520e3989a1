import type { Result } from "@/lib/result";
import { route } from "@/lib/server/http";
import { liveNow, liveStream } from "@/lib/server/live";
import { type Live, liveSchema, liveView } from "@/lib/server/live.schema";

export const GET = route({
  summary:
    "Who else is on which case, and what was decided in the last minute; as server-sent events where those are asked for (Accept)",
  who: "Editors, adjudicators; nothing of articles that they are reviewing",
  query: liveSchema,
  answers: { 200: { json: liveView, file: "text/event-stream", says: "As it is now, or a stream of the same" } },
  run: async ({ actor, params, query, request }): Promise<Result<Live | Response>> => {
    const project = params.project ?? "";
    return request.headers.get("accept")?.includes("text/event-stream")
      ? liveStream(actor, project, query.article, request.signal)
      : liveNow(actor, project, query.article);
  },
});
