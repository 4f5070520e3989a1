import { ruleLaw } from "@/lib/server/case-law";
import { ruleCounts } from "@/lib/server/case-law.schema";
import { route } from "@/lib/server/http";

export const GET = route({
  summary: "The guideline's rules, with how many live decisions cite each",
  who: "Members, administrators; each counts the decisions that they may see",
  answers: { 200: ruleCounts },
  run: ({ actor, params }) => ruleLaw(actor, params.project ?? ""),
});
