import { route } from "@/lib/server/http";
import { queueOverview } from "@/lib/server/queue";
import { queueView } from "@/lib/server/queue.schema";

export const GET = route({
  summary: "The caller's own work: what is begun, given, submitted and skipped, and how much still waits",
  who: "Members, administrators: their own",
  answers: { 200: queueView },
  run: ({ actor, params }) => queueOverview(actor, params.project ?? ""),
});
