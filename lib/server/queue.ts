/** A reviewer's queue: what to go on with, or the next article that lacks a review. */
import { randomUUID } from "node:crypto";
import { Prisma } from "../../generated/prisma/client";
import type { Actor } from "../access/actor";
import { canProject, type OwnReview } from "../access/can";
import { ok, type Result } from "../result";
import { projectFor } from "./access";
import { isTraining } from "./assignments";
import { record } from "./audit";
import { current } from "./current";
import { type Tx, transaction } from "./db";
import type { EmptyReason, QueueItem, QueueOverview } from "./queue.schema";

/** A batch, or the articles outside any, as far as the actor may work on it. */
type Lane = { readonly batchId: string | null; readonly wanted: number; readonly training: boolean };

export type Next = {
  readonly id: string;
  readonly articleId: string;
  readonly status: OwnReview;
  readonly version: number;
};

/** `made`: whether it was assigned just now. */
export type Taken = { readonly made: boolean; readonly value: Next };

/**
 * The caller's next review: their own in progress, then their own assigned, then a new one of the article that still lacks reviews, by
 * batch priority and deadline, nearest to complete first, then as imported. null when there is none.
 */
export const nextInQueue = (actor: Actor, projectId: string): Promise<Result<Taken | null>> =>
  transaction<Taken | null>(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "queue.take");
    if (!may.ok) return may;
    // One request of a person at a time, so that pressing the key twice does not take two articles.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`queue ${projectId} ${actor.userId}`}, 0))::text`;
    const own = await ownOpen(tx, actor, projectId);
    if (own) return ok({ made: false, value: own });
    // Articles that others are taking at this moment are passed over; if nothing else is left, they are waited for.
    const articleId =
      (await takeArticle(tx, actor, projectId, true)) ?? (await takeArticle(tx, actor, projectId, false));
    if (!articleId) return ok(null);
    const id = randomUUID();
    const training = await isTraining(tx, articleId, actor.userId);
    await tx.$executeRaw`
      INSERT INTO "Review" ("id", "projectId", "articleId", "textLength", "reviewerId", "training")
      SELECT ${id}::uuid, a."projectId", a."id", a."textLength", ${actor.userId}::uuid, ${training} FROM "Article" a WHERE a."id" = ${articleId}::uuid`;
    await record(
      tx,
      actor,
      { projectId },
      { type: "review.assigned", reviewId: id, articleId, reviewerId: actor.userId, ...(training && { training }) },
    );
    return ok({ made: true, value: { id, articleId, status: "ASSIGNED", version: 0 } });
  });

async function ownOpen(tx: Tx, actor: Actor, projectId: string): Promise<Next | null> {
  const rows = await tx.$queryRaw<Next[]>`
    SELECT r."id", r."articleId", r."status"::text AS "status", r."version"
      FROM "Review" r
      JOIN "Article" a ON a."id" = r."articleId" AND ${current} AND (a."state" = 'OPEN' OR r."training")
      LEFT JOIN "Batch" b ON b."id" = a."batchId"
     WHERE r."reviewerId" = ${actor.userId}::uuid AND r."projectId" = ${projectId}::uuid AND r."deletedAt" IS NULL
       AND r."status" IN ('IN_PROGRESS', 'ASSIGNED')
     ORDER BY r."status" = 'IN_PROGRESS' DESC, coalesce(b."priority", 0) DESC, b."deadline" NULLS LAST, r."assignedAt", r."id" LIMIT 1`;
  return rows[0] ?? null;
}

/** Training is on settled articles and needs no place; elsewhere an article takes as many reviews as it is to have. */
const inLane = ({ batchId, wanted, training }: Lane, actor: Actor, projectId: string) => Prisma.sql`
  a."projectId" = ${projectId}::uuid AND ${current}
  AND ${batchId === null ? Prisma.sql`a."batchId" IS NULL` : Prisma.sql`a."batchId" = ${batchId}::uuid`}
  AND ${training ? Prisma.sql`a."state" = 'SETTLED'` : Prisma.sql`a."state" = 'OPEN' AND NOT a."closedEarly" AND a."taken" < gloss_wanted(a."single", a."more", ${wanted}::int, 1)`}
  AND NOT EXISTS (SELECT 1 FROM "Review" o WHERE o."articleId" = a."id" AND o."reviewerId" = ${actor.userId}::uuid)`;

/** The lanes that the actor may work in, the most urgent first. */
const lanesOf = (tx: Tx, actor: Actor, projectId: string) => tx.$queryRaw<Lane[]>`
  SELECT l."batchId", l."wanted", l."training" FROM (
    SELECT b."id" AS "batchId", coalesce(b."reviewersPerArticle", p."reviewersPerArticle") AS "wanted",
           b."purpose" = 'training' AS "training", b."priority", b."deadline"
      FROM "Batch" b JOIN "Project" p ON p."id" = b."projectId"
      LEFT JOIN "Member" m ON m."projectId" = p."id" AND m."userId" = ${actor.userId}::uuid
     WHERE b."projectId" = ${projectId}::uuid AND (${actor.userId}::uuid = ANY (b."people")
        OR (coalesce(b."people", '{}') = '{}' AND (b."purpose" <> 'training' OR coalesce(m."trainee", false))))
    UNION ALL
    SELECT NULL, "reviewersPerArticle", false, 0, NULL FROM "Project" WHERE "id" = ${projectId}::uuid) l
  ORDER BY l."priority" DESC, l."deadline" NULLS LAST, l."batchId" NULLS LAST`;

/** Locks and answers the article to review next. An index gives it, however many articles and batches there are. */
async function takeArticle(tx: Tx, actor: Actor, projectId: string, passOver: boolean): Promise<string | null> {
  for (const lane of await lanesOf(tx, actor, projectId)) {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT a."id" FROM "Article" a WHERE ${inLane(lane, actor, projectId)}
       ORDER BY a."taken" DESC, a."position" LIMIT 1
         FOR NO KEY UPDATE OF a ${passOver ? Prisma.sql`SKIP LOCKED` : Prisma.empty}`;
    if (rows[0]) return rows[0].id;
  }
  return null;
}

const WHY: Readonly<Record<EmptyReason, string>> = {
  "no-articles": "There are no articles yet. An editor of the project can import some.",
  "none-open": "Every article of the project is settled or with the adjudicators. An editor can import more.",
  "all-taken": "Every open article has its reviewers. An editor can import more, or ask for more reviewers an article.",
  "kept-for-others": "The articles that still wait are in batches for other people. An editor can add you to one.",
  "all-yours":
    "You have had every article that still lacks a review. Others will take them, or an editor can import more.",
  "not-a-reviewer": "Your role here does not review. An editor can make you a reviewer.",
};

type ItemRow = Omit<QueueItem, "at" | "deadline"> & { readonly at: Date; readonly deadline: Date | null };

const SUBMITTED_SHOWN = 50;

/** The page of one's own work; nothing of what others marked, and of others' progress only whether an article still lacks someone. */
export const queueOverview = (actor: Actor, projectId: string): Promise<Result<QueueOverview>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.see");
    if (!may.ok) return may;
    const items = await ownItems(tx, actor, projectId);
    const of = (status: OwnReview) => items.filter((item) => item.status === status);
    const takes = canProject(actor, "queue.take", may.value);
    const waiting = takes ? await countWaiting(tx, actor, projectId) : 0;
    const empty = waiting > 0 ? null : takes ? await whyEmpty(tx, actor, projectId) : "not-a-reviewer";
    const [total] = await tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS "count" FROM "Review" r JOIN "Article" a ON a."id" = r."articleId" AND ${current}
       WHERE r."reviewerId" = ${actor.userId}::uuid AND r."projectId" = ${projectId}::uuid AND r."deletedAt" IS NULL
         AND r."status" = 'SUBMITTED'`;
    return ok({
      inProgress: of("IN_PROGRESS"),
      assigned: of("ASSIGNED"),
      submitted: of("SUBMITTED").toSorted((a, b) => (a.at < b.at ? 1 : -1)),
      skipped: of("SKIPPED"),
      submittedTotal: total?.count ?? 0,
      waiting,
      empty,
      why: empty && WHY[empty],
    });
  });

async function ownItems(tx: Tx, actor: Actor, projectId: string): Promise<QueueItem[]> {
  const rows = await tx.$queryRaw<ItemRow[]>`
    SELECT * FROM (
      SELECT r."id" AS "reviewId", r."articleId", a."title", a."outlet", r."status"::text AS "status",
             coalesce(r."submittedAt", r."startedAt", r."assignedAt") AS "at", b."deadline", b."name" AS "batch", r."sentBackComment",
             r."skipReason", a."state" = 'SETTLED' AND (r."status" = 'SUBMITTED' OR NOT r."training") AS "settled", r."training",
             a."state" <> 'OPEN' AND NOT r."training" AND r."status" IN ('ASSIGNED', 'IN_PROGRESS') AS "late", coalesce(b."priority", 0) AS "priority",
             row_number() OVER (PARTITION BY r."status" ORDER BY coalesce(r."submittedAt", r."assignedAt") DESC) AS "place"
        FROM "Review" r
        JOIN "Article" a ON a."id" = r."articleId" AND a."deletedAt" IS NULL AND (NOT a."superseded" OR r."status" = 'SUBMITTED')
        LEFT JOIN "Batch" b ON b."id" = a."batchId"
       WHERE r."reviewerId" = ${actor.userId}::uuid AND r."projectId" = ${projectId}::uuid AND r."deletedAt" IS NULL) own
     WHERE own."place" <= ${SUBMITTED_SHOWN} OR own."status" IN ('ASSIGNED', 'IN_PROGRESS')
     ORDER BY own."priority" DESC, own."deadline" NULLS LAST, own."at", own."reviewId"`;
  return rows.map(
    ({
      at,
      deadline,
      reviewId,
      articleId,
      title,
      outlet,
      status,
      batch,
      sentBackComment,
      skipReason,
      settled,
      late,
      training,
    }) => ({
      reviewId,
      articleId,
      title,
      outlet,
      status,
      at: at.toISOString(),
      deadline: deadline?.toISOString() ?? null,
      batch,
      sentBackComment,
      skipReason,
      settled,
      late,
      training,
    }),
  );
}

async function countWaiting(tx: Tx, actor: Actor, projectId: string): Promise<number> {
  let waiting = 0;
  for (const lane of await lanesOf(tx, actor, projectId)) {
    const [row] = await tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS "count" FROM "Article" a WHERE ${inLane(lane, actor, projectId)}`;
    waiting += row?.count ?? 0;
  }
  return waiting;
}

async function whyEmpty(tx: Tx, actor: Actor, projectId: string): Promise<EmptyReason> {
  const [found] = await tx.$queryRaw<{ any: boolean; open: boolean; lacking: boolean; mine: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "Article" a WHERE a."projectId" = p."id" AND ${current}) AS "any",
           EXISTS (SELECT 1 FROM "Article" a WHERE a."projectId" = p."id" AND ${current} AND a."state" = 'OPEN') AS "open",
           EXISTS (SELECT 1 FROM "Article" a LEFT JOIN "Batch" b ON b."id" = a."batchId"
                    WHERE a."projectId" = p."id" AND ${current} AND a."state" = 'OPEN' AND NOT a."closedEarly"
                      AND a."taken" < gloss_wanted(a."single", a."more", b."reviewersPerArticle", p."reviewersPerArticle")) AS "lacking",
           EXISTS (SELECT 1 FROM "Article" a LEFT JOIN "Batch" b ON b."id" = a."batchId"
                     JOIN "Review" o ON o."articleId" = a."id" AND o."reviewerId" = ${actor.userId}::uuid
                    WHERE a."projectId" = p."id" AND ${current} AND a."state" = 'OPEN' AND NOT a."closedEarly"
                      AND a."taken" < gloss_wanted(a."single", a."more", b."reviewersPerArticle", p."reviewersPerArticle")) AS "mine"
      FROM "Project" p WHERE p."id" = ${projectId}::uuid`;
  if (!found?.any) return "no-articles";
  if (!found.open) return "none-open";
  if (!found.lacking) return "all-taken";
  return found.mine ? "all-yours" : "kept-for-others";
}
