import { describe, expect, test } from "vitest";
import { GET } from "@/app/api/v1/projects/[project]/agreement/route";
import type { AgreementReport } from "../agreement/report";
import { agreementProgress, agreementSoon, projectAgreement, stopAgreement } from "./agreement";
import { agreementSchema } from "./agreement.schema";
import { closeArticle } from "./assignments";
import { listCases } from "./cases";
import { caseListSchema } from "./cases.schema";
import { keepCompetence } from "./competence";
import { prisma } from "./db";
import { reopenReview } from "./submit";
import {
  at,
  type Desk,
  finish,
  type Member,
  makeArticle,
  makeDesk,
  makeReview,
  put,
  review,
  suggest,
} from "./testing/desk";
import { send } from "./testing/people";
import { putSource } from "./values";

const query = (more: Record<string, unknown> = {}) => agreementSchema.parse({ replicates: 50, ...more });

const reportOf = async (
  who: Member,
  projectId: string,
  more: Record<string, unknown> = {},
): Promise<AgreementReport> => {
  const found = await projectAgreement(who.actor, projectId, query(more));
  if (!found.ok) throw new Error(found.message);
  return found.value.report;
};

/** Annika and Boris agree on one span, differ on another; the article is in adjudication. */
async function measuredDesk(): Promise<Desk & { articleId: string; mine: string }> {
  const desk = await makeDesk();
  const articleId = await makeArticle(desk.projectId);
  const mine = await review(desk, articleId, desk.a, [put("The council denied"), put("Nobody was hurt")]);
  await review(desk, articleId, desk.b, [put("The council denied")]);
  return { ...desk, articleId, mine };
}

describe("GET /projects/{p}/agreement", { timeout: 300_000 }, () => {
  test("an editor sees the whole object, with reviewers and pairs", async () => {
    const { projectId, editor, a, b } = await measuredDesk();
    const response = await send(GET, {
      path: "/?seed=7&replicates=40",
      params: { project: projectId },
      cookie: editor.cookie,
    });
    expect(response.status).toBe(200);
    const report = (await response.json()) as AgreementReport;
    expect(report).toMatchObject({
      articles: 1,
      reviewers: [a.person.id, b.person.id].sort(),
      labels: ["CLAIM"],
      layered: { interval: { seed: 7, replicates: 40, unit: "article" }, jackknife: { warning: "few-articles" } },
    });
    // One of two spans agrees: 2TP / (2 + 1).
    expect(report.f1.strict.micro.value).toBeCloseTo(2 / 3, 12);
    expect(report.pairs).toMatchObject([{ articles: 1, strictF1: { value: 2 / 3 } }]);
    for (const bad of ["seed=-1", "replicates=10001", "seed=x", "colour=red"]) {
      const refused = await send(GET, { path: `/?${bad}`, params: { project: projectId }, cookie: editor.cookie });
      expect(refused.status).toBe(400);
    }
  });

  test("adjudicators see it too, viewers without people or pairs", async () => {
    const { projectId, adjudicator, c, a, b } = await measuredDesk();
    expect(await projectAgreement(adjudicator.actor, projectId, query())).toMatchObject({ value: { view: "all" } });
    await prisma().member.updateMany({ where: { projectId, userId: c.person.id }, data: { roles: ["VIEWER"] } });
    const found = await projectAgreement(c.actor, projectId, query());
    expect(found).toMatchObject({
      value: { view: "aggregates", names: {}, report: { articles: 1, reviewers: ["1", "2"], pairs: [] } },
    });
    for (const { person } of [a, b]) expect(JSON.stringify(found)).not.toContain(person.id);
  });

  test("a reviewer sees figures of settled articles that they reviewed, against each other reviewer, and of no other pair", async () => {
    const desk = await measuredDesk();
    const { projectId, editor, a, b, c } = desk;
    expect(await reportOf(a, projectId)).toMatchObject({
      articles: 0,
      pairs: [],
      layered: { pooled: { value: null, reason: "single_reviewer" } },
    });
    const settled = await makeArticle(projectId);
    for (const who of [a, b, c]) {
      await makeReview(projectId, settled, who);
    }
    for (const who of [a, b, c]) {
      const { id } = await prisma().review.findFirstOrThrow({
        where: { articleId: settled, reviewerId: who.person.id },
      });
      await finish(who, id, []);
    }
    const found = await projectAgreement(a.actor, projectId, query());
    expect(found).toMatchObject({ value: { view: "own", report: { articles: 1 } } });
    const pairs = found.ok ? found.value.report.pairs.map((p) => p.reviewers) : [];
    expect(pairs.map((p) => p.includes(a.person.id))).toEqual([true, true]);
    expect(found.ok && Object.values(found.value.names).sort()).toEqual(["Annika", "Boris", "Cyril"]);
    expect((await reportOf(editor, projectId)).articles).toBe(2);
  });

  test("whoever reviews an article hears nothing of it, whatever their role, until it is settled", async () => {
    const { projectId, articleId, editor, adjudicator } = await measuredDesk();
    expect((await reportOf(editor, projectId)).articles).toBe(1);
    await makeReview(projectId, articleId, editor);
    expect((await reportOf(editor, projectId)).articles).toBe(0);
    expect((await reportOf(adjudicator, projectId)).articles).toBe(1);
  });

  test("counts the newest blind submission, and nothing that was made after gold could be seen", async () => {
    const desk = await makeDesk();
    const { projectId, editor, a, b } = desk;
    const articleId = await makeArticle(projectId);
    const mine = await review(desk, articleId, a, []);
    await reopenReview(a.actor, mine);
    expect((await reportOf(editor, projectId)).articlesLeftOut).toBe(0);
    const claim = put("The council denied");
    await finish(a, mine, [claim]);
    await review(desk, articleId, b, [put("The council denied")]);
    expect((await reportOf(editor, projectId)).f1.strict.micro.value).toBe(1);
    await closeArticle(editor.actor, articleId);
    await prisma().article.update({ where: { id: articleId }, data: { settledAt: new Date() } });
    await reopenReview(editor.actor, mine);
    await finish(a, mine, [put("Nobody was hurt")], 1);
    const report = await reportOf(editor, projectId);
    expect(report.f1.strict.micro.value).toBe(1);
    expect(report.articles).toBe(1);
  });

  test("each week, month and version leads to the cases of its own articles, and of no other", async () => {
    const desk = await makeDesk();
    const { projectId, editor, a, b } = desk;
    await prisma().guidelineVersion.create({ data: { projectId, version: 2, markdown: "Mark less." } });
    /** The newest submission is of that day, its first span made under that guideline; without one, what is in force counts. */
    const made = async (...days: readonly (readonly [at: string, guideline: number | null])[]) => {
      const articleId = await makeArticle(projectId);
      for (const [n, [at, guideline]] of days.entries()) {
        const reviewId = await review(desk, articleId, n === 0 ? a : b, [put("The council denied")]);
        const before = await prisma().submission.findFirstOrThrow({ where: { reviewId } });
        const spans = guideline ? (before.spans as object[]).map((s) => ({ ...s, guidelineVersion: guideline })) : [];
        await prisma().submission.create({
          data: { ...before, number: 2, spans, links: [], submittedAt: new Date(at) },
        });
      }
      return articleId;
    };
    await made(["2026-03-01T23:59:59Z", 1], ["2026-03-01T12:00:00Z", 1]);
    await made(["2026-03-02T00:00:01Z", 1], ["2026-02-20T12:00:00Z", 2]);
    await made(["2026-03-08T10:00:00Z", 2], ["2026-03-05T10:00:00Z", 2]);
    await made(["2030-03-31T23:00:00Z", 2], ["2030-04-01T00:30:00Z", null]);
    await made(["2026-03-03T10:00:00Z", null], ["2026-03-03T11:00:00Z", null]);
    await made(["2026-03-04T10:00:00Z", 1]);
    const report = await reportOf(editor, projectId, { by: "week,month,guideline,scheme" });
    const keys = (by: keyof typeof report.by) => report.by[by]?.map((one) => [one.key, one.articles]);
    expect(keys("week")).toEqual([
      ["2026-02-23", 1],
      ["2026-03-02", 3],
      ["2030-04-01", 1],
    ]);
    for (const by of ["week", "month", "guideline", "scheme"] as const)
      for (const { key, articles } of report.by[by] ?? []) {
        if (key === null) continue; // before any version: nothing leads there
        const listed = await listCases(editor.actor, projectId, caseListSchema.parse({ [by]: key }));
        const behind = listed.ok ? new Set(listed.value.items.map((one) => one.articleId)) : new Set();
        expect([by, key, behind.size]).toEqual([by, key, articles]);
      }
    expect(keys("guideline")).toEqual([
      ["1", 1],
      ["1, 2", 1],
      ["2", 2],
      [null, 1],
    ]);
  });

  test("what lies outside the scope is left out and counted; the bin counts for nothing", async () => {
    const { projectId, articleId, editor } = await measuredDesk();
    const { textLength } = await prisma().article.findUniqueOrThrow({ where: { id: articleId } });
    await prisma().region.create({
      data: { projectId, articleId, textLength, start: 0, end: textLength, role: "debris" },
    });
    await prisma().article.update({ where: { id: articleId }, data: { version: 2 } });
    expect((await reportOf(editor, projectId)).outside).toMatchObject({ spans: 3 });
    await prisma().article.update({ where: { id: articleId }, data: { deletedAt: new Date() } });
    expect((await reportOf(editor, projectId)).articles).toBe(0);
  });

  test("attributes with the values that were taken from an offer, and without them", async () => {
    const desk = await makeDesk();
    const articleId = await makeArticle(desk.projectId);
    const attributes = { checkable: "yes", type: "event" };
    await review(desk, articleId, desk.a, [
      put("The council denied", "CLAIM", { attributes, accepted: ["checkable"] }),
    ]);
    await review(desk, articleId, desk.b, [put("The council denied", "CLAIM", { attributes })]);
    const pairs = async (accepted?: string) => {
      const report = await reportOf(desk.editor, desk.projectId, accepted ? { accepted } : {});
      return Object.entries(report.attributes.CLAIM ?? {}).map(([key, value]) => [key, value.pairs]);
    };
    expect(await pairs()).toEqual([
      ["checkable", 1],
      ["type", 1],
    ]);
    expect(await pairs("false")).toEqual([
      ["checkable", 0],
      ["type", 1],
    ]);
  });

  test("without spans that were made of a suggestion, and with them when asked, from what was submitted", async () => {
    const desk = await makeDesk();
    const { projectId } = desk;
    await prisma().project.update({ where: { id: projectId }, data: { showSuggestions: true } });
    const articleId = await makeArticle(projectId);
    const suggestion = await suggest(projectId, articleId, "The council denied");
    await review(desk, articleId, desk.a, [put("The council denied", "CLAIM", { suggestion }), put("Nobody was hurt")]);
    await review(desk, articleId, desk.b, [put("The council denied"), put("Nobody was hurt")]);
    const told = async (query: Record<string, unknown>) => {
      const { suggestions, f1 } = await reportOf(desk.editor, projectId, query);
      return [suggestions.spans, suggestions.counted, f1.strict.micro.value];
    };
    expect(await told({})).toEqual([1, false, 2 / 3]);
    expect(await told({ suggestions: "true" })).toEqual([1, true, 1]);
    expect(await told({ suggestions: "false" })).toEqual([1, false, 2 / 3]);
  });

  test("by outlet and batch", async () => {
    const { projectId, articleId, editor } = await measuredDesk();
    const { id } = await prisma().batch.create({ data: { projectId, name: "One" } });
    await prisma().article.update({ where: { id: articleId }, data: { outlet: "The Weir Post", batchId: id } });
    const counts = [];
    for (const filter of [{ outlet: "The Weir Post" }, { outlet: "Nowhere" }, { batch: id }, { batch: "none" }])
      counts.push((await reportOf(editor, projectId, filter)).articles);
    expect(counts).toEqual([1, 0, 1, 0]);
  });

  test("the same is computed once, also for several who ask at once, and anew when something counts otherwise", async () => {
    const desk = await measuredDesk();
    const { projectId, editor } = desk;
    const times = async () => {
      const found = await Promise.all([1, 2, 3].map(() => projectAgreement(editor.actor, projectId, query())));
      return new Set(found.map((x) => (x.ok ? x.value.computedAt : x.message)));
    };
    const first = await times();
    expect(first.size).toBe(1);
    expect(await times()).toEqual(first);
    await review(desk, desk.articleId, desk.c, []);
    const next = await times();
    expect(next.size).toBe(1);
    expect(next).not.toEqual(first);
  });

  test("also by outlet, by when it was submitted, by version and by role of region", async () => {
    const { projectId, articleId, editor, a, b } = await measuredDesk();
    const { textLength } = await prisma().article.findUniqueOrThrow({ where: { id: articleId } });
    await prisma().article.update({ where: { id: articleId }, data: { outlet: "The Weir Post", version: 2 } });
    await prisma().region.createMany({
      data: [
        { projectId, articleId, textLength, start: 0, end: 20, role: "headline" },
        { projectId, articleId, textLength, start: 20, end: textLength, role: "body" },
      ],
    });
    const report = await reportOf(editor, projectId, { by: "outlet,month,week,scheme,guideline,region,reviewer" });
    const keys = Object.fromEntries(
      Object.entries(report.by).map(([by, list]) => [by, list.map(({ key, articles }) => [key, articles])]),
    );
    const today = new Date().toISOString();
    expect(keys).toMatchObject({
      outlet: [["The Weir Post", 1]],
      month: [[today.slice(0, 7), 1]],
      scheme: [["1", 1]],
      guideline: [["1", 1]],
    });
    expect(keys.week?.[0]?.[0]).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(keys.region?.map(([key]) => key).sort()).toEqual(["body", "headline"]);
    expect(keys.reviewer?.map(([key]) => key).sort()).toEqual([a.person.id, b.person.id].sort());
    // One outlet, one month: the same articles, so the same figures and the same intervals.
    for (const by of ["outlet", "month", "guideline"] as const) {
      expect(report.by[by]?.[0]?.layered.pooled).toEqual(report.layered.pooled);
      expect(report.by[by]?.[0]?.layered.interval).toEqual(report.layered.interval);
    }
    const bad = await send(GET, { path: "/?by=colour", params: { project: projectId }, cookie: editor.cookie });
    expect(bad.status).toBe(400);
  });

  test("of reviewers a reviewer hears of themselves only, viewers of nobody, and competence is the desk's", async () => {
    const desk = await makeDesk();
    const { projectId, a, b, c } = desk;
    const settled = await makeArticle(projectId);
    for (const who of [a, b]) await makeReview(projectId, settled, who);
    for (const who of [a, b]) {
      const { id } = await prisma().review.findFirstOrThrow({
        where: { articleId: settled, reviewerId: who.person.id },
      });
      await finish(who, id, [put("The council denied")]);
    }
    await closeArticle(desk.editor.actor, settled);
    await prisma().article.update({ where: { id: settled }, data: { state: "SETTLED" } });
    const of = async (who: Member) =>
      (await reportOf(who, projectId, { by: "reviewer" })).by.reviewer?.map((s) => s.key);
    expect((await of(desk.editor))?.length).toBe(2);
    expect(await of(a)).toEqual([a.person.id]);
    await prisma().member.updateMany({ where: { projectId, userId: c.person.id }, data: { roles: ["VIEWER"] } });
    expect(await of(c)).toBeUndefined();
  });

  test("a source is compared by the name that the register has for it", async () => {
    const desk = await makeDesk();
    const { projectId, editor } = desk;
    const articleId = await makeArticle(projectId);
    const source = (name: string) => [put("The council denied", "ATTRIBUTION", { attributes: { source: name } })];
    await review(desk, articleId, desk.a, source("Weir council"));
    await review(desk, articleId, desk.b, source("the council"));
    const flags = async () => (await prisma().case.findFirstOrThrow({ where: { articleId } })).flags;
    const alpha = async () => (await reportOf(editor, projectId)).attributes.ATTRIBUTION?.source?.alpha.observed;
    expect(await flags()).toContain("ATTRIBUTE");
    expect(await alpha()).toBe(1);
    await putSource(editor.actor, projectId, { name: "Weir council", aliases: ["The Council"] });
    expect(await flags()).toEqual(["AGREEMENT"]);
    expect(await alpha()).toBe(0);
    await putSource(editor.actor, projectId, { name: "Weir council", aliases: [] });
    expect(await flags()).toContain("ATTRIBUTE");
  });

  test("says how far it is and stops when nobody waits any more", async () => {
    const { projectId, editor, adjudicator } = await measuredDesk();
    const asked = query({ replicates: 10_000, seed: 77 });
    expect(await agreementProgress(editor.actor, projectId, asked)).toMatchObject({ value: { state: "none" } });
    const soon = await agreementSoon(editor.actor, projectId, asked, 0);
    expect(soon).toMatchObject({ ok: true, value: { progress: { state: "waiting" } } });
    // Another waits for the same, so one who leaves does not end it.
    const other = projectAgreement(adjudicator.actor, projectId, asked);
    await agreementSoon(editor.actor, projectId, asked, 0);
    await stopAgreement(editor.actor, projectId, asked);
    expect(await other).toMatchObject({ ok: true });
    expect(await agreementProgress(editor.actor, projectId, asked)).toMatchObject({ value: { state: "done" } });
    // More than the door takes, so that it is stopped long before it would be done.
    const alone = { ...query({ seed: 78 }), replicates: 3_000_000 };
    const mine = projectAgreement(editor.actor, projectId, alone);
    await agreementSoon(editor.actor, projectId, alone, 20);
    await stopAgreement(editor.actor, projectId, alone);
    expect(await mine).toMatchObject({ ok: false, code: "conflict" });
    expect(await agreementProgress(editor.actor, projectId, alone)).toMatchObject({ value: { state: "none" } });
    expect(await projectAgreement(editor.actor, projectId, query({ seed: 78 }))).toMatchObject({ ok: true });
  });

  test("competence breaks ties once an editor says so, and never a majority", async () => {
    const desk = await makeDesk();
    const { projectId, editor, a, b, c } = desk;
    const text = Array.from({ length: 26 }, (_, i) => `Item ${i} stands here.`).join(" ");
    const mark = (i: number) => {
      const one = put("Nobody was hurt");
      return { ...one, span: { ...one.span, ...at(`Item ${i} stands`, text) } };
    };
    const tie = await makeArticle(projectId);
    await review(desk, tie, a, [put("The council denied")]);
    await review(desk, tie, b, [put("The council denied", "ATTRIBUTION", { attributes: { source: "x" } })]);
    const label = async () =>
      (await prisma().case.findFirstOrThrow({ where: { articleId: tie } })).suggestion as {
        label: string | null;
        action: string;
      };
    expect(await label()).toMatchObject({ label: null, action: "undecided" });
    expect(await keepCompetence(editor.actor, projectId)).toMatchObject({ ok: false, code: "conflict" });
    await prisma().project.update({ where: { id: projectId }, data: { reviewersPerArticle: 3 } });
    for (const title of ["One", "Two"]) {
      const articleId = await makeArticle(projectId, { title, text });
      for (const who of [a, b, c]) await makeReview(projectId, articleId, who);
      for (const who of [a, b, c]) {
        const { id } = await prisma().review.findFirstOrThrow({ where: { articleId, reviewerId: who.person.id } });
        // Boris misses every second place.
        const marks = Array.from({ length: 26 }, (_, i) => i).filter((i) => who !== b || i % 2 === 0);
        await finish(who, id, marks.map(mark));
      }
    }
    expect(await keepCompetence(a.actor, projectId)).toMatchObject({ ok: false, code: "forbidden" });
    expect(await keepCompetence(editor.actor, projectId)).toMatchObject({ ok: true, value: { reviewers: 3 } });
    expect(await label()).toMatchObject({ label: "CLAIM", action: "accept" });
  });
});
