import pg from "pg";
import { describe, expect, test, vi } from "vitest";
import { GET as ARTICLE } from "@/app/api/v1/articles/[article]/cases/route";
import { GET as CASE } from "@/app/api/v1/cases/[case]/route";
import { GET as COUNTS } from "@/app/api/v1/projects/[project]/cases/counts/route";
import { GET as LIST } from "@/app/api/v1/projects/[project]/cases/route";
import { articleDesk } from "./article-desk";
import { closeArticle } from "./assignments";
import { articleCases, caseCounts, getCase, listCases } from "./cases";
import { caseCountsView, caseItemPage, caseListSchema, casePage, caseWithHistory } from "./cases.schema";
import { laneName, lanesFor } from "./cases-lanes";
import type { CaseView } from "./cases-view";
import { prisma } from "./db";
import { reopenReview, sendBackReview } from "./submit";
import {
  at,
  finish,
  link,
  type Member,
  makeArticle,
  makeDesk,
  makeMember,
  makeReview,
  put,
  remove,
  review,
} from "./testing/desk";
import { send } from "./testing/people";

const casesOf = async (who: Member, articleId: string): Promise<readonly CaseView[]> => {
  const found = await articleDesk(who.actor, articleId);
  if (!found.ok) throw new Error(found.message);
  return found.value.cases;
};

const query = (more: Record<string, string> = {}) => caseListSchema.parse(more);

async function twoReviews(policies: Parameters<typeof makeDesk>[0] = {}) {
  const desk = await makeDesk(policies);
  const articleId = await makeArticle(desk.projectId);
  const claim = put("the weir would fail", "CLAIM", { attributes: { likelihood: "alleged" } });
  const mine = await review(desk, articleId, desk.a, [claim, put("Nobody was hurt")]);
  const other = put("that the weir would fail", "CLAIM", { attributes: { likelihood: "certain" } });
  const theirs = await review(desk, articleId, desk.b, [other]);
  return { ...desk, articleId, mine, theirs, claim, other };
}

describe("finding cases", () => {
  test("when the reviews are in: what each marked, under lanes, with flags, votes and a suggestion", async () => {
    const { articleId, adjudicator, claim, other, projectId, a, b } = await twoReviews();
    const response = await send(ARTICLE, { params: { article: articleId }, cookie: adjudicator.cookie });
    expect(response.status).toBe(200);
    const body = await response.text();
    for (const { person } of [a, b]) for (const word of [person.id, person.name]) expect(body).not.toContain(word);
    const { items } = casePage.parse(JSON.parse(body));
    const lanes = lanesFor(adjudicator.person.id, articleId, [a.person.id, b.person.id]);
    const [laneA, laneB] = [lanes.get(a.person.id), lanes.get(b.person.id)];
    expect(items.map((c) => [c.quote, c.primary, c.flags, c.status, c.missing])).toEqual([
      ["that the weir would fail", "BOUNDARY", ["BOUNDARY"], "OPEN", []],
      ["Nobody was hurt", "MISSING", ["MISSING"], "OPEN", [laneB]],
    ]);
    expect(items[0]?.members.map((m) => [m.lane, m.spanId, m.attributes])).toEqual([
      [laneB, other.span.id, { likelihood: "certain" }],
      [laneA, claim.span.id, { likelihood: "alleged" }],
    ]);
    expect(items[0]?.suggestion).toMatchObject({
      action: "accept",
      label: "CLAIM",
      votes: { CLAIM: ["A", "B"] },
      existence: "2/2",
    });
    expect(items[0]).toMatchObject({
      anonymous: true,
      lanes: [{ lane: "A" }, { lane: "B" }],
      words: "Both marked a claim, with different ends.",
    });
    const article = await prisma().article.findUniqueOrThrow({ where: { id: articleId } });
    expect(article).toMatchObject({ state: "ADJUDICATION", undecided: 2, checkable: 2 });
    expect(await caseCounts(adjudicator.actor, projectId)).toMatchObject({
      value: { total: 2, kinds: { extent: 1, existence: 1 } },
    });
  });

  test("with names only when asked for by whoever decides, and to everyone once it is settled", async () => {
    const { articleId, adjudicator, projectId, a, b } = await twoReviews();
    const [first] = await casesOf(adjudicator, articleId);
    const revealed = await getCase(adjudicator.actor, first?.id ?? "", { reveal: true });
    expect(revealed).toMatchObject({ value: { anonymous: false } });
    const names = revealed.ok ? revealed.value.lanes.map((l) => l.name).sort() : [];
    expect(names).toEqual([a.person.name, b.person.name]);
    const hidden = await listCases(adjudicator.actor, projectId, query({ reviewer: a.person.id }));
    expect(hidden).toMatchObject({ code: "malformed", errors: [{ path: "reviewer", code: "hidden" }] });
    const shown = await listCases(adjudicator.actor, projectId, query({ reviewer: b.person.id, reveal: "true" }));
    expect(shown.ok && shown.value.items.map((c) => c.quote)).toEqual(["that the weir would fail"]);
  });

  test("lanes stand in another order for another adjudicator or article, and always in the same for one", () => {
    const people = Array.from({ length: 30 }, (_, n) => `reviewer ${n}`);
    const order = (who: string, where: string) => [...lanesFor(who, where, people).keys()].join();
    expect(order("x", "one")).toBe(order("x", "one"));
    expect(new Set([order("x", "one"), order("y", "one"), order("x", "two")]).size).toBe(3);
    expect([0, 25, 26, 27, 701, 702].map(laneName)).toEqual(["A", "Z", "AA", "AB", "ZZ", "AAA"]);
  });

  test("one review: cases that say so, without a suggestion", async () => {
    const desk = await makeDesk({ reviewersPerArticle: 1 });
    const articleId = await makeArticle(desk.projectId);
    await review(desk, articleId, desk.a, [put("The council")]);
    expect(await casesOf(desk.adjudicator, articleId)).toMatchObject([
      { primary: "SINGLE_REVIEWER", suggestion: null, missing: [] },
    ]);
  });

  test("an editor closes an article early with what is there, and opens it again", async () => {
    const desk = await makeDesk({ reviewersPerArticle: 3 });
    const articleId = await makeArticle(desk.projectId);
    const { editor, adjudicator, a, b } = desk;
    expect(await closeArticle(editor.actor, articleId)).toMatchObject({
      code: "conflict",
      errors: [{ code: "nothing-submitted" }],
    });
    await review(desk, articleId, a, [put("The council")]);
    await review(desk, articleId, b, [put("The council")]);
    expect(await closeArticle(adjudicator.actor, articleId)).toMatchObject({ code: "forbidden" });
    expect(await closeArticle(editor.actor, articleId)).toMatchObject({ value: { state: "ADJUDICATION" } });
    expect(await casesOf(adjudicator, articleId)).toMatchObject([{ primary: "AGREEMENT" }]);
    expect(await closeArticle(editor.actor, articleId, { closed: false })).toMatchObject({
      value: { closedEarly: false },
    });
  });

  test("links that differ, and links to a claim of another article", async () => {
    const desk = await makeDesk();
    const [first, second] = [await makeArticle(desk.projectId), await makeArticle(desk.projectId)];
    const claims = [put("the weir would fail"), put("the weir would fail")];
    for (const [i, who] of [desk.a, desk.b].entries()) await review(desk, first, who, claims.slice(i, i + 1));
    for (const [i, who] of [desk.a, desk.b].entries()) {
      const denial = put("The council denied", "DENIAL");
      await review(desk, second, who, [denial, link("denies", denial.span.id, claims[i]?.span.id ?? "")]);
    }
    // Each named their own claim, and both claims are one case: the same target.
    expect(await casesOf(desk.adjudicator, second)).toMatchObject([
      { primary: "AGREEMENT", members: [{ links: [{ type: "denies", words: "the weir would fail" }] }, {}] },
    ]);
  });
});

describe("finding cases again", () => {
  test("each keeps its id by its members; what nothing takes over is closed", async () => {
    const { articleId, adjudicator, editor, a, mine, claim } = await twoReviews();
    const before = await casesOf(adjudicator, articleId);
    await reopenReview(editor.actor, mine);
    expect(await casesOf(adjudicator, articleId)).toEqual([]);
    const hurt = (
      await prisma().span.findFirstOrThrow({ where: { reviewId: mine, start: at("Nobody was hurt").start } })
    ).id;
    const moved = put("the weir would", "CLAIM", { id: claim.span.id, base: 1 });
    await finish(a, mine, [remove(hurt, 1), moved, put("The lock keeper")], 1);
    const after = await casesOf(adjudicator, articleId);
    expect(after.map((c) => c.quote)).toEqual(["The lock keeper", "that the weir would fail"]);
    expect(after[1]?.id).toBe(before[0]?.id);
    expect(before.map((c) => c.id)).not.toContain(after[0]?.id);
    const closed = await prisma().case.findUniqueOrThrow({ where: { id: before[1]?.id ?? "" } });
    expect(closed.status).toBe("CLOSED");
    expect(closed.closedAt).not.toBeNull();
  });

  test("an article that was sent back and comes back unchanged is as it was", async () => {
    const { articleId, adjudicator, editor, a, mine } = await twoReviews();
    const before = await casesOf(adjudicator, articleId);
    await sendBackReview(editor.actor, mine, { comment: "Sure?" });
    await finish(a, mine, [], 1);
    expect(await casesOf(adjudicator, articleId)).toEqual(before);
  });
});

describe("reading cases", () => {
  test("whoever may not see others' marks sees no case by any door, until it is settled", async () => {
    const desk = await twoReviews();
    const { articleId, projectId, adjudicator, a, c, editor } = desk;
    const [first] = await casesOf(adjudicator, articleId);
    const outsider = await makeMember("Outsider");
    expect((await send(ARTICLE, { params: { article: articleId }, cookie: a.cookie })).status).toBe(403);
    for (const who of [a, c, outsider]) {
      expect((await send(CASE, { params: { case: first?.id ?? "" }, cookie: who.cookie })).status).toBe(404);
    }
    for (const who of [a, c]) {
      const listed = await send(LIST, { params: { project: projectId }, cookie: who.cookie });
      expect(await listed.json()).toEqual({ items: [], nextCursor: null });
      const counted = caseCountsView.parse(
        await (await send(COUNTS, { params: { project: projectId }, cookie: who.cookie })).json(),
      );
      expect(counted.total).toBe(0);
    }
    expect((await send(LIST, { params: { project: projectId }, cookie: outsider.cookie })).status).toBe(404);
    // An editor who reviews the article is as blind as anyone.
    await makeReview(projectId, articleId, editor);
    expect(await listCases(editor.actor, projectId, query())).toMatchObject({ value: { items: [] } });
    expect(await articleCases(editor.actor, articleId, {})).toMatchObject({ code: "forbidden" });
    expect(await getCase(editor.actor, first?.id ?? "")).toMatchObject({ code: "not-found" });
  });

  test("lists go page by page in every order, each case once", async () => {
    const desk = await makeDesk();
    const { projectId, adjudicator, a, b } = desk;
    for (let n = 0; n < 3; n++) {
      const articleId = await makeArticle(projectId, { title: `Article ${n}` });
      await review(
        desk,
        articleId,
        a,
        ["The council", "Nobody was hurt", "The lock keeper"].slice(0, n + 1).map((w) => put(w)),
      );
      await review(desk, articleId, b, []);
    }
    for (const sort of ["worth", "position", "newest"] as const) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const response: Response = await send(LIST, {
          path: `/?sort=${sort}&limit=2${cursor ? `&cursor=${cursor}` : ""}`,
          params: { project: projectId },
          cookie: adjudicator.cookie,
        });
        expect(response.status).toBe(200);
        const page = caseItemPage.parse(await response.json());
        seen.push(...page.items.map((c) => c.id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toHaveLength(6);
      expect(new Set(seen).size).toBe(6);
    }
    const worth = await listCases(adjudicator.actor, projectId, query());
    expect(worth.ok && worth.value.items.map((c) => c.article.title)).toEqual([
      ...Array(3).fill("Article 2"),
      ...Array(2).fill("Article 1"),
      "Article 0",
    ]);
  });

  test.each([
    ["status=decided", 0],
    ["status=undecided", 2],
    ["kind=existence", 1],
    ["kind=BOUNDARY", 1],
    ["kind=label", 0],
    ["label=CLAIM", 2],
    ["label=DENIAL", 0],
    ["batch=none", 2],
    ["outlet=Nowhere", 0],
  ])("filtered by %s", async (filter, count) => {
    const { projectId, adjudicator } = await twoReviews();
    const response = await send(LIST, {
      path: `/?${filter}`,
      params: { project: projectId },
      cookie: adjudicator.cookie,
    });
    expect(caseItemPage.parse(await response.json()).items).toHaveLength(count);
  });

  test.each(["sort=cleverness", "status=%27", "kind=;drop", "limit=201", "cursor=bm8", "colour=red", "article=1"])(
    "X04: refuses ?%s",
    async (bad) => {
      const { projectId, adjudicator } = await makeDesk();
      const response = await send(LIST, {
        path: `/?${bad}`,
        params: { project: projectId },
        cookie: adjudicator.cookie,
      });
      expect(response.status).toBe(400);
    },
  );

  test("one case comes with its history", async () => {
    const { articleId, adjudicator } = await twoReviews();
    const [first] = await casesOf(adjudicator, articleId);
    const response = await send(CASE, { params: { case: first?.id ?? "" }, cookie: adjudicator.cookie });
    expect(caseWithHistory.parse(await response.json())).toMatchObject({
      id: first?.id,
      decisions: [],
      decision: null,
    });
  });
});

test("a page of cases is read in as many statements, however many cases and articles are on it", async () => {
  const { adjudicator, projectId, ...desk } = await makeDesk();
  const asked = vi.spyOn(pg.Client.prototype, "query");
  const statements = async () => {
    asked.mockClear();
    const page = await listCases(adjudicator.actor, projectId, query());
    expect(page.ok).toBe(true);
    return { items: page.ok ? page.value.items.length : 0, statements: asked.mock.calls.length };
  };
  const settle = async (marks: readonly string[]) => {
    const articleId = await makeArticle(projectId);
    for (const who of [desk.a, desk.b])
      await review(
        { projectId },
        articleId,
        who,
        marks.map((words) => put(words)),
      );
  };
  await settle(["the weir would fail"]);
  const one = await statements();
  for (let n = 0; n < 3; n++) await settle(["the weir would fail", "Nobody was hurt", "The council"]);
  const ten = await statements();
  expect([one.items, ten.items]).toEqual([1, 10]);
  // Texts that are not kept yet are read in one statement; here they are the only difference that there may be.
  expect(ten.statements).toBeLessThanOrEqual(one.statements + 1);
  asked.mockRestore();
});
