/** Which marks and threads a person may see, as lib/access/can.ts says it (marks.see, thread.see), in SQL, because lists must not read what they do not show. */
import { Prisma } from "../../generated/prisma/client";
import type { Actor } from "../access/actor";
import { canProject, type ProjectFacts } from "../access/can";
import { laterOpen } from "./current";

const hers = (actor: Actor) =>
  Prisma.sql`SELECT 1 FROM "Review" o WHERE o."articleId" = a."id" AND o."reviewerId" = ${actor.userId}::uuid AND o."deletedAt" IS NULL`;

const unblinded = (
  actor: Actor,
  facts: ProjectFacts,
) => Prisma.sql`NOT (${facts.blind} AND ${laterOpen(actor.userId)}) AND NOT EXISTS (${hers(actor)} AND o."status" IN ('ASSIGNED', 'IN_PROGRESS')
    AND (o."training" OR (${facts.blind} AND a."state" <> 'SETTLED')))`;

/** Over a (the article): whether the actor may see others' marks there, as `marks.see` says it. */
export function visibleMarks(actor: Actor, facts: ProjectFacts): Prisma.Sql {
  const open = unblinded(actor, facts);
  if (canProject(actor, "articles.list", facts)) return open;
  return Prisma.sql`${open} AND a."state" = 'SETTLED'
    AND (${facts.roles.includes("VIEWER")} OR (${facts.roles.includes("REVIEWER")} AND EXISTS (${hers(actor)})))`;
}

/** Over t (the thread) and a (its article) of one project. */
export const visibleThreads = (
  actor: Actor,
  facts: ProjectFacts,
): Prisma.Sql => Prisma.sql`((${visibleMarks(actor, facts)})
  OR (${facts.roles.includes("REVIEWER")} AND ${unblinded(actor, facts)} AND a."state" <> 'OPEN' AND EXISTS (${hers(actor)} AND o."status" = 'SUBMITTED')
      AND EXISTS (SELECT 1 FROM "ThreadGuest" g WHERE g."threadId" = t."id" AND g."userId" = ${actor.userId}::uuid)))`;
