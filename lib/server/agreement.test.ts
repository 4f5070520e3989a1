import { describe, expect, test } from "vitest";
import { GET } from "@/app/api/v1/projects/[project]/agreement/route";
import type { AgreementReport } from "../agreement/report";
import { projectAgreement } from "./agreement";
import { agreementSchema } from "./agreement.schema";
import { closeArticle } from "./assignments";
import { prisma } from "./db";
import { reopenReview } from "./submit";
import { type Desk, finish, type Member, makeArticle, makeDesk, makeReview, put, review } from "./testing/desk";
import { send } from "./testing/people";

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
});
