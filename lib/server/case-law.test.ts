/** The guideline as case law: what was decided by a rule, what to look at again when it changes, and the meeting that changes it. */
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createBatch } from "./batches";
import { createBatchBody } from "./batches.schema";
import { decisionsUnder, keepDecisions, recheckList, ruleLaw } from "./case-law";
import { prisma } from "./db";
import { decideCase } from "./decisions";
import { putGuideline } from "./guidelines";
import { inbox } from "./inbox";
import { changeMeeting, getMeeting, startMeeting } from "./meetings";
import { reopenReview } from "./submit";
import { type Desk, makeArticle, makeDesk, makeReview, put, review } from "./testing/desk";

const GUIDELINE =
  "# Guideline\n\n## Claims\n\n### 1.1 What counts\n\nA proposition.\n\n## Denials\n\n### 2.1 Of what\n\nOf an accusation.\n";

type Decided = Desk & { readonly articleId: string; readonly caseId: string; readonly decisionId: string };

/** One claim on which two agree, decided under `rule` and version 2 of the guideline. */
async function decided(rule: string | null): Promise<Decided> {
  const desk = await makeDesk({ reviewersPerArticle: 2 });
  await putGuideline(desk.editor.actor, desk.projectId, "*", GUIDELINE);
  const articleId = await makeArticle(desk.projectId);
  for (const who of [desk.a, desk.b]) await review(desk, articleId, who, [put("the weir would fail")]);
  const { id: caseId } = await prisma().case.findFirstOrThrow({ where: { articleId } });
  const decisionId = randomUUID();
  const input = { id: decisionId, action: "suggestion" as const, ...(rule && { rule }) };
  const done = await decideCase(desk.adjudicator.actor, caseId, input);
  if (!done.ok) throw new Error(JSON.stringify(done));
  return { ...desk, articleId, caseId, decisionId };
}

const change = ({ editor, projectId }: Desk, from: string, to: string) =>
  putGuideline(editor.actor, projectId, "*", GUIDELINE.replace(from, to));

describe("decisions by rule", () => {
  test("each rule counts and lists those that cite it, for whoever may see them", async () => {
    const { projectId, editor, a, c, decisionId } = await decided("1.1");
    expect(await ruleLaw(editor.actor, projectId)).toMatchObject({
      value: {
        items: [
          { anchor: "1.1", decisions: 1 },
          { anchor: "2.1", decisions: 0 },
        ],
      },
    });
    const cited = {
      value: { items: [{ decisionId, quote: "the weir would fail", labels: ["CLAIM"], by: "Judith", live: true }] },
    };
    expect(await decisionsUnder(editor.actor, projectId, "1.1")).toMatchObject(cited);
    expect(await decisionsUnder(a.actor, projectId, "1.1")).toMatchObject(cited);
    expect(await decisionsUnder(c.actor, projectId, "1.1")).toMatchObject({ value: { items: [] } });
    expect(await decisionsUnder(editor.actor, projectId, "2.1")).toMatchObject({ value: { items: [] } });
  });
});

describe("what to look at again", () => {
  test.each([
    ["its rule changed", "1.1", "A proposition.", "A proposition that can be checked.", ["1.1"]],
    ["a rule about its label changed, which it does not cite", null, "A proposition.", "A sentence.", ["1.1"]],
    ["a rule about another label changed", "1.1", "Of an accusation.", "Of anything.", []],
    ["a rule about another label changed, which it cites", "2.1", "Of an accusation.", "Of anything.", ["2.1"]],
    ["its rule went", "2.1", "### 2.1 Of what\n\nOf an accusation.\n", "", ["2.1"]],
  ])("%s", async (_, rule, from, to, because) => {
    const desk = await decided(rule);
    expect(await recheckList(desk.editor.actor, desk.projectId)).toMatchObject({ value: { total: 0 } });
    await change(desk, from, to);
    const found = await recheckList(desk.adjudicator.actor, desk.projectId);
    if (!found.ok) throw new Error(found.message);
    expect(found.value.items.map((one) => one.because.map((each) => each.anchor))).toEqual(
      because.length > 0 ? [because] : [],
    );
    expect(found.value.total).toBe(because.length);
  });

  test("is worked off: kept under the guideline of now, or decided again; a later change brings it back", async () => {
    const desk = await decided("1.1");
    const { adjudicator, projectId, caseId, decisionId, a } = desk;
    await change(desk, "A proposition.", "A sentence.");
    const waits = async () => {
      const found = await inbox(adjudicator.actor);
      return found.ok ? found.value.items.map((item) => item.kind) : found;
    };
    expect(await waits()).toEqual(["recheck"]);
    expect(await keepDecisions(a.actor, projectId, { decisions: [decisionId] })).toMatchObject({ code: "forbidden" });
    expect(await keepDecisions(adjudicator.actor, projectId, { decisions: [decisionId, randomUUID()] })).toMatchObject({
      value: { kept: 1, left: 0 },
    });
    expect(await waits()).toEqual([]);
    await change(desk, "A proposition.", "A statement.");
    expect(await recheckList(adjudicator.actor, projectId)).toMatchObject({
      value: { items: [{ because: [{ version: 4 }] }] },
    });
    const again = { id: randomUUID(), action: "nothing", reasonCode: "spurious", supersedes: decisionId } as const;
    expect(await decideCase(adjudicator.actor, caseId, again)).toMatchObject({ ok: true });
    expect(await recheckList(adjudicator.actor, projectId)).toMatchObject({ value: { items: [], total: 0 } });
    expect(await decisionsUnder(adjudicator.actor, projectId, "1.1")).toMatchObject({
      value: { items: [{ live: false }] },
    });
  });

  test("whoever reviews the article hears nothing of its decisions", async () => {
    const desk = await decided("1.1");
    const { editor, projectId, articleId } = desk;
    await makeReview(projectId, articleId, editor);
    await prisma().article.update({ where: { id: articleId }, data: { state: "ADJUDICATION" } });
    await change(desk, "A proposition.", "A sentence.");
    expect(await recheckList(editor.actor, projectId)).toMatchObject({ value: { items: [], total: 0 } });
    expect(await ruleLaw(editor.actor, projectId)).toMatchObject({
      value: { items: [{ decisions: 0 }, { decisions: 0 }] },
    });
  });
});

describe("the meeting over a calibration round", () => {
  test("one case at a time, votes hidden until they are shown to all; what its people mark from then on is not blind", async () => {
    const desk = await makeDesk({ reviewersPerArticle: 2 });
    const { projectId, editor, adjudicator, a, b, c } = desk;
    const people = [a.person.id, b.person.id];
    const made = await createBatch(
      editor.actor,
      projectId,
      createBatchBody.parse({ name: "Round", purpose: "calibration", people }),
    );
    if (!made.ok) throw new Error(made.message);
    const round = made.value.value.id;
    const articleId = await makeArticle(projectId, { batchId: round });
    const theirs = await review(desk, articleId, a, [put("the weir would fail")]);
    expect(await startMeeting(editor.actor, projectId, round)).toMatchObject({ code: "conflict" });
    await review(desk, articleId, b, []);
    const { id: caseId } = await prisma().case.findFirstOrThrow({ where: { articleId } });
    expect(await getMeeting(c.actor, projectId, round)).toMatchObject({ code: "not-found" });
    expect(await startMeeting(a.actor, projectId, round)).toMatchObject({ code: "forbidden" });
    expect(await startMeeting(editor.actor, projectId, round)).toMatchObject({
      value: { state: "running", figures: { articles: 1 }, table: null, list: [{ id: caseId }] },
    });
    await changeMeeting(adjudicator.actor, projectId, round, { caseId });
    const seen = await getMeeting(b.actor, projectId, round);
    expect(seen).toMatchObject({
      value: {
        mayModerate: false,
        list: null,
        cases: { place: 1 },
        table: { quote: "the weir would fail", votes: null },
      },
    });
    expect(await changeMeeting(b.actor, projectId, round, { revealed: true })).toMatchObject({ code: "forbidden" });
    expect((await inbox(b.actor)).ok && (await inbox(b.actor))).toMatchObject({
      value: { items: [{ kind: "meeting" }] },
    });
    await changeMeeting(adjudicator.actor, projectId, round, { revealed: true });
    expect(await getMeeting(b.actor, projectId, round)).toMatchObject({
      value: {
        table: {
          votes: [
            { name: "Annika", marks: [{ label: "CLAIM" }] },
            { name: "Boris", marks: [] },
          ],
          mayDecide: false,
        },
      },
    });
    await decideCase(adjudicator.actor, caseId, {
      id: randomUUID(),
      action: "nothing",
      reasonCode: "guideline-gap",
      revealed: true,
    });
    expect(await getMeeting(b.actor, projectId, round)).toMatchObject({
      value: { cases: { decided: 1 }, table: { decision: { by: "Judith", marks: [] } } },
    });
    await reopenReview(editor.actor, theirs);
    expect(await prisma().review.findUniqueOrThrow({ where: { id: theirs } })).toMatchObject({ notBlind: true });
    expect(await getMeeting(a.actor, projectId, round)).toMatchObject({ value: { table: null } });
    expect(await changeMeeting(editor.actor, projectId, round, { ended: true })).toMatchObject({
      value: { state: "ended" },
    });
  });
});
