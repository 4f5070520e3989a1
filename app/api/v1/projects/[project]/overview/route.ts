import { route } from "@/lib/server/http";
import { projectOverview } from "@/lib/server/overview";
import { overviewView } from "@/lib/server/overview.schema";

export const GET = route({
  summary: "How far the project is: articles, reviews, cases, members, and reviews submitted a day",
  who: "Editors, adjudicators, administrators",
  answers: { 200: overviewView },
  run: ({ actor, params }) => projectOverview(actor, params.project ?? ""),
});
