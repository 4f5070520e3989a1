/** How trainees do against gold, for the editor who passes them: the reviews of a project, or of one batch, that do not vote. */
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { ok, type Result } from "../result";
import { projectFor } from "./access";
import type { trainingPage, trainingQuery } from "./batches.schema";
import { current } from "./current";
import { transaction } from "./db";
import { diffOf } from "./gold-diff";
import { decodeCursor, limitOf, page } from "./paging";

type Training = z.infer<typeof trainingPage>;
type Row = Omit<Training["items"][number], "at" | "counts"> & {
  readonly at: Date;
  readonly state: "OPEN" | "ADJUDICATION" | "SETTLED";
};

/** A page is short: each submitted one is held against gold. */
const AT_ONCE = 25;

/** Newest first. Of an article that the asker reviews themselves nothing is listed. */
export const trainingReviews = (
  actor: Actor,
  projectId: string,
  input: z.infer<typeof trainingQuery> = {},
): Promise<Result<Training>> =>
  transaction<Training>(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.oversee");
    if (!may.ok) return may;
    const after = decodeCursor("training", ["time", "uuid"], input.cursor);
    if (!after.ok) return after;
    const [at = null, id = null] = after.value ?? [];
    const limit = Math.min(AT_ONCE, limitOf(input));
    const rows = await tx.$queryRaw<Row[]>`
      SELECT r."id", r."articleId", a."title", r."reviewerId", u."name" AS "reviewer", r."status"::text AS "status", a."state"::text AS "state",
             coalesce(r."submittedAt", r."startedAt", r."assignedAt") AS "at"
        FROM "Review" r JOIN "Article" a ON a."id" = r."articleId" AND ${current} JOIN "User" u ON u."id" = r."reviewerId"
        LEFT JOIN "Review" own ON own."articleId" = a."id" AND own."reviewerId" = ${actor.userId}::uuid AND own."deletedAt" IS NULL
       WHERE r."projectId" = ${projectId}::uuid AND r."training" AND r."deletedAt" IS NULL
         AND (${input.batch ?? null}::uuid IS NULL OR a."batchId" = ${input.batch ?? null}::uuid)
         AND (own."id" IS NULL OR own."status" NOT IN ('ASSIGNED', 'IN_PROGRESS'))
         AND (${id}::text IS NULL
           OR (coalesce(r."submittedAt", r."startedAt", r."assignedAt"), r."id"::text) < (${at}::timestamptz, ${id}::text))
       ORDER BY coalesce(r."submittedAt", r."startedAt", r."assignedAt") DESC, r."id"::text DESC LIMIT ${limit + 1}`;
    const listed = page(rows, limit, "training", (row) => [row.at.toISOString(), row.id]);
    const items: Training["items"] = [];
    for (const { state, ...row } of listed.items) {
      const diff =
        row.status === "SUBMITTED" && state === "SETTLED"
          ? await diffOf(tx, { reviewId: row.id, articleId: row.articleId, state, own: false })
          : null;
      items.push({ ...row, at: row.at.toISOString(), counts: diff?.ok ? diff.value.counts : null });
    }
    return ok({ items, nextCursor: listed.nextCursor });
  });
