import { changeBatch } from "@/lib/server/batches";
import { route } from "@/lib/server/http";
import { batchView, changeBatchBody } from "@/lib/server/projects.schema";

export const PATCH = route({
  summary: "Changes a batch's name, people, priority, deadline or reviewers per article",
  who: "The project's editors, administrators",
  body: changeBatchBody,
  answers: { 200: batchView },
  run: ({ actor, params, body }) => changeBatch(actor, params.project ?? "", params.batch ?? "", body),
});
