import { goldDiff } from "@/lib/server/gold-diff";
import { goldDiffView } from "@/lib/server/gold-diff.schema";
import { route } from "@/lib/server/http";

export const GET = route({
  summary: "How gold differs from what the review says, and why; after settlement",
  who: "Whoever may see the review",
  refuses: [409],
  answers: { 200: goldDiffView },
  run: ({ actor, params }) => goldDiff(actor, params.review ?? ""),
});
