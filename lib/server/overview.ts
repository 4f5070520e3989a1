/** How far a project is, for those who see all of its articles. One query for any number of projects. */
import type { Actor, Role } from "../access/actor";
import { canArticle, canProject } from "../access/can";
import { notFound, ok, type Result } from "../result";
import { articleFor, projectFacts, projectFor } from "./access";
import { current } from "./current";
import { prisma, transaction } from "./db";
import type { Overview, Progress, ProjectRights } from "./overview.schema";

type Row = { readonly projectId: string; readonly state: "OPEN" | "ADJUDICATION" | "SETTLED"; readonly count: number };

async function countArticles(projectIds: readonly string[]): Promise<ReadonlyMap<string, Progress>> {
  const rows = await prisma().$queryRaw<Row[]>`
    SELECT "projectId", "state"::text AS "state", count(*)::int AS "count" FROM "Article"
     WHERE "projectId" = ANY (${[...projectIds]}::uuid[]) AND "deletedAt" IS NULL AND NOT "superseded" GROUP BY "projectId", "state"`;
  const counts = new Map<string, { open: number; adjudication: number; settled: number }>();
  for (const row of rows) {
    const progress = counts.get(row.projectId) ?? { open: 0, adjudication: 0, settled: 0 };
    counts.set(row.projectId, progress);
    progress[row.state === "OPEN" ? "open" : row.state === "ADJUDICATION" ? "adjudication" : "settled"] = row.count;
  }
  return counts;
}

/** Of those projects whose every article the actor may see; the states of articles are not for reviewers to learn from. */
export async function progressOf(
  actor: Actor,
  projects: readonly { readonly id: string; readonly roles: readonly Role[] }[],
): Promise<ReadonlyMap<string, Progress>> {
  const seen = projects.filter((one) =>
    canProject(actor, "articles.list", { projectId: one.id, roles: one.roles, blind: true, adjudicateOwn: false }),
  );
  const counts = await countArticles(seen.map((one) => one.id));
  return new Map(seen.map((one) => [one.id, counts.get(one.id) ?? { open: 0, adjudication: 0, settled: 0 }]));
}

/** For editors and adjudicators; of an article that they are reviewing they do not learn whether another has begun, nor its cases. */
export async function projectOverview(actor: Actor, projectId: string): Promise<Result<Overview>> {
  return transaction(async (tx) => {
    const facts = await projectFor(tx, actor, projectId, "articles.list");
    if (!facts.ok) return facts;
    const [row] = await tx.$queryRaw<
      {
        assigned: number;
        inProgress: number;
        submitted: number;
        open: number;
        decided: number;
        stale: number;
        orphaned: number;
        members: number;
      }[]
    >`
      WITH "hidden" AS (
        SELECT o."articleId" FROM "Review" o JOIN "Article" a ON a."id" = o."articleId"
         WHERE (o."training" OR (${facts.value.blind} AND a."state" <> 'SETTLED')) AND o."projectId" = ${projectId}::uuid AND o."reviewerId" = ${actor.userId}::uuid
           AND o."deletedAt" IS NULL AND o."status" IN ('ASSIGNED', 'IN_PROGRESS')),
      "begun" AS (
        SELECT r.*, r."status" = 'IN_PROGRESS' AND (r."reviewerId" = ${actor.userId}::uuid
               OR r."articleId" NOT IN (SELECT "articleId" FROM "hidden")) AS "seen"
          FROM "Review" r WHERE r."projectId" = ${projectId}::uuid AND r."deletedAt" IS NULL)
      SELECT r.*, c.*, (SELECT count(*)::int FROM "Member" WHERE "projectId" = ${projectId}::uuid) AS "members"
        FROM (SELECT count(*) FILTER (WHERE r."status" = 'ASSIGNED' OR (r."status" = 'IN_PROGRESS' AND NOT r."seen"))::int AS "assigned",
                     count(*) FILTER (WHERE r."seen")::int AS "inProgress",
                     count(*) FILTER (WHERE r."status" = 'SUBMITTED')::int AS "submitted"
                FROM "begun" r JOIN "Article" a ON a."id" = r."articleId" AND ${current}) r,
             (SELECT count(*) FILTER (WHERE c."status" = 'OPEN')::int AS "open", count(*) FILTER (WHERE c."status" = 'DECIDED')::int AS "decided",
                     count(*) FILTER (WHERE c."status" = 'STALE')::int AS "stale", count(*) FILTER (WHERE c."status" = 'ORPHANED')::int AS "orphaned"
                FROM "Case" c JOIN "Article" a ON a."id" = c."articleId" AND ${current} AND a."state" <> 'OPEN'
               WHERE c."projectId" = ${projectId}::uuid AND c."articleId" NOT IN (SELECT "articleId" FROM "hidden")) c`;
    if (!row) return notFound();
    const days = await tx.$queryRaw<{ day: string; submitted: number }[]>`
      SELECT to_char("submittedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "day", count(*)::int AS "submitted" FROM "Review"
       WHERE "projectId" = ${projectId}::uuid AND "deletedAt" IS NULL AND "status" = 'SUBMITTED' AND "submittedAt" IS NOT NULL
       GROUP BY 1 ORDER BY 1 DESC LIMIT 60`;
    const counts = await countArticles([projectId]);
    return ok({
      articles: counts.get(projectId) ?? { open: 0, adjudication: 0, settled: 0 },
      reviews: { assigned: row.assigned, inProgress: row.inProgress, submitted: row.submitted },
      cases: { open: row.open, decided: row.decided, stale: row.stale, orphaned: row.orphaned },
      members: row.members,
      days: days.reverse(),
    });
  });
}

/** What the actor may do in a project, for the navigation only: every use case asks for itself. */
export async function projectRights(actor: Actor, projectId: string): Promise<Result<ProjectRights>> {
  const facts = await projectFacts(prisma(), actor, projectId);
  if (!facts || !canProject(actor, "project.see", facts)) return notFound();
  return ok({
    edit: canProject(actor, "project.edit", facts),
    list: canProject(actor, "articles.list", facts),
    review: canProject(actor, "queue.take", facts),
    aggregates: canProject(actor, "agreement.aggregates", facts),
  });
}

/** Whether the actor may decide the article's cases, for showing the keys or not; the decision itself asks again. */
export const mayDecide = (actor: Actor, articleId: string): Promise<Result<boolean>> =>
  transaction(async (tx) => {
    const facts = await articleFor(tx, actor, articleId, "article.read");
    return facts.ok ? ok(canArticle(actor, "decide", facts.value)) : facts;
  });
