import { z } from "zod";
import { listOutlets } from "@/lib/server/articleList";
import { json, route } from "@/lib/server/http";

export const GET = route({
  summary: "The outlets that occur among the articles, at most 500, for a filter's choices",
  who: "Editors, adjudicators, administrators",
  answers: { 200: z.object({ items: z.array(z.string()) }) },
  run: ({ actor, params }) => listOutlets(actor, params.project ?? ""),
  answer: (items) => json({ items }),
});
