/** Projects in the bin: out of everyone's sight at once, whole, and back for 30 days; then purge.ts takes them away. */
import type { Actor, Role } from "../access/actor";
import { canProject } from "../access/can";
import { notFound, ok, type Result, refuse } from "../result";
import { forbidden, isId, projectFor } from "./access";
import { record } from "./audit";
import { BIN_DAYS } from "./bin";
import { laterOpen } from "./current";
import { prisma, type Tx, transaction } from "./db";
import type { Affected } from "./overview.schema";
import { getProject, type ProjectView } from "./projects";

type Binned = {
  readonly id: string;
  readonly name: string;
  readonly roles: Role[];
  readonly blind: boolean;
  readonly adjudicateOwn: boolean;
  readonly deletedAt: Date;
  readonly until: Date;
  readonly expired: boolean;
  readonly articles: number;
};

export type BinnedProject = {
  readonly id: string;
  readonly name: string;
  readonly articles: number;
  readonly deletedAt: string;
  /** When it is purged. */
  readonly until: string;
};

/** Those that the actor may bring back, the latest deleted first. */
export async function listBinnedProjects(actor: Actor): Promise<Result<{ readonly items: readonly BinnedProject[] }>> {
  const rows = await binned(prisma(), actor, null);
  return ok({
    items: rows
      .filter((row) => !row.expired && canProject(actor, "project.oversee", { ...row, projectId: row.id }))
      .map(({ id, name, articles, deletedAt, until }) => ({
        ...{ id, name, articles },
        deletedAt: deletedAt.toISOString(),
        until: until.toISOString(),
      })),
  });
}

const binned = (tx: Pick<Tx, "$queryRaw">, actor: Actor, projectId: string | null) => tx.$queryRaw<Binned[]>`
  SELECT p."id", p."name", coalesce(m."roles"::text[], '{}') AS "roles", p."blind", p."adjudicateOwn", p."deletedAt",
         p."deletedAt" + make_interval(days => ${BIN_DAYS}::int) AS "until",
         p."deletedAt" <= now() - make_interval(days => ${BIN_DAYS}::int) AS "expired",
         (SELECT count(*)::int FROM "Article" a WHERE a."projectId" = p."id" AND (a."deletedAt" IS NULL OR a."deletedAt" >= p."deletedAt")) AS "articles"
    FROM "Project" p LEFT JOIN "Member" m ON m."projectId" = p."id" AND m."userId" = ${actor.userId}::uuid
   WHERE p."deletedAt" IS NOT NULL AND (${projectId}::uuid IS NULL OR p."id" = ${projectId}::uuid)
     AND (${actor.isAdmin} OR 'EDITOR' = ANY (m."roles"::text[]))
   ORDER BY p."deletedAt" DESC, p."id" LIMIT 200`;

async function inBin(tx: Tx, actor: Actor, projectId: string): Promise<Binned | null> {
  if (!isId(projectId)) return null;
  await tx.$queryRaw`SELECT 1 FROM "Project" WHERE "id" = ${projectId}::uuid FOR UPDATE`;
  const [row] = await binned(tx, actor, projectId);
  return row && canProject(actor, "project.oversee", { ...row, projectId }) ? row : null;
}

const mayEdit = (actor: Actor, row: Binned) => canProject(actor, "project.edit", { ...row, projectId: row.id });

/** Puts a project into the bin; one that is there already stays there. Refuses: not-found, forbidden. */
export const deleteProject = (actor: Actor, projectId: string): Promise<Result<null>> =>
  transaction(async (tx) => {
    const there = await inBin(tx, actor, projectId);
    if (there) return mayEdit(actor, there) ? ok(null) : forbidden();
    const may = await projectFor(tx, actor, projectId, "project.edit");
    if (!may.ok) return may;
    await tx.$executeRaw`UPDATE "Project" SET "deletedAt" = now() WHERE "id" = ${projectId}::uuid`;
    await record(tx, actor, { projectId }, { type: "project.deleted", projectId });
    return ok(null);
  });

/** Brings a project back as it was; one that is not in the bin stays as it is. Refuses: not-found, forbidden, conflict (past its 30 days). */
export async function restoreProject(actor: Actor, projectId: string): Promise<Result<ProjectView>> {
  const restored = await transaction(async (tx) => {
    const there = await inBin(tx, actor, projectId);
    if (!there) return projectFor(tx, actor, projectId, "project.edit");
    if (!mayEdit(actor, there)) return forbidden();
    if (there.expired)
      return refuse(
        "conflict",
        `The project was deleted more than ${BIN_DAYS} days ago and can no longer be restored.`,
      );
    await tx.$executeRaw`UPDATE "Project" SET "deletedAt" = NULL WHERE "id" = ${projectId}::uuid`;
    await record(tx, actor, { projectId }, { type: "project.restored", projectId });
    return ok(null);
  });
  return restored.ok ? getProject(actor, projectId) : restored;
}

/**
 * What lies in a project, or in one article of it, and would go into the bin with it; for whoever may put it there. What others have done in
 * articles that the actor reviews is left out: each of those counts moves with what they do.
 */
export const affectedBy = (actor: Actor, projectId: string, articleId: string | null): Promise<Result<Affected>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.oversee");
    if (!may.ok) return may;
    const [row] = await tx.$queryRaw<Affected[]>`
      WITH "of" AS (SELECT "id" FROM "Article" WHERE "projectId" = ${projectId}::uuid AND "deletedAt" IS NULL
                     AND (${articleId}::uuid IS NULL OR "id" = ${articleId}::uuid)),
           "hidden" AS (SELECT o."articleId" FROM "Review" o JOIN "Article" a ON a."id" = o."articleId"
                         WHERE o."projectId" = ${projectId}::uuid AND o."reviewerId" = ${actor.userId}::uuid AND o."deletedAt" IS NULL
                           AND o."status" IN ('ASSIGNED', 'IN_PROGRESS') AND (o."training" OR (${may.value.blind} AND a."state" <> 'SETTLED'))
                        UNION SELECT a."id" FROM "Article" a
                         WHERE a."projectId" = ${projectId}::uuid AND ${may.value.blind} AND ${laterOpen(actor.userId)}),
           "seen" AS (SELECT "id" FROM "of" WHERE "id" NOT IN (SELECT "articleId" FROM "hidden")),
           "reviews" AS (SELECT r."status", r."reviewerId", "of"."id" IN (SELECT "id" FROM "seen") AS "seen" FROM "Review" r JOIN "of" ON "of"."id" = r."articleId" WHERE r."deletedAt" IS NULL)
      SELECT (SELECT count(*)::int FROM "of") AS "articles",
             (SELECT count(*)::int FROM "reviews" WHERE "status" IN ('ASSIGNED', 'IN_PROGRESS')) AS "openReviews",
             (SELECT count(DISTINCT "reviewerId")::int FROM "reviews" WHERE "status" IN ('ASSIGNED', 'IN_PROGRESS')) AS "people",
             (SELECT count(*)::int FROM "reviews" WHERE "status" = 'SUBMITTED' AND ("seen" OR "reviewerId" = ${actor.userId}::uuid)) AS "submitted",
             (SELECT count(*)::int FROM "Decision" d JOIN "seen" ON "seen"."id" = d."articleId" WHERE d."live") AS "decisions",
             (SELECT count(*)::int FROM "GoldSpan" g JOIN "seen" ON "seen"."id" = g."articleId") AS "goldSpans",
             (SELECT count(*)::int FROM "Link" l JOIN "Span" s ON s."id" = l."toId" JOIN "of" ON "of"."id" = s."articleId"
                JOIN "Review" r ON r."id" = l."reviewId" AND r."articleId" <> s."articleId" AND (r."reviewerId" = ${actor.userId}::uuid
                 OR (s."articleId" IN (SELECT "id" FROM "seen") AND r."articleId" NOT IN (SELECT "articleId" FROM "hidden")))
               WHERE ${articleId}::uuid IS NOT NULL AND l."projectId" = ${projectId}::uuid AND NOT l."removed") AS "linksFromOthers",
             (SELECT count(*)::int FROM "Release" WHERE "projectId" = ${projectId}::uuid AND "state" = 'READY') AS "releases"`;
    return row ? ok(row) : notFound();
  });
