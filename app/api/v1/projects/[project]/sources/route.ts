import { json, route } from "@/lib/server/http";
import { putSource } from "@/lib/server/values";
import { sourceBody, sourceView } from "@/lib/server/values.schema";

export const PUT = route({
  summary: "Says which other ways to write a source's name mean the same source; marks stay as they are",
  who: "The project's editors, administrators",
  body: sourceBody,
  answers: { 200: sourceView },
  run: ({ actor, params, body }) => putSource(actor, params.project ?? "", body),
  answer: (value) => json(value),
});
