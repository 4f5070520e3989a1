/** Batches as the one concept: shares, calibration, training, the third reviewer by policy, and what lies idle. */
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { callsForThird } from "../cases/third";
import { projectAgreement } from "./agreement";
import { agreementSchema } from "./agreement.schema";
import { articleDesk } from "./article-desk";
import { listAudit } from "./auditLog";
import { changeBatch, createBatch, getBatch } from "./batches";
import { createBatchBody, fillBatchBody } from "./batches.schema";
import { fillBatch } from "./batchFill";
import { articleCases } from "./cases";
import { prisma } from "./db";
import { decideCase } from "./decisions";
import { goldDiff } from "./gold-diff";
import { idleReviews, reclaimReviews } from "./idle";
import { changeMember } from "./members";
import { nextInQueue } from "./queue";
import { sendBackReview } from "./submit";
import { type Desk, finish, type Member, makeArticle, makeDesk, makeReview, put, review } from "./testing/desk";

const take = async (who: Member, projectId: string) => {
  const taken = await nextInQueue(who.actor, projectId);
  if (!taken.ok) throw new Error(taken.message);
  return taken.value?.value ?? null;
};

const made = async (desk: Desk, input: Partial<typeof createBatchBody._input>) => {
  const done = await createBatch(
    desk.editor.actor,
    desk.projectId,
    createBatchBody.parse({ name: "A batch", ...input }),
  );
  if (!done.ok) throw new Error(JSON.stringify(done));
  return done.value.value;
};

const fill = (desk: Desk, batchId: string, input: typeof fillBatchBody._input) =>
  fillBatch(desk.editor.actor, desk.projectId, batchId, fillBatchBody.parse(input));

/** In their order. */
async function articlesOf(projectId: string, count: number): Promise<string[]> {
  const made: string[] = [];
  for (let n = 0; n < count; n++) made.push(await makeArticle(projectId, { title: `Article ${n}` }));
  return made;
}

/** Settles every case of an article as its suggestion or, where there is none, as nothing. */
async function settleAll(desk: Desk, articleId: string): Promise<void> {
  const found = await articleDesk(desk.adjudicator.actor, articleId);
  if (!found.ok) throw new Error(found.message);
  for (const one of found.value.cases) {
    const action = one.suggestion?.action === "accept" ? "suggestion" : "nothing";
    const input = {
      id: randomUUID(),
      action,
      ...(action === "nothing" && { reasonCode: "spurious" as const }),
    } as const;
    const done = await decideCase(desk.adjudicator.actor, one.id, input);
    if (!done.ok) throw new Error(JSON.stringify(done));
  }
}

async function settledArticle(desk: Desk): Promise<string> {
  const articleId = await makeArticle(desk.projectId);
  await review(desk, articleId, desk.a, [put("the weir would fail")]);
  await review(desk, articleId, desk.b, [put("the weir would fail")]);
  await settleAll(desk, articleId);
  return articleId;
}

describe("batches", () => {
  test("a share asks for the batch's reviewers in that part of the articles, one in the rest, and stays as it was drawn", async () => {
    const desk = await makeDesk({ reviewersPerArticle: 2 });
    const batch = await made(desk, { share: 20, reviewersPerArticle: 2 });
    await articlesOf(desk.projectId, 10);
    expect(await fill(desk, batch.id, { filter: {}, dryRun: true })).toMatchObject({ ok: true, value: { moved: 10 } });
    expect(await fill(desk, batch.id, { filter: {} })).toMatchObject({ ok: true, value: { moved: 10, refused: 0 } });
    const drawn = () =>
      prisma().article.findMany({
        where: { batchId: batch.id, single: false },
        select: { id: true },
        orderBy: { id: "asc" },
      });
    const first = await drawn();
    expect(first).toHaveLength(2);
    expect(await getBatch(desk.editor.actor, desk.projectId, batch.id)).toMatchObject({
      value: { articles: 10, open: 10, reviews: { wanted: 12, submitted: 0, underWay: 0 } },
    });
    const more = await articlesOf(desk.projectId, 5);
    await fill(desk, batch.id, { articles: more });
    expect(await drawn()).toEqual(expect.arrayContaining(first));
    expect(await drawn()).toHaveLength(3);
    const reviewers = [desk.a, desk.b, desk.c];
    let given = 0;
    for (const who of reviewers)
      for (let one = await take(who, desk.projectId); one; one = await take(who, desk.projectId)) {
        await finish(who, one.id, []);
        given++;
      }
    expect(given).toBe(12 + 3 * 2);
    expect(await fill(desk, batch.id, { articles: more, remove: true })).toMatchObject({ value: { moved: 5 } });
  });

  test("articles move by hand and by filter, of this project only, and each is recorded", async () => {
    const desk = await makeDesk();
    const other = await makeDesk();
    const batch = await made(desk, {});
    const [own] = await articlesOf(desk.projectId, 1);
    const [foreign] = await articlesOf(other.projectId, 1);
    expect(await fill(desk, batch.id, { articles: [own ?? "", foreign ?? ""] })).toMatchObject({ value: { moved: 1 } });
    expect(await fill(desk, batch.id, { articles: [own ?? ""] })).toMatchObject({ value: { moved: 0 } });
    expect(await fill(desk, batch.id, { filter: { q: "nothing like it" } })).toMatchObject({ value: { moved: 0 } });
    expect(await fill(other, batch.id, { filter: {} })).toMatchObject({ code: "not-found" });
    const audit = await listAudit(desk.editor.actor, desk.projectId, { kind: "article.changed" });
    expect(audit).toMatchObject({ value: { items: [{ data: { articleId: own, fields: ["batchId"] } }] } });
  });

  test("a calibration round goes to everyone named and to nobody else", async () => {
    const desk = await makeDesk({ reviewersPerArticle: 1 });
    const { a, b, c, projectId, editor } = desk;
    const people = [a.person.id, b.person.id];
    expect(
      await createBatch(
        editor.actor,
        projectId,
        createBatchBody.parse({ name: "Alone", purpose: "calibration", people: [people[0]] }),
      ),
    ).toMatchObject({ code: "invalid", errors: [{ path: "people" }] });
    const batch = await made(desk, { purpose: "calibration", people, reviewersPerArticle: 7 });
    expect(batch.reviewersPerArticle).toBe(2);
    const [articleId] = await articlesOf(projectId, 1);
    await fill(desk, batch.id, { filter: {} });
    expect(await take(c, projectId)).toBeNull();
    expect((await take(a, projectId))?.articleId).toBe(articleId);
    expect((await take(b, projectId))?.articleId).toBe(articleId);
    const more = await changeBatch(editor.actor, projectId, batch.id, { people: [...people, c.person.id] });
    expect(more).toMatchObject({ value: { reviewersPerArticle: 3 } });
    expect((await take(c, projectId))?.articleId).toBe(articleId);
  });
});

describe("training", () => {
  test("a trainee's review counts in no case, no agreement and no number of reviewers, until an editor passes them", async () => {
    const desk = await makeDesk({ reviewersPerArticle: 2 });
    const { projectId, a, b, c, editor } = desk;
    await changeMember(editor.actor, projectId, c.person.id, { trainee: true });
    const articleId = await makeArticle(projectId);
    const theirs = await take(c, projectId);
    await finish(c, theirs?.id ?? "", [put("Nobody was hurt")]);
    expect(await prisma().article.findUniqueOrThrow({ where: { id: articleId } })).toMatchObject({
      taken: 0,
      state: "OPEN",
    });
    await review(desk, articleId, a, [put("the weir would fail")]);
    await review(desk, articleId, b, [put("the weir would fail")]);
    const cases = await articleDesk(desk.adjudicator.actor, articleId);
    expect(cases).toMatchObject({ value: { cases: [{ quote: "the weir would fail", primary: "AGREEMENT" }] } });
    if (cases.ok) expect(cases.value.cases[0]?.lanes).toHaveLength(2);
    const agreement = await projectAgreement(editor.actor, projectId, agreementSchema.parse({ replicates: 10 }));
    expect(agreement).toMatchObject({ value: { report: { articles: 1 } } });
    if (agreement.ok) expect(agreement.value.report.reviewers).toHaveLength(2);
    await settleAll(desk, articleId);
    expect(await goldDiff(c.actor, theirs?.id ?? "")).toMatchObject({
      value: { counts: { same: 0, dropped: 1, missed: 1 }, differences: [{ kind: "missed" }, { kind: "dropped" }] },
    });
    await changeMember(editor.actor, projectId, c.person.id, { trainee: false });
    const next = await makeArticle(projectId);
    expect((await take(c, projectId))?.articleId).toBe(next);
    expect(await prisma().article.findUniqueOrThrow({ where: { id: next } })).toMatchObject({ taken: 1 });
  });

  test("training is on settled articles, hides their gold until the review is submitted, and then shows the difference", async () => {
    const desk = await makeDesk({ reviewersPerArticle: 2 });
    const { projectId, c, editor } = desk;
    const settled = await settledArticle(desk);
    const fresh = await makeArticle(projectId);
    const batch = await made(desk, { purpose: "training", people: [c.person.id], priority: 1 });
    expect(await fill(desk, batch.id, { filter: {} })).toMatchObject({ value: { moved: 1, refused: 1 } });
    const theirs = await take(c, projectId);
    expect(theirs?.articleId).toBe(settled);
    expect(await goldDiff(c.actor, theirs?.id ?? "")).toMatchObject({ code: "conflict" });
    expect(await articleCases(c.actor, settled, {})).toMatchObject({ code: "forbidden" });
    await finish(c, theirs?.id ?? "", [put("the weir would fail")]);
    expect(await goldDiff(c.actor, theirs?.id ?? "")).toMatchObject({ value: { counts: { same: 1 } } });
    expect(await goldDiff(editor.actor, theirs?.id ?? "")).toMatchObject({ ok: true });
    expect(await prisma().article.findUniqueOrThrow({ where: { id: settled } })).toMatchObject({
      state: "SETTLED",
      taken: 2,
    });
    expect((await take(c, projectId))?.articleId).toBe(fresh);
  });

  test("an open training review hides gold from its reviewer, whatever else they are", async () => {
    const desk = await makeDesk({ reviewersPerArticle: 2, blind: false });
    const settled = await settledArticle(desk);
    const batch = await made(desk, { purpose: "training", people: [desk.adjudicator.person.id] });
    await fill(desk, batch.id, { articles: [settled] });
    const theirs = await take(desk.adjudicator, desk.projectId);
    expect(theirs?.articleId).toBe(settled);
    expect(await articleCases(desk.adjudicator.actor, settled, {})).toMatchObject({ code: "forbidden" });
  });
});

describe("the third reviewer", () => {
  test.each([
    ["never", 50, ["MISSING"], false],
    ["differ", 50, [], false],
    ["differ", 50, ["AGREEMENT", "BOUNDARY_MINOR", "ATTRIBUTE", "LINK"], false],
    ["differ", 50, ["AGREEMENT", "AGREEMENT", "BOUNDARY"], true],
    ["low", 50, ["AGREEMENT", "LABEL"], false],
    ["low", 50, ["AGREEMENT", "LABEL", "SPLIT"], true],
    ["low", 100, ["AGREEMENT", "AGREEMENT", "MISSING"], true],
  ] as const)("policy %s below %i %% with %j: %s", (policy, below, primaries, expected) => {
    const cases = primaries.map((primary) => ({ primary }));
    expect(callsForThird(cases, policy, below)).toBe(expected);
  });

  test("is asked for once, by itself, when two have submitted and differ; three go to adjudication", async () => {
    const desk = await makeDesk({ reviewersPerArticle: 2 });
    const { projectId, a, b, c, editor, adjudicator } = desk;
    await prisma().project.update({ where: { id: projectId }, data: { thirdReviewer: "differ" } });
    const agreed = await makeArticle(projectId);
    const articleId = await makeArticle(projectId);
    for (const one of [agreed, articleId]) await review(desk, one, a, [put("the weir would fail")]);
    await review(desk, agreed, b, [put("the weir would fail")]);
    await review(desk, articleId, b, []);
    expect(await prisma().article.findUniqueOrThrow({ where: { id: articleId } })).toMatchObject({
      state: "OPEN",
      more: 1,
    });
    expect(await prisma().case.count({ where: { articleId } })).toBe(0);
    expect(await listAudit(editor.actor, projectId, { kind: "article.third-reviewer" })).toMatchObject({
      value: { items: [{ actor: null, data: { articleId } }] },
    });
    const third = await take(c, projectId);
    expect(third?.articleId).toBe(articleId);
    expect(await listAudit(c.actor, projectId)).toMatchObject({ code: "forbidden" });
    await finish(c, third?.id ?? "", [put("the weir would fail")]);
    expect(await articleDesk(adjudicator.actor, articleId)).toMatchObject({
      value: { cases: [{ primary: "MISSING" }] },
    });
  });
});

describe("what lies idle", () => {
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000);

  test("is listed by policy and reclaimed in one act; what moved meanwhile stays", async () => {
    const desk = await makeDesk({ reviewersPerArticle: 2 });
    const { projectId, a, b, c, editor } = desk;
    const [first = "", second = ""] = await articlesOf(projectId, 2);
    const old = await makeReview(projectId, first, a);
    const busy = await makeReview(projectId, second, a);
    await makeReview(projectId, first, b);
    await prisma().review.updateMany({ where: { id: { in: [old, busy] } }, data: { assignedAt: ago(9) } });
    expect(await idleReviews(editor.actor, projectId)).toMatchObject({ value: { items: [], days: null } });
    await prisma().project.update({ where: { id: projectId }, data: { idleDays: 7 } });
    expect(await idleReviews(editor.actor, projectId)).toMatchObject({ value: { items: [{ days: 9 }, { days: 9 }] } });
    await finish(a, busy, [put("Nobody was hurt")]);
    await sendBackReview(editor.actor, busy, { comment: "Look at the end again" });
    expect(await idleReviews(editor.actor, projectId)).toMatchObject({
      value: { items: [{ id: old, reviewer: "Annika" }] },
    });
    expect(await reclaimReviews(editor.actor, projectId, { reviews: [old, busy] })).toMatchObject({
      value: { reclaimed: [old], kept: [busy] },
    });
    expect(await listAudit(editor.actor, projectId, { kind: "review.reclaimed" })).toMatchObject({
      value: { items: [{ data: { reviewId: old } }] },
    });
    expect((await take(c, projectId))?.articleId).toBe(first);
  });

  test("an editor who reviews the article themselves does not hear how long the other has not begun", async () => {
    const desk = await makeDesk();
    const { projectId, a, editor } = desk;
    await prisma().project.update({ where: { id: projectId }, data: { idleDays: 7 } });
    const [articleId = ""] = await articlesOf(projectId, 1);
    const theirs = await makeReview(projectId, articleId, a);
    const own = await makeReview(projectId, articleId, editor);
    await prisma().review.updateMany({ where: { id: theirs }, data: { assignedAt: ago(9) } });
    expect(await idleReviews(editor.actor, projectId)).toMatchObject({ value: { items: [] } });
    await finish(editor, own, []);
    expect(await idleReviews(editor.actor, projectId)).toMatchObject({ value: { items: [{ id: theirs }] } });
  });
});
