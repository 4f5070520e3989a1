/** Reviews that lie idle: listed for editors by the project's policy, and taken back in one act. What was marked in them is kept in the bin. */
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { ok, type Result } from "../result";
import { projectFor } from "./access";
import { record } from "./audit";
import type { idlePage, idleQuery, reclaimBody, reclaimedView } from "./batches.schema";
import { bulkOf } from "./bulk";
import { refreshCases } from "./cases-refresh";
import { current } from "./current";
import { type Tx, transaction } from "./db";
import { decodeCursor, limitOf, page } from "./paging";
import { lockArticle } from "./reviews";

type Idle = z.infer<typeof idlePage>;

type Row = Omit<Idle["items"][number], "lastAt"> & { readonly lastAt: Date };

/**
 * Oldest first. Of an article that the asker reviews nothing is listed: how long another's review rests tells whether it was begun.
 * Empty when neither the policy nor the query says how many days.
 */
export const idleReviews = (
  actor: Actor,
  projectId: string,
  input: z.infer<typeof idleQuery> = {},
): Promise<Result<Idle>> =>
  transaction<Idle>(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.oversee");
    if (!may.ok) return may;
    const project = await tx.project.findUniqueOrThrow({ where: { id: projectId }, select: { idleDays: true } });
    const days = input.days ?? project.idleDays;
    const after = decodeCursor("idle", ["time", "uuid"], input.cursor);
    if (!after.ok) return after;
    if (days === null) return ok({ items: [], nextCursor: null, days });
    const [at = null, id = null] = after.value ?? [];
    const limit = limitOf(input);
    const rows = await read(tx, actor, projectId, { days, at, id, only: null, limit: limit + 1 });
    const listed = page(rows, limit, "idle", (row) => [row.lastAt.toISOString(), row.id]);
    return ok({ ...listed, items: listed.items.map((row) => ({ ...row, lastAt: row.lastAt.toISOString() })), days });
  });

type Which = {
  readonly days: number;
  readonly at: string | number | null;
  readonly id: string | number | null;
  readonly only: readonly string[] | null;
  readonly limit: number;
};

const read = (tx: Tx, actor: Actor, projectId: string, { days, at, id, only, limit }: Which): Promise<Row[]> =>
  tx.$queryRaw<Row[]>`
    SELECT i.*, floor(extract(epoch FROM now() - i."lastAt") / 86400)::int AS "days" FROM (
      SELECT r."id", r."articleId", a."title", r."reviewerId", u."name" AS "reviewer", r."status"::text AS "status",
             date_trunc('milliseconds', greatest(r."assignedAt", r."startedAt", r."reopenedAt",
               (SELECT max(c."at") FROM "Change" c WHERE c."reviewId" = r."id" AND c."projectId" = r."projectId"))) AS "lastAt"
        FROM "Review" r JOIN "Article" a ON a."id" = r."articleId" AND ${current} JOIN "User" u ON u."id" = r."reviewerId"
        LEFT JOIN "Review" own ON own."articleId" = a."id" AND own."reviewerId" = ${actor.userId}::uuid AND own."deletedAt" IS NULL
       WHERE r."projectId" = ${projectId}::uuid AND r."deletedAt" IS NULL AND r."status" IN ('ASSIGNED', 'IN_PROGRESS')
         AND r."assignedAt" <= now() - make_interval(days => ${days}::int)
         AND (${only === null} OR r."id" = ANY (${[...(only ?? [])]}::uuid[]))
         AND (own."id" IS NULL OR own."id" = r."id" OR own."status" NOT IN ('ASSIGNED', 'IN_PROGRESS'))) i
     WHERE i."lastAt" <= now() - make_interval(days => ${days}::int)
       AND (${id}::text IS NULL OR (i."lastAt", i."id"::text) > (${at}::timestamptz, ${id}::text))
     ORDER BY i."lastAt", i."id"::text LIMIT ${limit}`;

/** Takes back those that still lie idle by the policy; one that moved meanwhile is left alone and named. The articles go back to the queue. */
export const reclaimReviews = (
  actor: Actor,
  projectId: string,
  { reviews }: z.infer<typeof reclaimBody>,
): Promise<Result<z.infer<typeof reclaimedView>>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit");
    if (!may.ok) return may;
    const { idleDays } = await tx.project.findUniqueOrThrow({ where: { id: projectId }, select: { idleDays: true } });
    const which = { days: idleDays ?? 1, at: null, id: null, only: reviews, limit: reviews.length };
    const articles = (await read(tx, actor, projectId, which)).map((row) => row.articleId).sort();
    for (const articleId of new Set(articles)) await lockArticle(tx, articleId);
    const idle = await read(tx, actor, projectId, which);
    for (const { id, articleId, reviewerId } of idle) {
      await tx.$executeRaw`UPDATE "Review" SET "deletedAt" = now() WHERE "id" = ${id}::uuid`;
      await record(tx, actor, { projectId }, { type: "review.reclaimed", reviewId: id, articleId, reviewerId });
    }
    await refreshCases(
      bulkOf(tx),
      idle.map((row) => row.articleId),
    );
    const reclaimed = idle.map((row) => row.id);
    return ok({ reclaimed, kept: reviews.filter((id) => !reclaimed.includes(id)) });
  });
