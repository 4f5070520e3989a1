import { describe, expect, test } from "vitest";
import { POST as SUBMIT } from "@/app/api/v1/reviews/[review]/submit/route";
import type { Role } from "../access/actor";
import { changeReview } from "./changes";
import { prisma } from "./db";
import { statusView } from "./reviews.schema";
import { reopenReview, sendBackReview, skipReview, submitReview } from "./submit";
import { type Desk, link, makeArticle, makeDesk, makeReview, put } from "./testing/desk";
import { send } from "./testing/people";

async function start(
  policies: Parameters<typeof makeDesk>[0] = {},
): Promise<Desk & { articleId: string; mine: string; theirs: string }> {
  const desk = await makeDesk(policies);
  const articleId = await makeArticle(desk.projectId);
  const mine = await makeReview(desk.projectId, articleId, desk.a);
  return { ...desk, articleId, mine, theirs: await makeReview(desk.projectId, articleId, desk.b) };
}

const stateOf = async (articleId: string) =>
  (await prisma().article.findUniqueOrThrow({ where: { id: articleId }, select: { state: true } })).state;

const entries = (projectId: string, type: string) =>
  prisma().auditEntry.count({ where: { stream: `project:${projectId}`, type } });

const grant = (projectId: string, userId: string, roles: Role[]) =>
  prisma().member.update({ where: { projectId_userId: { projectId, userId } }, data: { roles } });

describe("submitting", () => {
  test("C09: twenty identical submits at once are one submission, one audit entry, one answer", async () => {
    const { projectId, mine, a } = await start();
    await changeReview(a.actor, mine, [put("The council")]);
    const responses = await Promise.all(
      Array.from({ length: 20 }, () =>
        send(SUBMIT, { method: "POST", params: { review: mine }, cookie: a.cookie, body: { version: 1 } }),
      ),
    );
    expect(responses.map((r) => r.status)).toEqual(Array(20).fill(200));
    const answers = await Promise.all(responses.map(async (r) => statusView.parse(await r.json())));
    expect(new Set(answers.map((x) => JSON.stringify(x))).size).toBe(1);
    expect(await prisma().submission.count({ where: { reviewId: mine } })).toBe(1);
    expect(await entries(projectId, "review.submitted")).toBe(1);
  });

  test("a submit that is behind is a conflict that says where the review is", async () => {
    const { mine, a } = await start();
    await changeReview(a.actor, mine, [put("The council")]);
    expect(await submitReview(a.actor, mine, { version: 0 })).toMatchObject({
      code: "conflict",
      errors: [{ code: "behind", current: { version: 1, status: "IN_PROGRESS" } }],
    });
    await submitReview(a.actor, mine, { version: 1 });
    expect(await submitReview(a.actor, mine, { version: 0 })).toMatchObject({ code: "conflict" });
    const response = await send(SUBMIT, { method: "POST", params: { review: mine }, cookie: a.cookie, body: {} });
    expect(response.status).toBe(422);
  });

  test("names every span that lacks something, by id, and submits nothing", async () => {
    const { mine, articleId, a } = await start();
    const denial = put("The council denied", "DENIAL");
    const framing = put("it is said", "FRAMING", { attributes: { kind: "informational" } });
    await changeReview(a.actor, mine, [denial, framing]);
    const refused = await submitReview(a.actor, mine, { version: 1 });
    expect(refused).toMatchObject({
      code: "invalid",
      errors: [
        { path: `spans.${denial.span.id}.links.denies`, code: "link-missing" },
        { path: `spans.${framing.span.id}.attributes.reason`, code: "attribute-missing" },
      ],
    });
    expect(await prisma().submission.count({ where: { articleId } })).toBe(0);
    await changeReview(a.actor, mine, [
      link("denies", denial.span.id, null, "that it had been warned"),
      put("it is said", "FRAMING", {
        id: framing.span.id,
        base: 1,
        attributes: { kind: "informational", reason: "nobody named" },
      }),
    ]);
    expect(await submitReview(a.actor, mine, { version: 2 })).toMatchObject({ ok: true });
  });

  test("an empty review is a judgement; what stood at each submit is kept", async () => {
    const { mine, a, editor } = await start();
    expect(await submitReview(a.actor, mine, { version: 0 })).toMatchObject({ value: { status: "SUBMITTED" } });
    await sendBackReview(editor.actor, mine, { comment: "Nothing at all?" });
    const change = put("The council");
    await changeReview(a.actor, mine, [change]);
    await submitReview(a.actor, mine, { version: 1 });
    const kept = await prisma().submission.findMany({ where: { reviewId: mine }, orderBy: { number: "asc" } });
    expect(kept).toMatchObject([
      { number: 1, reviewVersion: 0, spans: [], links: [], blind: true },
      {
        number: 2,
        reviewVersion: 1,
        spans: [{ id: change.span.id, quote: "The council", label: "CLAIM" }],
        blind: true,
      },
    ]);
  });

  test("the article is open until its reviews are in, and settled at once when nothing was marked", async () => {
    const { mine, theirs, articleId, a, b } = await start();
    await submitReview(a.actor, mine, { version: 0 });
    expect(await stateOf(articleId)).toBe("OPEN");
    await submitReview(b.actor, theirs, { version: 0 });
    expect(await stateOf(articleId)).toBe("SETTLED");
  });

  test("a third review that was assigned is waited for, though the project wants two", async () => {
    const { projectId, mine, theirs, articleId, a, b, c } = await start();
    const third = await makeReview(projectId, articleId, c);
    await submitReview(a.actor, mine, { version: 0 });
    await submitReview(b.actor, theirs, { version: 0 });
    expect(await stateOf(articleId)).toBe("OPEN");
    await submitReview(c.actor, third, { version: 0 });
    expect(await stateOf(articleId)).toBe("SETTLED");
  });
});

describe("reopening", () => {
  test("by its owner while the article is open, then by an editor; repeating it is harmless", async () => {
    const { projectId, mine, theirs, articleId, a, b, editor } = await start();
    await changeReview(a.actor, mine, [put("The council")]);
    await submitReview(a.actor, mine, { version: 1 });
    expect(await reopenReview(a.actor, mine)).toMatchObject({ value: { status: "IN_PROGRESS", notBlind: false } });
    expect(await reopenReview(a.actor, mine)).toMatchObject({ value: { status: "IN_PROGRESS" } });
    expect(await entries(projectId, "review.reopened")).toBe(1);
    await submitReview(a.actor, mine, { version: 1 });
    await submitReview(b.actor, theirs, { version: 0 });
    expect(await stateOf(articleId)).toBe("ADJUDICATION");
    expect(await reopenReview(a.actor, mine)).toMatchObject({ code: "forbidden" });
    expect(await reopenReview(b.actor, mine)).toMatchObject({ code: "not-found" });
    expect(await reopenReview(editor.actor, mine)).toMatchObject({ value: { status: "IN_PROGRESS", notBlind: false } });
    expect(await stateOf(articleId)).toBe("OPEN");
  });

  test("B03: after gold could be seen the review is not blind, nor is what is submitted then", async () => {
    const { projectId, mine, theirs, a, b, editor } = await start();
    await submitReview(a.actor, mine, { version: 0 });
    await submitReview(b.actor, theirs, { version: 0 });
    expect(await reopenReview(a.actor, mine)).toMatchObject({ code: "forbidden" });
    expect(await reopenReview(editor.actor, mine)).toMatchObject({ value: { notBlind: true } });
    await changeReview(a.actor, mine, [put("The council")]);
    await submitReview(a.actor, mine, { version: 1 });
    const kept = await prisma().submission.findMany({ where: { reviewId: mine }, orderBy: { number: "asc" } });
    expect(kept.map((s) => s.blind)).toEqual([true, false]);
    const entry = await prisma().auditEntry.findFirst({ where: { projectId, type: "review.reopened" } });
    expect(entry?.data).toMatchObject({ notBlind: true });
  });

  test("a reviewer who could see others' marks as an adjudicator is not blind after reopening", async () => {
    const { projectId, mine, theirs, a, b } = await start();
    await grant(projectId, a.person.id, ["REVIEWER", "ADJUDICATOR"]);
    await changeReview(b.actor, theirs, [put("The council")]);
    await submitReview(a.actor, mine, { version: 0 });
    expect(await reopenReview(a.actor, mine)).toMatchObject({ value: { notBlind: true } });
  });

  test("a review that is open when its article settles is not blind from then on", async () => {
    const { projectId, mine, theirs, articleId, a, b, editor } = await start();
    const { closeArticle } = await import("./assignments");
    await submitReview(a.actor, mine, { version: 0 });
    expect(await closeArticle(editor.actor, articleId)).toMatchObject({
      value: { state: "SETTLED", closedEarly: true },
    });
    await submitReview(b.actor, theirs, { version: 0 });
    expect(
      await prisma().submission.findMany({ where: { projectId }, select: { reviewId: true, blind: true } }),
    ).toEqual(
      expect.arrayContaining([
        { reviewId: mine, blind: true },
        { reviewId: theirs, blind: false },
      ]),
    );
  });
});

describe("sending back and skipping", () => {
  test("an editor's comment opens the review and is there until it is submitted", async () => {
    const { mine, a, editor, adjudicator } = await start();
    await submitReview(a.actor, mine, { version: 0 });
    expect(await sendBackReview(adjudicator.actor, mine, { comment: "Look again" })).toMatchObject({
      code: "forbidden",
    });
    expect(await sendBackReview(editor.actor, mine, { comment: "Look again" })).toMatchObject({
      value: { status: "IN_PROGRESS" },
    });
    const { getReview } = await import("./reviews");
    expect(await getReview(a.actor, mine)).toMatchObject({ value: { sentBackComment: "Look again" } });
    await submitReview(a.actor, mine, { version: 0 });
    expect(await getReview(a.actor, mine)).toMatchObject({ value: { sentBackComment: null } });
  });

  test("a skipped review counts for nothing, is locked, and can be taken up again", async () => {
    const { mine, articleId, a, b } = await start();
    await changeReview(a.actor, mine, [put("The council")]);
    expect(await skipReview(b.actor, mine, { reason: "x" })).toMatchObject({ code: "not-found" });
    expect(await skipReview(a.actor, mine, { reason: "I know the keeper" })).toMatchObject({
      value: { status: "SKIPPED" },
    });
    expect(await skipReview(a.actor, mine, { reason: "again" })).toMatchObject({ value: { status: "SKIPPED" } });
    expect(await changeReview(a.actor, mine, [put("Nobody was hurt")])).toMatchObject({ code: "locked" });
    expect(await submitReview(a.actor, mine, { version: 1 })).toMatchObject({ code: "conflict" });
    expect((await prisma().article.findUniqueOrThrow({ where: { id: articleId } })).taken).toBe(1);
    expect(await reopenReview(a.actor, mine)).toMatchObject({ value: { status: "IN_PROGRESS" } });
    expect((await prisma().article.findUniqueOrThrow({ where: { id: articleId } })).taken).toBe(2);
  });
});
