/** Discussion: a thread a case or place of an article. Whoever may not see it may not know of it. Posts are never changed. */
import type { z } from "zod";
import type { Prisma } from "../../generated/prisma/client";
import { type Actor, personOf } from "../access/actor";
import { type ArticleFacts, canArticle, canProject } from "../access/can";
import { invalid, notFound, ok, type Result, refuse } from "../result";
import { mentionsIn, type Named } from "../scheme/mentions";
import { sentencesAround } from "../text/sentences";
import { articleFacts, articleFor, forbidden, projectFor } from "./access";
import { record } from "./audit";
import { type Created, creation, idTaken } from "./creation";
import { type Tx, transaction } from "./db";
import { textsOf } from "./kept";
import { decodeCursor, limitOf, type Page, page } from "./paging";
import { peopleOf } from "./thread-people";
import type {
  articleThreadQuery,
  newThreadBody,
  postBody,
  threadItem,
  threadQuery,
  threadView,
} from "./threads.schema";
import { visibleThreads } from "./threads-sql";

export type ThreadView = z.infer<typeof threadView>;
export type ThreadItem = z.infer<typeof threadItem>;
type Facts = ArticleFacts & { readonly articleId: string };
type Thread = Prisma.ThreadGetPayload<object>;

/** The thread and its article's facts, when the actor may; who may not see it may not know of it. */
async function threadFor(
  tx: Tx,
  actor: Actor,
  threadId: string,
  action: "thread.see" | "thread.write",
): Promise<Result<{ readonly thread: Thread; readonly facts: Facts }>> {
  const thread = await tx.thread.findUnique({
    where: { id: threadId },
    include: { guests: { where: { userId: actor.userId }, select: { userId: true } } },
  });
  const found = thread ? await articleFacts(tx, actor, thread.articleId) : null;
  if (!thread || !found) return notFound();
  const facts = { ...found, invited: thread.guests.length > 0 };
  if (!canArticle(actor, "thread.see", facts)) return notFound();
  return canArticle(actor, action, facts) ? ok({ thread, facts }) : forbidden();
}

async function viewOf(tx: Tx, actor: Actor, thread: Thread, facts: Facts): Promise<ThreadView> {
  const { id, projectId, articleId, caseId, start, end, createdBy, createdAt, lastAt, resolvedAt } = thread;
  const { title, textId } = await tx.article.findUniqueOrThrow({
    where: { id: articleId },
    select: { title: true, textId: true },
  });
  const text = (await textsOf(tx, [textId])).get(textId);
  if (!text) throw new Error(`text ${textId} is not there`);
  const around = sentencesAround(text, { start, end });
  const posts = await tx.$queryRaw<
    (Omit<ThreadView["posts"][number], "author" | "createdAt"> & { authorId: string; name: string; createdAt: Date })[]
  >`
    SELECT p."id", p."body", p."mentions"::text[] AS "mentions", p."createdAt", p."authorId", u."name"
      FROM "Post" p LEFT JOIN "User" u ON u."id" = p."authorId" WHERE p."threadId" = ${id}::uuid ORDER BY p."createdAt", p."id"`;
  const { sees, guests, invitable } = await peopleOf(tx, articleId, id);
  const marks = canArticle(actor, "marks.see", facts);
  return {
    ...{ id, projectId, articleId, title, caseId, start, end },
    quote: text.slice({ start, end }),
    context: text.slice(around),
    contextStart: around.start,
    createdAt: createdAt.toISOString(),
    lastAt: lastAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
    by: posts.find((post) => post.authorId === createdBy)?.name ?? null,
    posts: posts.map(({ authorId, name, createdAt: when, ...post }) => ({
      ...post,
      author: authorId ? { id: authorId, name: name ?? "someone" } : null,
      createdAt: when.toISOString(),
    })),
    guests: [...guests],
    people: [...sees],
    invitable: mayInvite(actor, facts) ? [...invitable] : [],
    mayWrite: canArticle(actor, "thread.write", facts),
    maySettle: marks && facts.state !== "OPEN",
  };
}

const mayInvite = (actor: Actor, facts: Facts) =>
  canProject(actor, "articles.list", facts) && canArticle(actor, "thread.write", facts);

export const getThread = (actor: Actor, threadId: string): Promise<Result<ThreadView>> =>
  transaction(async (tx) => {
    const may = await threadFor(tx, actor, threadId, "thread.see");
    return may.ok ? ok(await viewOf(tx, actor, may.value.thread, may.value.facts)) : may;
  });

/** Of an article, or of one case in it, each with all its posts, the oldest thread first. For whoever may see others' marks there. */
export const articleThreads = (
  actor: Actor,
  articleId: string,
  query: z.infer<typeof articleThreadQuery> = {},
): Promise<Result<Page<ThreadView> & { readonly people: readonly Named[] }>> =>
  transaction<Page<ThreadView> & { readonly people: readonly Named[] }>(async (tx) => {
    const may = await articleFor(tx, actor, articleId, "marks.see");
    if (!may.ok) return may;
    const threads = await tx.thread.findMany({
      where: { articleId, ...(query.case ? { caseId: query.case } : {}) },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: 100,
    });
    const items: ThreadView[] = [];
    for (const thread of threads) items.push(await viewOf(tx, actor, thread, may.value));
    return ok({ items, nextCursor: null, people: (await peopleOf(tx, articleId, null)).sees });
  });

/** A project's threads that the actor may see, those with the newest post first. */
export const listThreads = (
  actor: Actor,
  projectId: string,
  query: z.infer<typeof threadQuery> = {},
): Promise<Result<Page<ThreadItem>>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.see");
    if (!may.ok) return may;
    const after = decodeCursor("threads", ["time", "uuid"], query.cursor);
    if (!after.ok) return after;
    const [at = null, id = null] = after.value ?? [];
    const limit = limitOf(query);
    type Row = Omit<ThreadItem, "createdAt" | "lastAt" | "resolvedAt"> &
      Record<"createdAt" | "lastAt", Date> & { resolvedAt: Date | null };
    const rows = await tx.$queryRaw<Row[]>`
      SELECT t."id", t."projectId", t."articleId", a."title", t."caseId", t."start", t."end",
             substring(x."body", t."start" + 1, least(t."end" - t."start", 300)) AS "quote", t."createdAt", t."lastAt", t."resolvedAt",
             (SELECT count(*)::int FROM "Post" p WHERE p."threadId" = t."id") AS "posts", u."name" AS "by"
        FROM "Thread" t JOIN "Article" a ON a."id" = t."articleId" AND a."deletedAt" IS NULL
        JOIN "ArticleText" x ON x."id" = a."textId" LEFT JOIN "User" u ON u."id" = t."createdBy"
       WHERE t."projectId" = ${projectId}::uuid AND ${visibleThreads(actor, may.value)}
         AND (${query.status ?? null}::text IS NULL OR (t."resolvedAt" IS NULL) = (${query.status ?? null}::text = 'open'))
         AND (${query.mine === undefined} OR EXISTS (SELECT 1 FROM "Post" p WHERE p."threadId" = t."id"
                AND (p."authorId" = ${actor.userId}::uuid OR ${actor.userId}::uuid = ANY (p."mentions"))))
         AND (${id}::text IS NULL OR (t."lastAt", t."id"::text) < (${at}::timestamptz, ${id}::text))
       ORDER BY t."lastAt" DESC, t."id"::text DESC LIMIT ${limit + 1}`;
    const listed = page(rows, limit, "threads", (row) => [row.lastAt.toISOString(), row.id]);
    const items = listed.items.map(({ createdAt, lastAt, resolvedAt, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      lastAt: lastAt.toISOString(),
      resolvedAt: resolvedAt?.toISOString() ?? null,
    }));
    return ok({ ...listed, items });
  });

/** Opens a thread with its first post. Repeating it answers as the first time; an id that is in use otherwise is a conflict. */
export const openThread = (
  actor: Actor,
  articleId: string,
  input: z.infer<typeof newThreadBody>,
): Promise<Result<Created<ThreadView>>> =>
  creation<Created<ThreadView>>(async (tx) => {
    const may = await articleFor(tx, actor, articleId, "marks.see");
    if (!may.ok) return may;
    if (!canArticle(actor, "thread.write", may.value)) return forbidden();
    const before = input.id ? await tx.thread.findUnique({ where: { id: input.id } }) : null;
    if (before) {
      const [first] = await tx.post.findMany({
        where: { threadId: before.id },
        orderBy: { createdAt: "asc" },
        take: 1,
      });
      if (before.articleId !== articleId || before.createdBy !== personOf(actor) || first?.body !== input.body)
        return idTaken();
      return ok({ made: false, value: await viewOf(tx, actor, before, may.value) });
    }
    const place = await placeOf(tx, articleId, input);
    if (!place.ok) return place;
    const thread = await tx.thread.create({
      data: {
        ...(input.id ? { id: input.id } : {}),
        ...{ projectId: may.value.projectId, articleId, caseId: input.caseId ?? null, createdBy: personOf(actor) },
        ...place.value,
      },
    });
    const { projectId } = may.value;
    await record(tx, actor, { projectId }, { type: "thread.opened", threadId: thread.id, articleId });
    await write(tx, actor, thread, undefined, input.body);
    return ok({ made: true, value: await viewOf(tx, actor, thread, may.value) });
  });

async function placeOf(
  tx: Tx,
  articleId: string,
  { caseId, start = 0, end = 0 }: z.infer<typeof newThreadBody>,
): Promise<Result<{ readonly start: number; readonly end: number }>> {
  if (caseId) {
    const found = await tx.case.findFirst({ where: { id: caseId, articleId }, select: { start: true, end: true } });
    return found
      ? ok(found)
      : invalid([{ path: "caseId", code: "unknown-case", message: "The article has no such case." }]);
  }
  const { textLength } = await tx.article.findUniqueOrThrow({ where: { id: articleId }, select: { textLength: true } });
  return start < end && end <= textLength
    ? ok({ start, end })
    : invalid([{ path: "end", code: "outside-text", message: `The text has ${textLength} code points.` }]);
}

async function write(tx: Tx, actor: Actor, thread: Thread, id: string | undefined, body: string): Promise<void> {
  const { sees } = await peopleOf(tx, thread.articleId, thread.id);
  const mentions = mentionsIn(body, sees).map((one) => one.id);
  const { projectId, id: threadId } = thread;
  const post = { ...(id ? { id } : {}), threadId, projectId, authorId: personOf(actor), body, mentions };
  const { createdAt } = await tx.post.create({ data: post });
  await tx.thread.update({ where: { id: threadId }, data: { lastAt: createdAt } });
}

/** Says something in a thread; a resolved one stays resolved until someone opens it again. Harmless to repeat with its id. */
export const postInThread = (
  actor: Actor,
  threadId: string,
  input: z.infer<typeof postBody>,
): Promise<Result<Created<ThreadView>>> =>
  creation<Created<ThreadView>>(async (tx) => {
    const may = await threadFor(tx, actor, threadId, "thread.write");
    if (!may.ok) return may;
    const { thread, facts } = may.value;
    const before = input.id ? await tx.post.findUnique({ where: { id: input.id } }) : null;
    if (before) {
      const same = before.threadId === threadId && before.authorId === personOf(actor) && before.body === input.body;
      return same ? ok({ made: false, value: await viewOf(tx, actor, thread, facts) }) : idTaken();
    }
    await write(tx, actor, thread, input.id, input.body);
    const { projectId, articleId } = thread;
    await record(tx, actor, { projectId }, { type: "thread.posted", threadId, articleId });
    return ok({ made: true, value: await viewOf(tx, actor, thread, facts) });
  });

export const resolveThread = (
  actor: Actor,
  threadId: string,
  { resolved }: { readonly resolved: boolean },
): Promise<Result<ThreadView>> =>
  transaction(async (tx) => {
    const may = await threadFor(tx, actor, threadId, "thread.write");
    if (!may.ok) return may;
    const { thread, facts } = may.value;
    if ((thread.resolvedAt !== null) === resolved) return ok(await viewOf(tx, actor, thread, facts));
    await tx.$executeRaw`
      UPDATE "Thread" SET "resolvedAt" = CASE WHEN ${resolved} THEN now() END, "resolvedBy" = CASE WHEN ${resolved} THEN ${personOf(actor)}::uuid END
       WHERE "id" = ${threadId}::uuid`;
    const { projectId, articleId } = thread;
    const type = resolved ? "thread.resolved" : "thread.reopened";
    await record(tx, actor, { projectId }, { type, threadId, articleId });
    const after = await tx.thread.findUniqueOrThrow({ where: { id: threadId } });
    return ok(await viewOf(tx, actor, after, facts));
  });

/**
 * Asks a reviewer of the article in, by editors and adjudicators. They see the words of the case and the thread, no lanes; what they mark
 * there from then on is not blind. Refuses (422) whoever has not submitted, or sees it anyway.
 */
export const inviteToThread = (
  actor: Actor,
  threadId: string,
  { userId }: { readonly userId: string },
): Promise<Result<ThreadView>> =>
  transaction(async (tx) => {
    const may = await threadFor(tx, actor, threadId, "thread.write");
    if (!may.ok) return may;
    const { thread, facts } = may.value;
    if (!mayInvite(actor, facts)) return forbidden();
    const { guests, invitable } = await peopleOf(tx, thread.articleId, threadId);
    if (guests.some((one) => one.id === userId)) return ok(await viewOf(tx, actor, thread, facts));
    if (facts.state === "OPEN")
      return refuse("conflict", "The article still waits for reviews. Nobody is asked in before they are submitted.");
    if (!invitable.some((one) => one.id === userId))
      return invalid([
        {
          path: "userId",
          code: "not-invitable",
          message: "Only a reviewer who has submitted their review of this article can be asked in.",
        },
      ]);
    await tx.threadGuest.create({ data: { threadId, userId, invitedBy: personOf(actor) } });
    const { projectId, articleId } = thread;
    await record(tx, actor, { projectId }, { type: "thread.invited", threadId, articleId, userId });
    return ok(await viewOf(tx, actor, thread, facts));
  });
