import { ok } from "@/lib/result";
import { route } from "@/lib/server/http";
import { mayDecide } from "@/lib/server/overview";
import { articleRightsView } from "@/lib/server/overview.schema";

export const GET = route({
  summary: "Whether the caller may decide the article's cases as it stands",
  who: "Whoever may read the article",
  answers: { 200: articleRightsView },
  run: async ({ actor, params }) => {
    const decide = await mayDecide(actor, params.article ?? "");
    return decide.ok ? ok({ decide: decide.value }) : decide;
  },
});
