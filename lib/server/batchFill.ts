/** Which articles a batch holds, and which of them its share takes. */
import type { z } from "zod";
import { Prisma } from "../../generated/prisma/client";
import type { Actor } from "../access/actor";
import { notFound, ok, type Result } from "../result";
import { fold } from "../text/fold";
import { projectFor } from "./access";
import { recordAll } from "./audit";
import type { fillBatchBody, filledView } from "./batches.schema";
import { bulkOf } from "./bulk";
import { refreshDue } from "./cases-refresh";
import { current } from "./current";
import { type Tx, transaction } from "./db";

type Filled = z.infer<typeof filledView>;
type Fill = z.infer<typeof fillBatchBody>;

const STATES = { open: "OPEN", adjudication: "ADJUDICATION", settled: "SETTLED" } as const;

/** As the list of articles filters; an article that the asker reviews counts as open there too, so that a filter tells nothing new of it. */
function chosen({ articles, filter = {} }: Fill): Prisma.Sql {
  if (articles) return Prisma.sql`a."id" = ANY (${articles}::uuid[])`;
  const q = fold(filter.q ?? "");
  const where = [
    ...(q === "" ? [] : [Prisma.sql`a."searchKey" LIKE ${`%${q.replace(/[\\%_]/g, "\\$&")}%`}`]),
    ...(filter.outlet ? [Prisma.sql`coalesce(a."outlet", '') = ${filter.outlet.trim()}`] : []),
    ...(filter.batch === "none" ? [Prisma.sql`a."batchId" IS NULL`] : []),
    ...(filter.batch && filter.batch !== "none" ? [Prisma.sql`a."batchId" = ${filter.batch}::uuid`] : []),
    ...(filter.status
      ? [
          Prisma.sql`(CASE WHEN p."blind" AND a."state" <> 'SETTLED' AND own."status" IN ('ASSIGNED', 'IN_PROGRESS') THEN 'OPEN'
            ELSE a."state" END) = ${STATES[filter.status]}::"ArticleState"`,
        ]
      : []),
  ];
  return where.length > 0 ? Prisma.join(where, " AND ") : Prisma.sql`true`;
}

/**
 * Puts articles into a batch, or takes them out; each that moves is recorded. Articles of no other project are ever touched. Those that are
 * not settled stay out of a training batch. Refuses: not-found, forbidden.
 */
export const fillBatch = (actor: Actor, projectId: string, batchId: string, input: Fill): Promise<Result<Filled>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit");
    if (!may.ok) return may;
    const batch = await tx.batch.findFirst({ where: { id: batchId, projectId }, select: { purpose: true } });
    if (!batch) return notFound();
    const { remove, dryRun } = input;
    const rows = await tx.$queryRaw<{ id: string; fits: boolean }[]>`
      SELECT a."id", ${remove} OR ${batch.purpose !== "training"} OR a."state" = 'SETTLED' AS "fits"
        FROM "Article" a JOIN "Project" p ON p."id" = a."projectId"
        LEFT JOIN "Review" own ON own."articleId" = a."id" AND own."reviewerId" = ${actor.userId}::uuid AND own."deletedAt" IS NULL
       WHERE a."projectId" = ${projectId}::uuid AND ${current} AND ${chosen(input)}
         AND (a."batchId" IS NOT DISTINCT FROM ${batchId}::uuid) = ${remove}
       ORDER BY a."id" ${dryRun ? Prisma.empty : Prisma.sql`FOR NO KEY UPDATE OF a`}`;
    const ids = rows.flatMap((row) => (row.fits ? [row.id] : []));
    const answer = { dryRun, moved: ids.length, refused: rows.length - ids.length };
    if (dryRun || ids.length === 0) return ok(answer);
    await tx.$executeRaw`
      UPDATE "Article" SET "batchId" = ${remove ? null : batchId}::uuid, "single" = NULL, "version" = "version" + 1
       WHERE "id" = ANY (${ids}::uuid[])`;
    const event = { type: "article.changed", fields: ["batchId"] } as const;
    await recordAll(
      bulkOf(tx),
      actor,
      ids.map((articleId) => ({ stream: { projectId }, event: { ...event, articleId } })),
    );
    await drawShare(tx, batchId);
    await refreshDue(tx, projectId);
    return ok(answer);
  });

/**
 * Draws, at random but for good, which of the batch's articles get its number of reviewers; the others get one. Those drawn before stay,
 * and of the new ones as many are drawn as the share lacks.
 */
export async function drawShare(tx: Tx, batchId: string): Promise<void> {
  await tx.$executeRaw`
    WITH b AS (SELECT "id", "share" FROM "Batch" WHERE "id" = ${batchId}::uuid AND "share" IS NOT NULL),
    lacking AS (
      SELECT greatest(0, round(b."share" * count(*) / 100.0) - count(*) FILTER (WHERE a."single" = false)) AS "count"
        FROM b JOIN "Article" a ON a."batchId" = b."id" AND ${current} GROUP BY b."share"),
    fresh AS (
      SELECT a."id", row_number() OVER (ORDER BY md5(a."id"::text || b."id"::text)) AS "place"
        FROM b JOIN "Article" a ON a."batchId" = b."id" AND ${current} AND a."single" IS NULL)
    UPDATE "Article" a SET "single" = f."place" > l."count" FROM fresh f, lacking l WHERE a."id" = f."id"`;
}

/** After a batch's share changed: what no second reviewer has begun is drawn anew. */
export async function drawAnew(tx: Tx, batchId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Article" a SET "single" = NULL FROM "Batch" b
     WHERE b."id" = ${batchId}::uuid AND a."batchId" = b."id" AND (b."share" IS NULL OR (a."state" = 'OPEN' AND a."taken" <= 1))`;
  await drawShare(tx, batchId);
}
