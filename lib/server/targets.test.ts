import { describe, expect, test } from "vitest";
import { listCases } from "./cases";
import { caseListSchema } from "./cases.schema";
import { changeReview } from "./changes";
import { decideCase } from "./decisions";
import { readReviewPage } from "./reviewPage";
import { listTargets } from "./targets";
import type { TargetQuery } from "./targets.schema";
import { link, makeArticle, makeDesk, makeReview, put, review } from "./testing/desk";

describe("targets of links in other articles", () => {
  test("are one's own marks and gold, never another's marks, before settlement or after", async () => {
    const desk = await makeDesk();
    const { projectId, a, b, adjudicator } = desk;
    const [here, there, settled] = await Promise.all(
      ["Here", "There", "Settled"].map((title) => makeArticle(projectId, { title })),
    );
    if (!here || !there || !settled) throw new Error("no articles");
    const mine = put("the weir would fail");
    const open = await makeReview(projectId, there, a);
    await changeReview(a.actor, open, [mine, put("said on\u00a0Friday", "ATTRIBUTION")]);
    await changeReview(b.actor, await makeReview(projectId, there, b), [put("it had been warned")]);
    const both = put("Nobody was hurt");
    await review(desk, settled, a, []);
    await review(desk, settled, b, [both]);
    const cases = await listCases(adjudicator.actor, projectId, caseListSchema.parse({ article: settled }));
    if (!cases.ok) throw new Error(cases.message);
    const [found] = cases.value.items;
    const ask = async (query: TargetQuery, who = a) => {
      const answer = await listTargets(who.actor, projectId, query);
      if (!answer.ok) throw new Error(answer.message);
      return answer.value.items.map((t) => `${t.articleTitle}: ${t.quote}${t.gold ? " (gold)" : ""}`);
    };

    expect(await ask({ except: here, labels: "CLAIM" })).toEqual(["There: the weir would fail"]);
    expect(await ask({ except: here, labels: "CLAIM" }, b)).toEqual([
      "Settled: Nobody was hurt",
      "There: it had been warned",
    ]);

    const decided = await decideCase(adjudicator.actor, found?.id ?? "", {
      id: crypto.randomUUID(),
      action: "member",
      member: found?.members[0]?.spanId ?? "",
    });
    if (!decided.ok) throw new Error(JSON.stringify(decided));
    expect(await ask({ except: here, labels: "CLAIM" })).toEqual([
      "There: the weir would fail",
      "Settled: Nobody was hurt (gold)",
    ]);
    expect(await ask({ except: there, labels: "CLAIM,DENIAL" })).toEqual(["Settled: Nobody was hurt (gold)"]);
    for (const q of ["SAID ON FRIDAY", "said on\u00a0friday", "on f"])
      expect(await ask({ q, except: here })).toEqual(["There: said on\u00a0Friday"]);
    expect(await ask({ q: "settl" })).toEqual(["Settled: Nobody was hurt (gold)"]);
    expect(await ask({ q: "100%_\\" })).toEqual([]);

    // What is offered can be linked to, and the page of the review says what it is.
    const denial = put("The council denied", "DENIAL");
    const id = await makeReview(projectId, here, a);
    const done = await changeReview(a.actor, id, [denial, link("denies", denial.span.id, mine.span.id)]);
    expect(done).toMatchObject({ ok: true });
    const page = await readReviewPage(a.actor, id);
    expect(page.ok && page.value.targets).toEqual([
      {
        ...{ id: mine.span.id, label: "CLAIM", quote: "the weir would fail", gold: false },
        ...{ articleId: there, articleTitle: "There", superseded: false },
      },
    ]);
  });
});
