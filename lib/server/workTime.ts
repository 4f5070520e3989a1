/**
 * How long a reviewer works, for the reviewer alone: no other use case, export or page reads it, and the audit says nothing of it.
 * The screen counts, the server bounds: no report can be longer than the time since the one before it.
 */
import type { Actor } from "../access/actor";
import { notFound, ok, type Result } from "../result";
import { reviewFor } from "./access";
import { transaction } from "./db";
import type { Day, DayInput, WorkInput } from "./workTime.schema";

/** Adds to the day that it is now in `zone`. Answers the seconds on this review altogether. */
export const addWork = (
  actor: Actor,
  reviewId: string,
  { seconds, zone }: WorkInput,
): Promise<Result<{ readonly seconds: number }>> =>
  transaction(async (tx) => {
    const may = await reviewFor(tx, actor, reviewId, "annotate");
    if (!may.ok) return may;
    await tx.$executeRaw`
      INSERT INTO "WorkTime" AS w ("reviewId", "day", "projectId", "seconds", "reportedAt")
      SELECT r."id", (now() AT TIME ZONE ${zone})::date, r."projectId",
             least(${seconds}::int, extract(epoch FROM now() - coalesce(
               (SELECT max(o."reportedAt") FROM "WorkTime" o WHERE o."reviewId" = r."id"), r."assignedAt"))::int), now()
        FROM "Review" r WHERE r."id" = ${reviewId}::uuid
      ON CONFLICT ("reviewId", "day") DO UPDATE
         SET "seconds" = w."seconds" + least(EXCLUDED."seconds", extract(epoch FROM now() - w."reportedAt")::int), "reportedAt" = now()`;
    const [sum] = await tx.$queryRaw<{ seconds: number }[]>`
      SELECT sum("seconds")::int AS "seconds" FROM "WorkTime" WHERE "reviewId" = ${reviewId}::uuid`;
    return sum ? ok(sum) : notFound();
  });

/** What the caller did today, in one project or in all of theirs; by a token that is bound to a project, in that one. */
export const ownDay = (actor: Actor, { zone, project }: DayInput): Promise<Result<Day>> =>
  transaction(async (tx) => {
    const bound = actor.via.kind === "token" ? actor.via.projectId : null;
    const only = bound ?? project ?? null;
    const [row] = await tx.$queryRaw<Day[]>`
      WITH today AS (SELECT (now() AT TIME ZONE ${zone})::date AS "day"),
           own AS (SELECT r."id", r."status" = 'SUBMITTED' AND (r."submittedAt" AT TIME ZONE ${zone})::date = t."day" AS "done"
                     FROM "Review" r, today t
                    WHERE r."reviewerId" = ${actor.userId}::uuid AND r."deletedAt" IS NULL
                      AND (${only}::uuid IS NULL OR r."projectId" = ${only}::uuid))
      SELECT t."day"::text AS "day",
             (SELECT count(*)::int FROM own WHERE own."done") AS "submitted",
             (SELECT count(*)::int FROM "Span" s JOIN own ON own."id" = s."reviewId" WHERE own."done" AND NOT s."removed") AS "spans",
             (SELECT coalesce(sum(w."seconds"), 0)::int FROM "WorkTime" w JOIN own ON own."id" = w."reviewId" WHERE w."day" = t."day") AS "seconds"
        FROM today t`;
    return row ? ok(row) : notFound();
  });
