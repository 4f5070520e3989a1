/**
 * Spans of other articles that a link may end in: the asker's own, and gold of settled articles, which is what `changes` takes for an end.
 * Of others' marks nothing, before settlement or after.
 */
import { Prisma } from "../../generated/prisma/client";
import type { Actor } from "../access/actor";
import { ok, type Result } from "../result";
import { projectFor } from "./access";
import { current } from "./current";
import { type Tx, transaction } from "./db";
import type { Page } from "./paging";
import { limitOf } from "./paging";
import type { Target, TargetQuery } from "./targets.schema";

/** Code points of a quote that are answered. */
const QUOTE = 300;

/** Case, quotes and no-break spaces made equal, as far as SQL can; the words sought are made so too. */
const folded = (column: Prisma.Sql) => Prisma.sql`translate(lower(${column}), ${"\u00a0\u202f‘’“”"}, ${"  ''\"\""})`;
const escaped = (words: string) => `%${words.trim().replace(/[\\%_]/g, "\\$&")}%`;

const own = (actor: Actor, projectId: string) => Prisma.sql`
  SELECT s."id", s."label", s."quote", s."start", s."end", s."articleId", false AS "gold", s."updatedAt" AS "at"
    FROM "Review" w JOIN "Span" s ON s."reviewId" = w."id" AND NOT s."removed"
   WHERE w."projectId" = ${projectId}::uuid AND w."reviewerId" = ${actor.userId}::uuid AND w."deletedAt" IS NULL`;

const gold = (actor: Actor, projectId: string) => Prisma.sql`
  SELECT g."id", g."label", g."quote", g."start", g."end", g."articleId", true AS "gold", NULL::timestamptz AS "at"
    FROM "GoldSpan" g JOIN "Article" h ON h."id" = g."articleId" AND h."state" = 'SETTLED'
   WHERE g."projectId" = ${projectId}::uuid
     AND NOT EXISTS (SELECT 1 FROM "Review" o WHERE o."articleId" = h."id" AND o."reviewerId" = ${actor.userId}::uuid AND o."training"
                        AND o."deletedAt" IS NULL AND o."status" IN ('ASSIGNED', 'IN_PROGRESS'))`;

async function read(
  tx: Tx,
  actor: Actor,
  projectId: string,
  where: Prisma.Sql,
  limit: number,
): Promise<readonly Target[]> {
  return tx.$queryRaw<Target[]>`
    SELECT f."id", f."label", left(coalesce(f."quote", substring(t."body", f."start" + 1, f."end" - f."start")), ${QUOTE}) AS "quote",
           f."articleId", a."title" AS "articleTitle", f."gold", a."superseded"
      FROM (${own(actor, projectId)} UNION ALL ${gold(actor, projectId)}) f
      JOIN "Article" a ON a."id" = f."articleId" AND a."deletedAt" IS NULL
      JOIN "ArticleText" t ON t."id" = a."textId"
     WHERE ${where}
     ORDER BY f."gold", f."at" DESC NULLS LAST, a."title", f."start", f."id"
     LIMIT ${limit}`;
}

/** The newest of one's own first, then gold; at most `limit`, without a further page: more words find the rest. */
export const listTargets = (actor: Actor, projectId: string, query: TargetQuery): Promise<Result<Page<Target>>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "export.own");
    if (!may.ok) return may;
    const words = (query.q ?? "")
      .toLowerCase()
      .replace(/[\u00a0\u202f]/g, " ")
      .replace(/[‘’]/g, "'")
      .replace(/[“”]/g, '"');
    const labels = query.labels?.split(",").filter((l) => l !== "");
    const conditions = [
      current, // a link that is made now ends in what is worked on; one that was made before stays where it was made
      ...(query.except ? [Prisma.sql`f."articleId" <> ${query.except}::uuid`] : []),
      ...(labels ? [Prisma.sql`f."label" = ANY (${labels})`] : []),
      ...(words.trim() === ""
        ? []
        : [
            Prisma.sql`(${folded(Prisma.sql`coalesce(f."quote", substring(t."body", f."start" + 1, f."end" - f."start"))`)} LIKE ${escaped(words)}
                     OR ${folded(Prisma.sql`a."title"`)} LIKE ${escaped(words)})`,
          ]),
    ];
    return ok({
      items: await read(tx, actor, projectId, Prisma.join(conditions, " AND "), limitOf({ limit: query.limit ?? 30 })),
      nextCursor: null,
    });
  });

/** Those of some ids that the actor may know of: the far ends of a review's links. */
export const targetsById = async (
  tx: Tx,
  actor: Actor,
  projectId: string,
  ids: readonly string[],
): Promise<readonly Target[]> =>
  ids.length === 0 ? [] : read(tx, actor, projectId, Prisma.sql`f."id" = ANY (${[...ids]}::uuid[])`, ids.length);
