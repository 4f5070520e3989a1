/** Discussion, who may see it, and the inbox that it reaches. */
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { articleCases, getCase } from "./cases";
import { prisma } from "./db";
import { decideCase } from "./decisions";
import { inbox, markRead } from "./inbox";
import { reopenReview, sendBackReview, submitReview } from "./submit";
import { type Desk, finish, type Member, makeArticle, makeDesk, makeReview, put, review } from "./testing/desk";
import {
  articleThreads,
  getThread,
  inviteToThread,
  listThreads,
  openThread,
  postInThread,
  resolveThread,
} from "./threads";

type World = Desk & {
  readonly articleId: string;
  readonly caseId: string;
  readonly reviews: readonly [string, string];
};

async function world(): Promise<World> {
  const desk = await makeDesk({ reviewersPerArticle: 2 });
  const articleId = await makeArticle(desk.projectId);
  const first = await review(desk, articleId, desk.a, [put("the weir would fail")]);
  const second = await review(desk, articleId, desk.b, []);
  const { id: caseId } = await prisma().case.findFirstOrThrow({ where: { articleId } });
  return { ...desk, articleId, caseId, reviews: [first, second] };
}

const opened = async ({ articleId, caseId }: World, who: Member, body: string) => {
  const done = await openThread(who.actor, articleId, { caseId, body });
  if (!done.ok) throw new Error(JSON.stringify(done));
  return done.value.value;
};
const kinds = async (who: Member) => {
  const found = await inbox(who.actor);
  return found.ok ? found.value.items.map(({ kind, unread, words }) => ({ kind, unread, words })) : found;
};

describe("a thread", () => {
  test("is about a case or a place, keeps the words, and is opened and posted in once for one id", async () => {
    const w = await world();
    const id = randomUUID();
    const input = { id, caseId: w.caseId, body: "Is this **one** claim?" };
    const first = await openThread(w.adjudicator.actor, w.articleId, input);
    expect(first).toMatchObject({
      value: { made: true, value: { quote: "the weir would fail", posts: [{ body: input.body }] } },
    });
    expect(await openThread(w.adjudicator.actor, w.articleId, input)).toMatchObject({
      value: { made: false, value: { id } },
    });
    expect(await openThread(w.adjudicator.actor, w.articleId, { ...input, body: "Other" })).toMatchObject({
      code: "conflict",
    });
    const place = { start: 0, end: 4, body: "The headline" };
    expect(await openThread(w.editor.actor, w.articleId, place)).toMatchObject({
      value: { value: { quote: "Weir", caseId: null } },
    });
    expect(await openThread(w.editor.actor, w.articleId, { ...place, end: 9999 })).toMatchObject({ code: "invalid" });
    const post = { id: randomUUID(), body: "I think so." };
    expect(await postInThread(w.editor.actor, id, post)).toMatchObject({ value: { made: true } });
    expect(await postInThread(w.editor.actor, id, post)).toMatchObject({
      value: { made: false, value: { posts: { length: 2 } } },
    });
    expect(await articleThreads(w.editor.actor, w.articleId, { case: w.caseId })).toMatchObject({
      value: { items: [{ id }] },
    });
    expect(await resolveThread(w.editor.actor, id, { resolved: true })).toMatchObject({
      value: { resolvedAt: expect.any(String) },
    });
    expect(await listThreads(w.editor.actor, w.projectId, { status: "open" })).toMatchObject({
      value: { items: [{ quote: "Weir" }] },
    });
    expect(await listThreads(w.adjudicator.actor, w.projectId, { mine: "true" })).toMatchObject({
      value: { items: [{ id }] },
    });
  });

  test("mentions only those who may see it", async () => {
    const { adjudicator, editor, second, a, ...w } = await world();
    const thread = await opened(
      { ...w, adjudicator, editor, second, a },
      adjudicator,
      "@Edda and @Annika, please; not @Justina",
    );
    expect(thread.posts[0]?.mentions).toEqual([editor.person.id]);
    expect(await kinds(editor)).toMatchObject([{ kind: "mention", unread: true }]);
    expect(await kinds(a)).toEqual([]);
    expect(await kinds(second)).toEqual([]);
  });
});

describe("a reviewer who is asked in", () => {
  test("sees the words and the thread after submission, but no lanes, until the article is settled", async () => {
    const w = await world();
    const thread = await opened(w, w.adjudicator, "Why nothing here?");
    expect(await getThread(w.b.actor, thread.id)).toMatchObject({ code: "not-found" });
    expect(thread.invitable.map((one) => one.name)).toEqual(["Annika", "Boris"]);
    expect(await inviteToThread(w.adjudicator.actor, thread.id, { userId: w.c.person.id })).toMatchObject({
      code: "invalid",
    });
    expect(await inviteToThread(w.adjudicator.actor, thread.id, { userId: w.b.person.id })).toMatchObject({
      value: { guests: [{ name: "Boris" }] },
    });
    const seen = await getThread(w.b.actor, thread.id);
    expect(seen).toMatchObject({
      value: { quote: "the weir would fail", mayWrite: true, maySettle: false, invitable: [] },
    });
    expect(await getCase(w.b.actor, w.caseId)).toMatchObject({ code: "not-found" });
    expect(await articleCases(w.b.actor, w.articleId, {})).toMatchObject({ code: "forbidden" });
    expect(await articleThreads(w.b.actor, w.articleId)).toMatchObject({ code: "forbidden" });
    expect(await kinds(w.b)).toMatchObject([{ kind: "thread" }]);
    expect(await inviteToThread(w.b.actor, thread.id, { userId: w.a.person.id })).toMatchObject({ code: "forbidden" });
    expect(await postInThread(w.b.actor, thread.id, { body: "I overlooked it, @Judith" })).toMatchObject({ ok: true });
    expect(await kinds(w.adjudicator)).toMatchObject([{ kind: "mention", words: "I overlooked it, @Judith" }]);
    expect(await listThreads(w.a.actor, w.projectId)).toMatchObject({ value: { items: [] } });
    expect(await listThreads(w.b.actor, w.projectId)).toMatchObject({ value: { items: [{ id: thread.id }] } });
  });

  test("whose review is open again sees nothing, and what they mark from then on is not blind", async () => {
    const w = await world();
    const thread = await opened(w, w.adjudicator, "Why nothing here?");
    await inviteToThread(w.adjudicator.actor, thread.id, { userId: w.b.person.id });
    await sendBackReview(w.editor.actor, w.reviews[1], { comment: "Look at the second paragraph again" });
    expect(await getThread(w.b.actor, thread.id)).toMatchObject({ code: "not-found" });
    expect(await kinds(w.b)).toMatchObject([{ kind: "sent-back", words: "Look at the second paragraph again" }]);
    expect(await prisma().review.findUniqueOrThrow({ where: { id: w.reviews[1] } })).toMatchObject({ notBlind: true });
    await submitReview(w.b.actor, w.reviews[1], { version: 0 });
    expect(await getThread(w.b.actor, thread.id)).toMatchObject({ ok: true });
    expect(await kinds(w.b)).toMatchObject([{ kind: "thread" }]);
  });

  test("an editor with an open review of the article sees no thread of it", async () => {
    const w = await world();
    const thread = await opened(w, w.adjudicator, "@Edda, see");
    expect(await kinds(w.editor)).toHaveLength(1);
    await makeReview(w.projectId, w.articleId, w.editor);
    expect(await getThread(w.editor.actor, thread.id)).toMatchObject({ code: "not-found" });
    expect(await listThreads(w.editor.actor, w.projectId)).toMatchObject({ value: { items: [] } });
    expect(await kinds(w.editor)).toEqual([]);
  });
});

describe("the inbox", () => {
  test("tells of stale decisions and marks as read; what is said later is unread again", async () => {
    const w = await world();
    const done = await decideCase(w.adjudicator.actor, w.caseId, {
      id: randomUUID(),
      action: "nothing",
      reasonCode: "spurious",
    });
    expect(done).toMatchObject({ ok: true });
    expect(await kinds(w.adjudicator)).toEqual([]);
    await reopenReview(w.editor.actor, w.reviews[1]);
    await finish(w.b, w.reviews[1], [put("the weir would fail")]);
    expect(await kinds(w.adjudicator)).toMatchObject([{ kind: "stale", unread: true }]);
    expect(await kinds(w.second)).toEqual([]);
    expect(await markRead(w.adjudicator.actor, { all: true })).toMatchObject({ value: { unread: 0 } });
    expect(await kinds(w.adjudicator)).toMatchObject([{ kind: "stale", unread: false }]);
    const thread = await opened(w, w.adjudicator, "So?");
    await postInThread(w.editor.actor, thread.id, { body: "So." });
    expect(await inbox(w.adjudicator.actor, { count: "true" })).toMatchObject({ value: { items: [], unread: 1 } });
    await markRead(w.adjudicator.actor, { keys: [`thread:${thread.id}`] });
    await postInThread(w.editor.actor, thread.id, { body: "Or not." });
    expect(await inbox(w.adjudicator.actor)).toMatchObject({
      value: { unread: 1, items: [{ words: "Or not.", by: "Edda" }, {}] },
    });
  });

  test("tells of several projects at once, of each what one's roles there let one see", async () => {
    const [one, other] = [await world(), await world()];
    const { person, actor } = one.adjudicator;
    const roles = (projectId: string, given: ("ADJUDICATOR" | "VIEWER")[]) =>
      prisma().member.upsert({
        where: { projectId_userId: { projectId, userId: person.id } },
        create: { projectId, userId: person.id, roles: given },
        update: { roles: given },
      });
    await roles(other.projectId, ["ADJUDICATOR"]);
    for (const w of [one, other]) await opened(w, w.editor, `@${person.name}, in ${w.projectId}?`);
    const told = async () => {
      const found = await inbox(actor);
      return found.ok ? found.value.items.map(({ projectId, words }) => `${projectId} ${words}`).sort() : found;
    };
    const [here, there] = [one, other].map((w) => `${w.projectId} @${person.name}, in ${w.projectId}?`);
    expect(await told()).toEqual([here, there].sort());
    await roles(other.projectId, ["VIEWER"]);
    expect(await told()).toEqual([here]);
  });
});
