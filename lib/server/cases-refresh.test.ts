import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { bulkOf } from "./bulk";
import { refreshCases } from "./cases-refresh";
import { prisma, type Tx } from "./db";
import { decideCase } from "./decisions";
import { type Desk, makeArticle, makeDesk, makeReview, TEXT } from "./testing/desk";

const ARTICLES = 6;
const LABELS = ["CLAIM", "ATTRIBUTION", "FRAMING"];

type Review = { readonly id: string; readonly articleId: string };
let desk: Desk;
let articles: string[];
let reviews: Review[];

beforeAll(async () => {
  desk = await makeDesk({ reviewersPerArticle: 2 });
  articles = (
    await Promise.all(Array.from({ length: ARTICLES }, () => makeArticle(desk.projectId, { title: randomUUID() })))
  ).sort();
  reviews = [];
  for (const articleId of articles)
    for (const who of [desk.a, desk.b, desk.c])
      reviews.push({ id: await makeReview(desk.projectId, articleId, who), articleId });
  await prisma().review.updateMany({ data: { status: "SUBMITTED", submittedAt: new Date() } });
});

/** What may happen between two refreshings, past all doors: `n` picks the review, article, span or case. */
const event = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant("mark"), n: fc.nat(999), start: fc.nat(16), length: fc.nat(12) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("move"), n: fc.nat(999), start: fc.nat(16), length: fc.nat(12) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("unmark"), n: fc.nat(999), start: fc.nat(1), length: fc.nat(1) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("link"), n: fc.nat(999), start: fc.nat(999), length: fc.nat(3) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("status"), n: fc.nat(999), start: fc.nat(5), length: fc.nat(1) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("decide"), n: fc.nat(999), start: fc.nat(3), length: fc.nat(1) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("policy"), n: fc.nat(3), start: fc.nat(1), length: fc.nat(1) }),
  },
);
type Event = { readonly kind: string; readonly n: number; readonly start: number; readonly length: number };

const pick = <T>(from: readonly T[], n: number): T | undefined => from[n % Math.max(1, from.length)];

async function happens({ kind, n, start, length }: Event): Promise<void> {
  const { projectId, adjudicator } = desk;
  const spans = () => prisma().span.findMany({ where: { projectId }, orderBy: { createdAt: "asc" } });
  const range = { start, end: start + 1 + length };
  const label = LABELS[n % LABELS.length] ?? "CLAIM";
  if (kind === "mark") {
    const review = pick(reviews, n);
    if (!review) return;
    const at = { projectId, articleId: review.articleId, reviewId: review.id, textLength: [...TEXT].length };
    const attributes = n % 5 === 0 ? { likelihood: "alleged" } : {};
    await prisma().span.create({
      data: { ...at, ...range, id: randomUUID(), label, attributes, schemeVersion: 1, guidelineVersion: 1 },
    });
  } else if (kind === "move") {
    const span = pick(await spans(), n);
    if (span) await prisma().span.update({ where: { id: span.id }, data: range });
  } else if (kind === "unmark") {
    const span = pick(await spans(), n);
    if (span) await prisma().span.update({ where: { id: span.id }, data: { removed: !span.removed } });
  } else if (kind === "link") {
    const [from, to] = [pick(await spans(), n), pick(await spans(), start)];
    if (!from || !to || from.id === to.id) return;
    const ends = { projectId, reviewId: from.reviewId, fromId: from.id, type: "frames" };
    await prisma().link.create({
      data: { ...ends, id: randomUUID(), ...(length === 0 ? { toText: "the words" } : { toId: to.id }) },
    });
  } else if (kind === "status") {
    const review = pick(reviews, n);
    const status = (["SUBMITTED", "SUBMITTED", "SUBMITTED", "IN_PROGRESS", "SKIPPED"] as const)[start] ?? "SUBMITTED";
    const submittedAt = status === "SUBMITTED" ? new Date() : null;
    if (review) await prisma().review.update({ where: { id: review.id }, data: { status, submittedAt } });
  } else if (kind === "decide") {
    const open = await prisma().case.findMany({ where: { projectId, status: "OPEN" }, orderBy: { foundAt: "asc" } });
    const id = pick(open, n)?.id;
    const action = (["union", "suggestion", "nothing", "intersection"] as const)[start] ?? "union";
    if (id) await decideCase(adjudicator.actor, id, { id: randomUUID(), action }); // refused where it cannot be
  } else await prisma().project.update({ where: { id: projectId }, data: { acceptUnanimous: n === 0 } });
}

class Undo extends Error {}

/** What `work` would make of the project's cases and articles; then it is undone. New ids are named by where they stand. */
async function would(projectId: string, work: (tx: Tx) => Promise<unknown>) {
  const known = new Set((await prisma().case.findMany({ where: { projectId } })).map((one) => one.id));
  let seen: unknown;
  await prisma()
    .$transaction(
      async (tx) => {
        await work(tx);
        const cases = await tx.case.findMany({ where: { projectId }, include: { decisions: true } });
        const states = await tx.article.findMany({ where: { projectId }, orderBy: { id: "asc" } });
        const entries = await tx.auditEntry.findMany({
          where: { projectId },
          orderBy: [{ stream: "asc" }, { seq: "asc" }],
        });
        seen = {
          states: states.map(({ settledAt, ...one }) => ({ ...one, settled: settledAt !== null })),
          audit: entries
            .map(({ type, data }) => (type === "article.settled" ? data : type))
            .map((one) => JSON.stringify(one))
            .sort(),
          blind: (await tx.review.findMany({ where: { projectId, notBlind: true } })).map((one) => one.id).sort(),
          cases: cases
            .map(({ id, foundAt, closedAt, decisions, ...one }) => ({
              ...one,
              id: known.has(id) ? id : "new",
              closed: closedAt !== null,
              live: decisions.filter((d) => d.live).length,
            }))
            .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
        };
        throw new Undo();
      },
      { timeout: 50_000 },
    )
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
  return seen;
}

test("many articles at once and one after the other come to the same cases", async () => {
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 10, maxLength: 24 }), async (events) => {
      for (const one of events) await happens(one);
      const together = await would(desk.projectId, (tx) => refreshCases(bulkOf(tx), articles));
      const single = await would(desk.projectId, async (tx) => {
        for (const id of articles) await refreshCases(bulkOf(tx), [id]);
      });
      expect(together).toEqual(single);
      await prisma().$transaction((tx) => refreshCases(bulkOf(tx), articles));
      steps++;
    }),
    { numRuns: 12, seed: 20_261_122, endOnFailure: true },
  );
  expect(steps).toBe(12);
  // The world that was made had something of each.
  const cases = await prisma().case.findMany({ where: { projectId: desk.projectId } });
  expect(new Set(cases.map((one) => one.status)).size).toBeGreaterThanOrEqual(4);
  expect(new Set(cases.flatMap((one) => one.flags)).size).toBeGreaterThanOrEqual(5);
});

test("an article sees what the cases of those before it have become, where links go from one to the other", async () => {
  const { projectId, a, b } = await makeDesk({ reviewersPerArticle: 2 });
  const [first = "", second = ""] = [await makeArticle(projectId), await makeArticle(projectId)].sort();
  const spans = new Map<string, string>();
  for (const articleId of [first, second])
    for (const who of [a, b]) {
      const reviewId = await makeReview(projectId, articleId, who);
      await prisma().review.update({ where: { id: reviewId }, data: { status: "SUBMITTED", submittedAt: new Date() } });
      const id = randomUUID();
      const at = { projectId, articleId, reviewId, textLength: [...TEXT].length, start: 0, end: 12 };
      await prisma().span.create({ data: { ...at, id, label: "CLAIM", schemeVersion: 1, guidelineVersion: 1 } });
      spans.set(`${articleId} ${who.person.id}`, id);
    }
  // Each links to the own span there; both spans come to be one case, so that both links say the same.
  for (const who of [a, b]) {
    const fromId = spans.get(`${second} ${who.person.id}`) ?? "";
    const { reviewId } = await prisma().span.findUniqueOrThrow({ where: { id: fromId } });
    const toId = spans.get(`${first} ${who.person.id}`) ?? "";
    await prisma().link.create({ data: { id: randomUUID(), projectId, reviewId, type: "counters", fromId, toId } });
  }
  const together = await would(projectId, (tx) => refreshCases(bulkOf(tx), [first, second]));
  expect(together).toMatchObject({ cases: [{ primaryFlag: "AGREEMENT" }, { primaryFlag: "AGREEMENT" }] });
  const single = await would(projectId, async (tx) => {
    for (const id of [first, second]) await refreshCases(bulkOf(tx), [id]);
  });
  expect(together).toEqual(single);
});
