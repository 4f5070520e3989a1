import { goldView } from "@/lib/server/decisions.schema";
import { getGold } from "@/lib/server/gold";
import { route } from "@/lib/server/http";

export const GET = route({
  summary: "An article's gold spans and links, as far as they are decided",
  who: "Editors, adjudicators; after settlement its reviewers and viewers",
  answers: { 200: goldView },
  run: ({ actor, params }) => getGold(actor, params.article ?? ""),
});
