import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { POST as ON_ARTICLE } from "@/app/api/v1/articles/[article]/decisions/route";
import { GET as GOLD } from "@/app/api/v1/articles/[article]/gold/route";
import { POST as DECIDE } from "@/app/api/v1/cases/[case]/decisions/route";
import { POST as UNANIMOUS } from "@/app/api/v1/projects/[project]/decisions/unanimous/route";
import type { DecisionRequest } from "../cases/schema";
import { articleDesk } from "./article-desk";
import { caseCounts, getCase } from "./cases";
import { lanesFor } from "./cases-lanes";
import type { CaseView } from "./cases-view";
import { pool, prisma } from "./db";
import { decideArticle, decideCase } from "./decisions";
import { decisionMadeView, goldView, unanimousView } from "./decisions.schema";
import { acceptUnanimous } from "./decisions-unanimous";
import { getGold } from "./gold";
import { goldDiff } from "./gold-diff";
import { getReview } from "./reviews";
import { reopenReview } from "./submit";
import {
  at,
  type Desk,
  finish,
  link,
  type Member,
  makeArticle,
  makeDesk,
  makeReview,
  put,
  remove,
  review,
} from "./testing/desk";
import { send } from "./testing/people";

type Case = Desk & { readonly articleId: string; readonly mine: string; readonly theirs: string };

/** One case with different ends, one that only one marked, one on which both agree. */
async function disagreement(policies: Parameters<typeof makeDesk>[0] = {}) {
  const desk = await makeDesk(policies);
  const articleId = await makeArticle(desk.projectId);
  const claim = put("the weir would fail", "CLAIM", { attributes: { likelihood: "alleged" } });
  const wider = put("that the weir would fail", "CLAIM", { attributes: { likelihood: "certain" } });
  const hurt = put("Nobody was hurt");
  const mine = await review(desk, articleId, desk.a, [claim, hurt, put("The lock keeper said")]);
  const theirs = await review(desk, articleId, desk.b, [wider, put("The lock keeper said")]);
  return { ...desk, articleId, mine, theirs, claim, wider, hurt };
}

const casesOf = async ({
  adjudicator,
  articleId,
}: Pick<Case, "adjudicator" | "articleId">): Promise<readonly CaseView[]> => {
  const found = await articleDesk(adjudicator.actor, articleId);
  if (!found.ok) throw new Error(found.message);
  return found.value.cases;
};

const named = (cases: readonly CaseView[], quote: string): CaseView => {
  const found = cases.find((c) => c.quote === quote);
  if (!found) throw new Error(`no case ${quote}`);
  return found;
};

const request = (action: DecisionRequest["action"], more: Partial<DecisionRequest> = {}): DecisionRequest => ({
  id: randomUUID(),
  action,
  ...more,
});

const decided = async (who: Member, caseId: string, body: DecisionRequest) => {
  const done = await decideCase(who.actor, caseId, body);
  if (!done.ok) throw new Error(JSON.stringify(done));
  return done.value.value;
};

const goldOf = async (who: Member, articleId: string) => {
  const found = await getGold(who.actor, articleId);
  if (!found.ok) throw new Error(found.message);
  return found.value;
};

const settledState = async (articleId: string) =>
  (await prisma().article.findUniqueOrThrow({ where: { id: articleId } })).state;

describe("POST /cases/{c}/decisions", () => {
  test("a reading, the union, nothing: gold follows in the same breath, and the article settles with its last case", async () => {
    const desk = await disagreement();
    const { adjudicator, articleId, claim } = desk;
    const cases = await casesOf(desk);
    const response = await send(DECIDE, {
      method: "POST",
      params: { case: named(cases, "that the weir would fail").id },
      cookie: adjudicator.cookie,
      body: request("member", { member: claim.span.id, reasonCode: "boundary", note: "without that" }),
    });
    expect(response.status).toBe(201);
    expect(decisionMadeView.parse(await response.json())).toMatchObject({
      ...{
        action: "member",
        by: "Judith",
        anonymous: true,
        alsoReviewed: false,
        live: true,
        articleState: "ADJUDICATION",
      },
      ...{ reasonCode: "boundary", submitted: 2, schemeVersion: 1, guidelineVersion: 1 },
    });
    await decided(adjudicator, named(cases, "Nobody was hurt").id, request("nothing", { reasonCode: "spurious" }));
    const last = await decided(adjudicator, named(cases, "The lock keeper said").id, request("suggestion"));
    expect(last.articleState).toBe("SETTLED");
    const gold = goldView.parse(
      await (await send(GOLD, { params: { article: articleId }, cookie: adjudicator.cookie })).json(),
    );
    expect(gold.spans.map((s) => [s.quote, s.label, s.attributes])).toEqual([
      ["The lock keeper said", "CLAIM", {}],
      ["the weir would fail", "CLAIM", { likelihood: "alleged" }],
    ]);
    const rows = await prisma().decision.findMany({ where: { articleId }, orderBy: { at: "asc" } });
    expect(rows[0]?.members).toHaveLength(2);
    expect(rows[0]?.suggestion).toMatchObject({ rules: "1", action: "accept" });
    expect(rows[0]?.textSha256).toMatch(/^[0-9a-f]{64}$/);
    const entries = await prisma().auditEntry.findMany({
      where: { projectId: desk.projectId, type: { in: ["decision.made", "article.settled"] } },
    });
    expect(entries.map((e) => e.type).sort()).toEqual(["article.settled", ...Array(3).fill("decision.made")]);
  });

  test("sent again it answers as the first time; the same id with other content is a conflict", async () => {
    const desk = await disagreement();
    const [first, second] = await casesOf(desk);
    const body = request("union");
    const send1 = () =>
      send(DECIDE, { method: "POST", params: { case: first?.id ?? "" }, cookie: desk.adjudicator.cookie, body });
    const [one, two] = [await send1(), await send1()];
    expect([one.status, two.status]).toEqual([201, 200]);
    const [x, y] = [decisionMadeView.parse(await one.json()), decisionMadeView.parse(await two.json())];
    expect({ ...y, lacks: [] }).toEqual({ ...x, lacks: [] });
    expect(await decideCase(desk.adjudicator.actor, first?.id ?? "", { ...body, action: "nothing" })).toMatchObject({
      code: "conflict",
    });
    expect(await decideCase(desk.adjudicator.actor, second?.id ?? "", body)).toMatchObject({ code: "conflict" });
    expect(await prisma().decision.count({ where: { articleId: desk.articleId } })).toBe(1);
  });

  test("C05: two adjudicators decide one case at once, 200 rounds: one decision lives, the other hears which", {
    timeout: 300_000,
  }, async () => {
    const desk = await disagreement();
    const [, second] = await casesOf(desk);
    const caseId = second?.id ?? "";
    let live: string | undefined;
    for (let round = 0; round < 200; round++) {
      const supersedes = live ? { supersedes: live } : {};
      const bodies = [request("union", supersedes), request("nothing", supersedes)];
      const answers = await Promise.all([
        decideCase(desk.adjudicator.actor, caseId, bodies[0] ?? request("union")),
        decideCase(desk.second.actor, caseId, bodies[1] ?? request("nothing")),
      ]);
      const won = answers.findIndex((x) => x.ok);
      const lost = answers[1 - won];
      expect(answers.filter((x) => x.ok)).toHaveLength(1);
      live = bodies[won]?.id;
      expect(lost).toMatchObject({ ok: false, code: "conflict", errors: [{ current: { id: live, live: true } }] });
    }
    const rows = await prisma().decision.findMany({ where: { caseId } });
    expect(rows).toHaveLength(200);
    expect(rows.filter((d) => d.live).map((d) => d.id)).toEqual([live]);
    expect(await prisma().auditEntry.count({ where: { projectId: desk.projectId, type: "decision.made" } })).toBe(200);
    const gold = await prisma().goldSpan.findMany({
      where: { articleId: desk.articleId },
      select: { decisionId: true },
    });
    expect(gold.every((g) => g.decisionId === live)).toBe(true);
  });

  test("the database itself lets one decision a case live, and none be changed", async () => {
    const desk = await disagreement();
    const [first] = await casesOf(desk);
    const made = await decided(desk.adjudicator, first?.id ?? "", request("union"));
    await expect(
      pool().query(
        `INSERT INTO "Decision" SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid()))).* FROM "Decision" d WHERE "id" = $1`,
        [made.id],
      ),
    ).rejects.toMatchObject({ code: "23505", constraint: "Decision_live_key" });
    await expect(pool().query(`UPDATE "Decision" SET "note" = 'x' WHERE "id" = $1`, [made.id])).rejects.toMatchObject({
      code: "GL001",
    });
  });

  test("superseding replaces the gold; taking back leaves none and opens the article again", async () => {
    const desk = await disagreement();
    const { adjudicator, articleId, wider } = desk;
    const cases = await casesOf(desk);
    const caseId = named(cases, "that the weir would fail").id;
    const first = await decided(adjudicator, caseId, request("union"));
    expect(await decideCase(adjudicator.actor, caseId, request("intersection"))).toMatchObject({
      code: "conflict",
      errors: [{ current: { id: first.id } }],
    });
    const second = await decided(
      adjudicator,
      caseId,
      request("member", { member: wider.span.id, supersedes: first.id }),
    );
    expect((await goldOf(adjudicator, articleId)).spans).toMatchObject([
      { quote: "that the weir would fail", decisionId: second.id },
    ]);
    for (const quote of ["Nobody was hurt", "The lock keeper said"])
      await decided(adjudicator, named(cases, quote).id, request("nothing"));
    expect(await settledState(articleId)).toBe("SETTLED");
    const back = await decided(adjudicator, caseId, request("reopen", { supersedes: second.id }));
    expect(back).toMatchObject({ action: "reopen", live: false, supersedes: second.id, articleState: "ADJUDICATION" });
    expect((await goldOf(adjudicator, articleId)).spans).toEqual([]);
    expect(await decideCase(adjudicator.actor, caseId, request("reopen"))).toMatchObject({ code: "conflict" });
    const history = await getCase(adjudicator.actor, caseId);
    expect(history.ok && history.value.decisions.map((d) => [d.action, d.live])).toEqual([
      ["union", false],
      ["member", false],
      ["reopen", false],
    ]);
  });

  test("an own edit is checked as a span is; a split makes two", async () => {
    const desk = await disagreement();
    const [first] = await casesOf(desk);
    const edit = (span: object) =>
      send(DECIDE, {
        method: "POST",
        params: { case: first?.id ?? "" },
        cookie: desk.adjudicator.cookie,
        body: {
          id: randomUUID(),
          action: "edit",
          spans: [{ id: randomUUID(), ...at("the weir"), label: "CLAIM", ...span }],
        },
      });
    for (const [wrong, code] of [
      [{ end: 9_999 }, "outside-text"],
      [{ label: "RUMOUR" }, "unknown-label"],
      [{ quote: "the wire" }, "quote-mismatch"],
      [{ attributes: { colour: "red" } }, "unknown-attribute"],
    ] as const) {
      const refused = await edit(wrong);
      expect(refused.status).toBe(422);
      expect(await refused.json()).toMatchObject({ errors: [{ code }] });
    }
    expect(await prisma().decision.count({ where: { articleId: desk.articleId } })).toBe(0);
    const spans = [
      { id: randomUUID(), ...at("the weir"), label: "CLAIM" },
      { id: randomUUID(), ...at("would fail"), label: "CLAIM" },
    ];
    await decided(desk.adjudicator, first?.id ?? "", request("split", { spans }));
    expect((await goldOf(desk.adjudicator, desk.articleId)).spans.map((s) => [s.id, s.quote])).toEqual(
      spans.map((s) => [s.id, s.quote]),
    );
  });

  test("an id of gold that is in use elsewhere is a conflict, and nothing is decided", async () => {
    const desk = await disagreement();
    const [first, second] = await casesOf(desk);
    const spans = [{ id: randomUUID(), ...at("the weir"), label: "CLAIM" }];
    await decided(desk.adjudicator, first?.id ?? "", request("edit", { spans }));
    expect(await decideCase(desk.adjudicator.actor, second?.id ?? "", request("edit", { spans }))).toMatchObject({
      code: "conflict",
    });
    expect(await prisma().decision.count({ where: { articleId: desk.articleId } })).toBe(1);
  });

  test("a merge rules on both cases; undoing any part of it undoes all", async () => {
    const desk = await disagreement();
    const cases = await casesOf(desk);
    const [one, two] = [named(cases, "that the weir would fail"), named(cases, "Nobody was hurt")];
    const spans = [{ id: randomUUID(), start: one.start, end: two.end, label: "CLAIM" }];
    const merged = await decided(desk.adjudicator, one.id, request("merge", { mergeWith: two.id, spans }));
    const after = await casesOf(desk);
    expect(named(after, one.quote)).toMatchObject({ status: "DECIDED", decision: { id: merged.id, mergedInto: null } });
    expect(named(after, two.quote)).toMatchObject({
      status: "DECIDED",
      decision: { mergedInto: one.id, spans: [{ id: spans[0]?.id }] },
    });
    const part = named(after, two.quote).decision?.id ?? "";
    await decided(desk.adjudicator, two.id, request("reopen", { supersedes: part }));
    expect((await casesOf(desk)).map((c) => c.status)).toEqual(["OPEN", "OPEN", "OPEN"]);
    expect((await goldOf(desk.adjudicator, desk.articleId)).spans).toEqual([]);
  });

  test("who may: adjudicators, not of an article that they review; the decision keeps whether they did, and whether names were shown", async () => {
    const desk = await disagreement();
    const { projectId, adjudicator, second, editor, a, c, articleId } = desk;
    const [first, other] = await casesOf(desk);
    const id = first?.id ?? "";
    expect(await decideCase(a.actor, id, request("union"))).toMatchObject({ code: "not-found" });
    expect(await decideCase(c.actor, id, request("union"))).toMatchObject({ code: "not-found" });
    expect(await decideCase(editor.actor, id, request("union"))).toMatchObject({ code: "forbidden" });
    await prisma().member.update({
      where: { projectId_userId: { projectId, userId: a.person.id } },
      data: { roles: ["REVIEWER", "ADJUDICATOR"] },
    });
    expect(await decideCase(a.actor, id, request("union"))).toMatchObject({ code: "forbidden" });
    await prisma().project.update({ where: { id: projectId }, data: { adjudicateOwn: true } });
    expect(await decided(a, id, request("union"))).toMatchObject({ alsoReviewed: true, anonymous: true });
    const revealed = await decideCase(adjudicator.actor, other?.id ?? "", { ...request("nothing"), revealed: true });
    expect(revealed).toMatchObject({ value: { value: { anonymous: false, alsoReviewed: false } } });
    await makeReview(projectId, articleId, second);
    expect(await decideCase(second.actor, id, request("union"))).toMatchObject({ code: "not-found" });
  });

  test("while an article waits for a review its cases rest", async () => {
    const desk = await disagreement();
    const [first] = await casesOf(desk);
    await reopenReview(desk.editor.actor, desk.mine);
    expect(await decideCase(desk.adjudicator.actor, first?.id ?? "", request("union"))).toMatchObject({
      code: "conflict",
      errors: [{ code: "article-open" }],
    });
  });

  test("A07: crossing writes of many at once end without a fault", async () => {
    const desk = await disagreement();
    const other = await makeArticle(desk.projectId);
    await review(desk, other, desk.a, [put("The council")]);
    await review(desk, other, desk.b, []);
    const cases = [...(await casesOf(desk)), ...(await casesOf({ ...desk, articleId: other }))];
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, n) => {
        const caseId = cases[n % cases.length]?.id ?? "";
        if (n % 7 === 0) return acceptUnanimous(desk.second.actor, desk.projectId, { dryRun: false });
        if (n % 11 === 0) return reopenReview(desk.editor.actor, n % 2 ? desk.mine : desk.theirs);
        return decideCase(
          n % 2 ? desk.adjudicator.actor : desk.second.actor,
          caseId,
          request(n % 3 ? "union" : "nothing"),
        );
      }),
    );
    // Whoever loses too many rounds against the others is told to try again (503), never a fault.
    expect(outcomes.filter((x) => !x.ok && x.code !== "conflict" && x.code !== "unavailable")).toEqual([]);
    const { rows } = await pool().query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT "caseId" FROM "Decision" WHERE "live" AND "caseId" IS NOT NULL GROUP BY 1 HAVING count(*) > 1) x`,
    );
    expect(rows).toEqual([{ n: 0 }]);
  });
});

describe("what changes under a decision", () => {
  test("a decision whose members changed is stale, says what changed, and comes back to the queue", async () => {
    const desk = await disagreement();
    const { adjudicator, editor, a, mine, claim, articleId } = desk;
    const cases = await casesOf(desk);
    const bounds = named(cases, "that the weir would fail");
    const first = await decided(adjudicator, bounds.id, request("union"));
    const kept = await decided(adjudicator, named(cases, "The lock keeper said").id, request("suggestion"));
    await reopenReview(editor.actor, mine);
    await finish(a, mine, [put("the weir would", "CLAIM", { id: claim.span.id, base: 1 })], 1);
    const after = await casesOf(desk);
    const stale = named(after, "that the weir would fail");
    expect(stale).toMatchObject({
      id: bounds.id,
      status: "STALE",
      decision: { id: first.id, live: true },
      stale: { changed: [claim.span.id], added: [], removed: [], reviews: null, words: "1 span was changed." },
    });
    expect(stale.stale?.changes).toEqual([
      {
        lane: lanesFor(adjudicator.person.id, articleId, [a.person.id, desk.b.person.id]).get(a.person.id),
        was: { ...at("the weir would fail"), label: "CLAIM", attributes: { likelihood: "alleged" }, links: [] },
        now: { ...at("the weir would"), label: "CLAIM", attributes: {}, links: [] },
      },
    ]);
    expect(named(after, "The lock keeper said")).toMatchObject({ status: "DECIDED", decision: { id: kept.id } });
    expect(await caseCounts(adjudicator.actor, desk.projectId)).toMatchObject({
      value: { status: { stale: 1, decided: 1, open: 1 } },
    });
    await decided(adjudicator, named(after, "Nobody was hurt").id, request("nothing"));
    expect(await settledState(articleId)).toBe("ADJUDICATION");
    const again = await decided(adjudicator, stale.id, request("intersection", { supersedes: first.id }));
    expect(again.articleState).toBe("SETTLED");
  });

  test("a review that is reopened and submitted as it was leaves every decision, its gold and its links as they are", async () => {
    const desk = await disagreement();
    const { adjudicator, editor, a, b, mine, theirs, articleId } = desk;
    for (const c of await casesOf(desk)) await decided(adjudicator, c.id, request("union"));
    const rows = () => prisma().decision.findMany({ where: { articleId }, orderBy: { id: "asc" } });
    const before = { cases: await casesOf(desk), gold: await goldOf(adjudicator, articleId), rows: await rows() };
    for (const [who, id] of [
      [a, mine],
      [b, theirs],
    ] as const) {
      await reopenReview(editor.actor, id);
      expect(await goldOf(adjudicator, articleId)).toMatchObject({
        spans: before.gold.spans,
        links: before.gold.links,
      });
      await finish(who, id, [], 1);
      expect({ cases: await casesOf(desk), gold: await goldOf(adjudicator, articleId), rows: await rows() }).toEqual(
        before,
      );
    }
    expect(before.cases.every((c) => c.status === "DECIDED")).toBe(true);
  });

  test("links that were drawn otherwise make their case stale alone, and are told", async () => {
    const desk = await makeDesk();
    const articleId = await makeArticle(desk.projectId);
    const denies = put("The council denied", "DENIAL");
    const drawn = link("denies", denies.span.id, null, "that it was warned");
    const mine = await review(desk, articleId, desk.a, [denies, drawn, put("Nobody was hurt")]);
    await review(desk, articleId, desk.b, [put("Nobody was hurt")]);
    const found = { ...desk, articleId };
    for (const c of await casesOf(found)) await decided(desk.adjudicator, c.id, request("union"));
    await reopenReview(desk.editor.actor, mine);
    const other = link("denies", denies.span.id, null, "a warning");
    await finish(desk.a, mine, [{ ...other, link: { ...other.link, id: drawn.link.id, base: 1 } }], 1);
    expect((await casesOf(found)).map((c) => [c.quote, c.status, c.stale?.changes])).toEqual([
      [
        "The council denied",
        "STALE",
        [
          {
            lane: expect.any(String),
            was: expect.objectContaining({ links: [{ type: "denies", words: "that it was warned" }] }),
            now: expect.objectContaining({ links: [{ type: "denies", words: "a warning" }] }),
          },
        ],
      ],
      ["Nobody was hurt", "DECIDED", undefined],
    ]);
  });

  test("one more submitted review makes every decision stale", async () => {
    const desk = await disagreement();
    const cases = await casesOf(desk);
    for (const c of cases) await decided(desk.adjudicator, c.id, request("nothing"));
    await review(desk, desk.articleId, desk.c, []);
    expect((await casesOf(desk)).map((c) => [c.status, c.stale?.reviews])).toEqual(
      cases.map(() => ["STALE", { was: 2, now: 3 }]),
    );
  });

  test("a decided case that nothing takes over is orphaned until someone rules", async () => {
    const desk = await disagreement();
    const { adjudicator, editor, a, mine, hurt } = desk;
    const orphan = named(await casesOf(desk), "Nobody was hurt");
    const first = await decided(adjudicator, orphan.id, request("union"));
    await reopenReview(editor.actor, mine);
    await finish(a, mine, [remove(hurt.span.id, 1)], 1);
    expect(named(await casesOf(desk), "Nobody was hurt")).toMatchObject({ id: orphan.id, status: "ORPHANED" });
    const spans = [{ id: randomUUID(), ...at("Nobody was hurt"), label: "CLAIM" }];
    const second = await decided(adjudicator, orphan.id, request("edit", { spans, supersedes: first.id }));
    await reopenReview(editor.actor, mine);
    await finish(a, mine, [], 2);
    expect(named(await casesOf(desk), "Nobody was hurt")).toMatchObject({
      status: "DECIDED",
      decision: { id: second.id },
    });
    await decided(adjudicator, orphan.id, request("reopen", { supersedes: second.id }));
    expect((await casesOf(desk)).map((c) => c.id)).not.toContain(orphan.id);
    expect((await prisma().case.findUniqueOrThrow({ where: { id: orphan.id } })).status).toBe("CLOSED");
  });
});

describe("gold links", () => {
  async function denial() {
    const desk = await makeDesk();
    const articleId = await makeArticle(desk.projectId);
    for (const who of [desk.a, desk.b]) {
      const claim = put("the weir would fail");
      const denies = put("The council denied", "DENIAL");
      await review(desk, articleId, who, [claim, denies, link("denies", denies.span.id, claim.span.id)]);
    }
    return { ...desk, articleId };
  }

  test("are carried when both ends are decided, and follow the second end when it is decided again", async () => {
    const desk = await denial();
    const { adjudicator, articleId } = desk;
    const cases = await casesOf(desk);
    const [claim, denies] = [named(cases, "the weir would fail"), named(cases, "The council denied")];
    await decided(adjudicator, denies.id, request("suggestion"));
    expect((await goldOf(adjudicator, articleId)).links).toEqual([]);
    const first = await decided(adjudicator, claim.id, request("suggestion"));
    const one = await goldOf(adjudicator, articleId);
    const [from, to] = [
      one.spans.find((s) => s.label === "DENIAL")?.id,
      one.spans.find((s) => s.label === "CLAIM")?.id,
    ];
    expect(one.links).toMatchObject([{ type: "denies", from, to, toText: null }]);
    await decided(
      adjudicator,
      claim.id,
      request("edit", {
        supersedes: first.id,
        spans: [{ id: randomUUID(), ...at("weir would fail"), label: "CLAIM" }],
      }),
    );
    const two = await goldOf(adjudicator, articleId);
    expect(two.links).toMatchObject([
      { id: one.links[0]?.id, from, to: two.spans.find((s) => s.label === "CLAIM")?.id },
    ]);
    expect(two.links[0]?.to).not.toBe(to);
    const live = (await casesOf(desk)).find((c) => c.id === claim.id)?.decision?.id ?? "";
    await decided(adjudicator, claim.id, request("nothing", { supersedes: live }));
    expect((await goldOf(adjudicator, articleId)).links).toEqual([]);
  });

  test("a denial's target in another article is that article's gold, whichever is decided first", async () => {
    const desk = await makeDesk();
    const [here, there] = [await makeArticle(desk.projectId), await makeArticle(desk.projectId)];
    for (const who of [desk.a, desk.b]) {
      const claim = put("the weir would fail");
      const denies = put("The council denied", "DENIAL");
      await review(desk, there, who, [claim]);
      await review(desk, here, who, [denies, link("denies", denies.span.id, claim.span.id)]);
    }
    const [denies] = await casesOf({ ...desk, articleId: here });
    const [claim] = await casesOf({ ...desk, articleId: there });
    await decided(desk.adjudicator, denies?.id ?? "", request("suggestion"));
    expect((await goldOf(desk.adjudicator, here)).links).toEqual([]);
    const first = await decided(desk.adjudicator, claim?.id ?? "", request("suggestion"));
    const target = (await goldOf(desk.adjudicator, there)).spans[0]?.id;
    expect((await goldOf(desk.adjudicator, here)).links).toMatchObject([{ to: target }]);
    await decided(desk.adjudicator, claim?.id ?? "", request("reopen", { supersedes: first.id }));
    expect((await goldOf(desk.adjudicator, here)).links).toEqual([]);
    await decided(desk.adjudicator, claim?.id ?? "", request("union"));
    const again = (await goldOf(desk.adjudicator, there)).spans[0]?.id;
    expect((await goldOf(desk.adjudicator, here)).links).toMatchObject([{ to: again }]);
  });

  test("a denial without target may be decided, and what it lacks is said", async () => {
    const desk = await denial();
    const denies = named(await casesOf(desk), "The council denied");
    const made = await decided(desk.adjudicator, denies.id, request("suggestion", { links: [] }));
    expect(made.lacks).toMatchObject([{ code: "link-missing", path: "links.denies" }]);
    const text = await decided(
      desk.adjudicator,
      denies.id,
      request("suggestion", {
        supersedes: made.id,
        links: [{ type: "denies", from: denies.members[0]?.spanId ?? "", to: null, toText: "a warning" }],
      }),
    );
    expect(text.lacks).toEqual([]);
    expect((await goldOf(desk.adjudicator, desk.articleId)).links).toMatchObject([{ to: null, toText: "a warning" }]);
  });
});

describe("what nobody marked", () => {
  test("is created on the article, and taken back", async () => {
    const desk = await disagreement();
    const spans = [
      {
        id: randomUUID(),
        ...at("it is said"),
        label: "FRAMING",
        attributes: { kind: "informational", reason: "nobody named" },
      },
    ];
    const body = { id: randomUUID(), action: "create", spans, reasonCode: "missed" };
    const post = (body: object) =>
      send(ON_ARTICLE, { method: "POST", params: { article: desk.articleId }, cookie: desk.adjudicator.cookie, body });
    expect((await post(body)).status).toBe(201);
    expect((await post(body)).status).toBe(200);
    expect((await goldOf(desk.adjudicator, desk.articleId)).spans).toMatchObject([
      { id: spans[0]?.id, quote: "it is said", caseId: null },
    ]);
    expect((await post({ id: randomUUID(), action: "create", spans: [] })).status).toBe(422);
    const back = { id: randomUUID(), action: "reopen", supersedes: body.id };
    expect((await post(back)).status).toBe(201);
    expect((await goldOf(desk.adjudicator, desk.articleId)).spans).toEqual([]);
    expect((await post({ ...back, id: randomUUID() })).status).toBe(409);
    expect(
      await decideArticle(desk.a.actor, desk.articleId, { id: randomUUID(), action: "create", spans }),
    ).toMatchObject({ code: "forbidden" });
  });
});

describe("unanimous cases", () => {
  test("are counted, then accepted together, a decision each", async () => {
    const desk = await disagreement();
    const own = await makeArticle(desk.projectId);
    await review(desk, own, desk.adjudicator, [put("The council")]);
    await review(desk, own, desk.b, [put("The council")]);
    const post = async (who: Member, body: object) =>
      send(UNANIMOUS, { method: "POST", params: { project: desk.projectId }, cookie: who.cookie, body });
    expect((await post(desk.editor, { dryRun: true })).status).toBe(403);
    const dry = unanimousView.parse(await (await post(desk.adjudicator, { dryRun: true })).json());
    const agreed = named(await casesOf(desk), "The lock keeper said");
    expect(dry).toEqual({ dryRun: true, count: 1, cases: [agreed.id], decisions: [] });
    expect(await prisma().decision.count({ where: { projectId: desk.projectId } })).toBe(0);
    const done = unanimousView.parse(await (await post(desk.adjudicator, { dryRun: false })).json());
    expect(done).toMatchObject({ count: 1, cases: [agreed.id] });
    expect(named(await casesOf(desk), "The lock keeper said")).toMatchObject({
      status: "DECIDED",
      decision: { action: "suggestion", by: "Judith" },
    });
    expect(await acceptUnanimous(desk.second.actor, desk.projectId, { dryRun: false })).toMatchObject({
      value: { count: 1 },
    });
    expect(await settledState(own)).toBe("SETTLED");
  });

  test("are accepted by the project's policy as soon as they are found, and by nobody else", async () => {
    const desk = await disagreement({ acceptUnanimous: true });
    const cases = await casesOf(desk);
    expect(cases.map((c) => c.status).sort()).toEqual(["DECIDED", "OPEN", "OPEN"]);
    expect(named(cases, "The lock keeper said").decision).toMatchObject({
      by: null,
      adjudicatorId: null,
      action: "suggestion",
    });
    expect((await goldOf(desk.adjudicator, desk.articleId)).spans).toMatchObject([{ quote: "The lock keeper said" }]);
  });
});

describe("after settlement", () => {
  test("a reviewer sees how gold differs from what they marked, and why; not before", async () => {
    const desk = await disagreement();
    const { adjudicator, a, b, c, mine, theirs, wider } = desk;
    expect(await goldDiff(a.actor, mine)).toMatchObject({ code: "conflict" });
    expect(await getReview(a.actor, theirs)).toMatchObject({ code: "not-found" });
    const cases = await casesOf(desk);
    await decided(
      adjudicator,
      named(cases, "that the weir would fail").id,
      request("member", { member: wider.span.id, reasonCode: "boundary" }),
    );
    await decided(
      adjudicator,
      named(cases, "Nobody was hurt").id,
      request("nothing", { reasonCode: "spurious", note: "hearsay" }),
    );
    await decideArticle(adjudicator.actor, desk.articleId, {
      id: randomUUID(),
      action: "create",
      spans: [{ id: randomUUID(), ...at("it had been warned"), label: "CLAIM" }],
    });
    await decided(adjudicator, named(cases, "The lock keeper said").id, request("suggestion"));
    const found = await goldDiff(a.actor, mine);
    if (!found.ok) throw new Error(found.message);
    const text = (range: { start: number; end: number }) => range.end - range.start;
    expect(
      found.value.differences.map((d) => [d.kind, d.mine.map(text), d.gold.map(text), d.decision?.reasonCode]),
    ).toEqual([
      ["same", [20], [20], null],
      ["changed", [19], [24], "boundary"],
      ["missed", [], [18], null],
      ["dropped", [15], [], "spurious"],
    ]);
    expect(await getReview(a.actor, theirs)).toMatchObject({ value: { status: "SUBMITTED" } });
    expect(await getReview(c.actor, theirs)).toMatchObject({ code: "not-found" });
    expect((await goldOf(b, desk.articleId)).spans).toHaveLength(3);
    expect(await getGold(c.actor, desk.articleId)).toMatchObject({ ok: false });
    const shown = await articleDesk(b.actor, desk.articleId);
    expect(shown.ok && shown.value.cases[0]).toMatchObject({ anonymous: false });
  });
});
