import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { POST as NEXT } from "@/app/api/v1/projects/[project]/queue/next/route";
import { ok } from "../result";
import { assignReview, listReviews, unassignReview } from "./assignments";
import { changeReview } from "./changes";
import { prisma } from "./db";
import { removeMember } from "./members";
import { nextInQueue, queueOverview } from "./queue";
import { getReview } from "./reviews";
import { skipReview, submitReview } from "./submit";
import { finish, type Member, makeArticle, makeDesk, makeMember, makeReview, put } from "./testing/desk";
import { send } from "./testing/people";
import { addWork, ownDay } from "./workTime";

const take = async (who: Member, projectId: string) => {
  const taken = await nextInQueue(who.actor, projectId);
  if (!taken.ok) throw new Error(taken.message);
  return taken.value?.value ?? null;
};

const batch = (
  projectId: string,
  data: { name: string; priority?: number; deadline?: Date; people?: string[]; reviewersPerArticle?: number },
) => prisma().batch.create({ data: { projectId, ...data } });

describe("POST /projects/{p}/queue/next", () => {
  test("one's own in progress, then one's own assigned, then a new one; 204 when there is none", async () => {
    const { projectId, a, b, editor } = await makeDesk();
    const [first, second] = [await makeArticle(projectId), await makeArticle(projectId)];
    const response = await send(NEXT, { method: "POST", params: { project: projectId }, cookie: a.cookie });
    expect(response.status).toBe(201);
    const taken = (await response.json()) as { id: string; articleId: string };
    expect(taken.articleId).toBe(first);
    const again = await send(NEXT, { method: "POST", params: { project: projectId }, cookie: a.cookie });
    expect([again.status, await again.json()]).toEqual([200, taken]);

    await assignReview(editor.actor, second, { reviewerId: a.person.id });
    const other = await prisma().review.findFirstOrThrow({ where: { articleId: second, reviewerId: a.person.id } });
    await changeReview(a.actor, other.id, [put("The council")]);
    expect(await take(a, projectId)).toMatchObject({ id: other.id, status: "IN_PROGRESS" });
    await submitReview(a.actor, other.id, { version: 1 });
    expect(await take(a, projectId)).toMatchObject({ id: taken.id, status: "ASSIGNED" });
    await submitReview(a.actor, taken.id, { version: 0 });
    const none = await send(NEXT, { method: "POST", params: { project: projectId }, cookie: a.cookie });
    expect([none.status, await none.text()]).toEqual([204, ""]);
    expect(await take(b, projectId)).toMatchObject({ articleId: first });
  });

  test("the article nearest to complete comes first, then as imported", async () => {
    const { projectId, a, b } = await makeDesk({ reviewersPerArticle: 3 });
    const articles = [await makeArticle(projectId), await makeArticle(projectId), await makeArticle(projectId)];
    await makeReview(projectId, articles[1] ?? "", b);
    expect((await take(a, projectId))?.articleId).toBe(articles[1]);
  });

  test("batches: by priority, then by deadline, with their own number of reviewers and their own people", async () => {
    const { projectId, a, b, c } = await makeDesk({ reviewersPerArticle: 1 });
    const late = await batch(projectId, { name: "late", priority: 5, deadline: new Date("2030-02-01") });
    const soon = await batch(projectId, {
      name: "soon",
      priority: 5,
      deadline: new Date("2030-01-01"),
      reviewersPerArticle: 2,
    });
    const theirs = await batch(projectId, { name: "theirs", priority: 9, people: [b.person.id] });
    const [plain, inLate, inSoon, inTheirs] = [
      await makeArticle(projectId),
      await makeArticle(projectId, { batchId: late.id }),
      await makeArticle(projectId, { batchId: soon.id }),
      await makeArticle(projectId, { batchId: theirs.id }),
    ];
    const order = async (who: Member) => {
      const taken: string[] = [];
      for (let one = await take(who, projectId); one; one = await take(who, projectId)) {
        taken.push(one.articleId);
        await submitReview(who.actor, one.id, { version: 0 });
      }
      return taken;
    };
    expect(await order(a)).toEqual([inSoon, inLate, plain]);
    expect(await order(b)).toEqual([inTheirs, inSoon]);
    expect(await order(c)).toEqual([]);
  });

  test("fifty callers at once get no article more often than it needs, and everything that is needed is given", async () => {
    const { projectId } = await makeDesk({ reviewersPerArticle: 2 });
    const many = await batch(projectId, { name: "three", reviewersPerArticle: 3 });
    for (let n = 0; n < 8; n++) await makeArticle(projectId);
    for (let n = 0; n < 4; n++) await makeArticle(projectId, { batchId: many.id });
    const people = await Promise.all(Array.from({ length: 50 }, (_, n) => makeMember(`Reviewer ${n}`)));
    for (const { person } of people)
      await prisma().member.create({ data: { projectId, userId: person.id, roles: ["REVIEWER"] } });
    const taken = await Promise.all(people.map((who) => take(who, projectId)));
    expect(taken.filter(Boolean)).toHaveLength(8 * 2 + 4 * 3);
    const articles = await prisma().article.findMany({ where: { projectId }, include: { reviews: true } });
    for (const { reviews, taken: counted, batchId } of articles) {
      expect(reviews).toHaveLength(batchId ? 3 : 2);
      expect(counted).toBe(reviews.length);
    }
  });

  test("one person's requests at once take one article", async () => {
    const { projectId, a } = await makeDesk();
    for (let n = 0; n < 5; n++) await makeArticle(projectId);
    const taken = await Promise.all(Array.from({ length: 8 }, () => take(a, projectId)));
    expect(new Set(taken.map((one) => one?.id)).size).toBe(1);
  });

  test("a skipped article goes to another, not back; an unassigned one comes to another too", async () => {
    const { projectId, a, b, c, editor } = await makeDesk({ reviewersPerArticle: 1 });
    const articleId = await makeArticle(projectId);
    const first = await take(a, projectId);
    expect(await take(b, projectId)).toBeNull();
    await skipReview(a.actor, first?.id ?? "", { reason: "too long" });
    expect(await take(a, projectId)).toBeNull();
    const second = await take(b, projectId);
    expect(second?.articleId).toBe(articleId);
    await unassignReview(editor.actor, second?.id ?? "");
    expect(await take(b, projectId)).toBeNull();
    expect((await take(c, projectId))?.articleId).toBe(articleId);
  });

  test("viewers and strangers take nothing", async () => {
    const { projectId, a } = await makeDesk();
    const stranger = await makeMember("Stranger");
    expect(await nextInQueue(stranger.actor, projectId)).toMatchObject({ code: "not-found" });
    await prisma().member.updateMany({ where: { userId: a.person.id }, data: { roles: ["VIEWER"] } });
    expect(await nextInQueue(a.actor, projectId)).toMatchObject({ code: "forbidden" });
  });
});

describe("assignments", () => {
  test("clients choose the id; the same again answers as the first time, other content is a conflict", async () => {
    const { projectId, a, b, editor } = await makeDesk();
    const articleId = await makeArticle(projectId);
    const id = randomUUID();
    const input = { id, reviewerId: a.person.id };
    expect(await assignReview(editor.actor, articleId, input)).toMatchObject({
      value: { made: true, value: { id, status: "ASSIGNED" } },
    });
    expect(await assignReview(editor.actor, articleId, input)).toMatchObject({ value: { made: false, value: { id } } });
    expect(await assignReview(editor.actor, articleId, { id, reviewerId: b.person.id })).toMatchObject({
      code: "conflict",
    });
    expect(await assignReview(editor.actor, await makeArticle(projectId), input)).toMatchObject({ code: "conflict" });
    expect(await assignReview(editor.actor, articleId, { id: randomUUID(), reviewerId: a.person.id })).toMatchObject({
      code: "conflict",
      errors: [{ code: "assigned", current: { id } }],
    });
    expect(await assignReview(a.actor, articleId, input)).toMatchObject({ code: "forbidden" });
    const outsider = await makeMember("Outsider");
    expect(await assignReview(editor.actor, articleId, { reviewerId: outsider.person.id })).toMatchObject({
      code: "invalid",
      errors: [{ path: "reviewerId", code: "not-a-reviewer" }],
    });
  });

  test("what is unassigned waits in the bin with its marks, and comes back when it is assigned again", async () => {
    const { projectId, a, editor } = await makeDesk();
    const articleId = await makeArticle(projectId);
    const reviewId = await makeReview(projectId, articleId, a);
    await changeReview(a.actor, reviewId, [put("The council")]);
    expect(await unassignReview(editor.actor, reviewId)).toMatchObject({ ok: true });
    expect(await getReview(a.actor, reviewId)).toMatchObject({ code: "not-found" });
    expect(await changeReview(a.actor, reviewId, [put("Nobody was hurt")])).toMatchObject({ code: "not-found" });
    expect(await assignReview(editor.actor, articleId, { reviewerId: a.person.id })).toMatchObject({
      value: { value: { id: reviewId } },
    });
    expect(await getReview(a.actor, reviewId)).toMatchObject({
      value: { status: "IN_PROGRESS", spans: [{ quote: "The council" }] },
    });
    await submitReview(a.actor, reviewId, { version: 1 });
    expect(await unassignReview(editor.actor, reviewId)).toMatchObject({ code: "conflict" });
  });

  test("when someone leaves, what they have open goes back to the queue", async () => {
    const { projectId, a, b, editor } = await makeDesk({ reviewersPerArticle: 1 });
    const [done, open] = [await makeArticle(projectId), await makeArticle(projectId)];
    await submitReview(a.actor, (await take(a, projectId))?.id ?? "", { version: 0 });
    await take(a, projectId);
    expect(await removeMember(editor.actor, projectId, a.person.id)).toEqual(ok(null));
    expect((await take(b, projectId))?.articleId).toBe(open);
    expect(await prisma().review.count({ where: { articleId: done, deletedAt: null } })).toBe(1);
  });

  test("the list shows reviewers their own only, and nobody who is blind whether another has begun", async () => {
    const { projectId, a, b, editor } = await makeDesk();
    const articleId = await makeArticle(projectId);
    const mine = await makeReview(projectId, articleId, a);
    const theirs = await makeReview(projectId, articleId, b);
    await changeReview(b.actor, theirs, [put("The council")]);
    const own = await listReviews(a.actor, articleId);
    expect(own.ok && own.value.items.map((r) => r.id)).toEqual([mine]);
    const all = await listReviews(editor.actor, articleId);
    expect(all.ok && all.value.items.map((r) => r.status)).toEqual(["ASSIGNED", "IN_PROGRESS"]);
    await makeReview(projectId, articleId, editor);
    const blind = await listReviews(editor.actor, articleId);
    expect(blind.ok && blind.value.items.map((r) => r.status)).toEqual(["ASSIGNED", "ASSIGNED", "ASSIGNED"]);
  });
});

describe("the queue page", () => {
  const overview = async (who: Member, projectId: string) => {
    const found = await queueOverview(who.actor, projectId);
    if (!found.ok) throw new Error(found.message);
    return found.value;
  };

  test("shows what is mine to do and how many wait", async () => {
    const { projectId, a, editor } = await makeDesk({ reviewersPerArticle: 1 });
    for (let n = 0; n < 4; n++) await makeArticle(projectId);
    const first = await take(a, projectId);
    expect(await overview(a, projectId)).toMatchObject({
      assigned: [{ reviewId: first?.id, settled: false }],
      waiting: 3,
      empty: null,
    });
    await submitReview(a.actor, first?.id ?? "", { version: 0 });
    const { sendBackReview } = await import("./submit");
    const second = await take(a, projectId);
    await submitReview(a.actor, second?.id ?? "", { version: 0 });
    await sendBackReview(editor.actor, second?.id ?? "", { comment: "Read it" });
    expect(await overview(a, projectId)).toMatchObject({
      inProgress: [{ reviewId: second?.id, sentBackComment: "Read it" }],
      submitted: [{ reviewId: first?.id, settled: true }],
      submittedTotal: 1,
      waiting: 2,
    });
  });

  test("says why it is empty, and who can fill it", async () => {
    const { projectId, a, b, editor } = await makeDesk({ reviewersPerArticle: 1 });
    expect(await overview(a, projectId)).toMatchObject({ waiting: 0, empty: "no-articles" });
    await makeArticle(projectId, { batchId: (await batch(projectId, { name: "theirs", people: [b.person.id] })).id });
    expect((await overview(a, projectId)).empty).toBe("kept-for-others");
    const taken = await take(b, projectId);
    expect((await overview(a, projectId)).empty).toBe("all-taken");
    await submitReview(b.actor, taken?.id ?? "", { version: 0 });
    expect((await overview(a, projectId)).empty).toBe("none-open");
    const skipped = await makeReview(projectId, await makeArticle(projectId), a);
    await skipReview(a.actor, skipped, { reason: "no" });
    expect((await overview(a, projectId)).empty).toBe("all-yours");
    await prisma().member.updateMany({ where: { userId: editor.person.id }, data: { roles: ["VIEWER"] } });
    expect((await overview(editor, projectId)).empty).toBe("not-a-reviewer");
  });
});

describe("one's own time", () => {
  const zone = "Europe/Berlin";
  const minutesAgo = (reviewId: string, minutes: number) =>
    prisma()
      .$executeRaw`UPDATE "WorkTime" SET "reportedAt" = now() - make_interval(mins => ${minutes}::int) WHERE "reviewId" = ${reviewId}::uuid`;

  test("adds up by review and day, never more than has passed since the last report", async () => {
    const { projectId, a } = await makeDesk();
    const id = await makeReview(projectId, await makeArticle(projectId), a);
    // Assigned this moment: nobody has worked on it for a quarter of an hour.
    expect(await addWork(a.actor, id, { seconds: 900, zone })).toEqual(ok({ seconds: 0 }));
    await minutesAgo(id, 5);
    expect(await addWork(a.actor, id, { seconds: 240, zone })).toEqual(ok({ seconds: 240 }));
    await minutesAgo(id, 1);
    expect(await addWork(a.actor, id, { seconds: 900, zone })).toEqual(ok({ seconds: 300 }));
    await finish(a, id, [put("The council")]);
    expect(await ownDay(a.actor, { zone, project: projectId })).toMatchObject(
      ok({ submitted: 1, spans: 1, seconds: 300 }),
    );
  });

  test("is nobody else's: others count only their own, and none can add to it", async () => {
    const { projectId, a, b, editor } = await makeDesk();
    const id = await makeReview(projectId, await makeArticle(projectId), a);
    await addWork(a.actor, id, { seconds: 1, zone });
    await minutesAgo(id, 5);
    await addWork(a.actor, id, { seconds: 60, zone });
    for (const other of [b, editor]) {
      expect((await addWork(other.actor, id, { seconds: 60, zone })).ok).toBe(false);
      expect(await ownDay(other.actor, { zone })).toMatchObject(ok({ submitted: 0, seconds: 0 }));
    }
    expect(await prisma().auditEntry.count({ where: { projectId, type: { contains: "time" } } })).toBe(0);
  });
});
