/** Which threads a person may see, as lib/access/can.ts says it (thread.see), in SQL, because lists must not read what they do not show. */
import { Prisma } from "../../generated/prisma/client";
import type { Actor } from "../access/actor";
import { canProject, type ProjectFacts } from "../access/can";

/** Over t (the thread) and a (its article) of one project. */
export function visibleThreads(actor: Actor, facts: ProjectFacts): Prisma.Sql {
  const own = Prisma.sql`SELECT 1 FROM "Review" o WHERE o."articleId" = a."id" AND o."reviewerId" = ${actor.userId}::uuid AND o."deletedAt" IS NULL`;
  const open = Prisma.sql`NOT EXISTS (${own} AND o."status" IN ('ASSIGNED', 'IN_PROGRESS')
    AND (o."training" OR (${facts.blind} AND a."state" <> 'SETTLED')))`;
  if (canProject(actor, "articles.list", facts)) return open;
  const reviewer = facts.roles.includes("REVIEWER");
  return Prisma.sql`${open} AND ((a."state" = 'SETTLED' AND (${facts.roles.includes("VIEWER")} OR (${reviewer} AND EXISTS (${own}))))
    OR (${reviewer} AND a."state" <> 'OPEN' AND EXISTS (${own} AND o."status" = 'SUBMITTED')
        AND EXISTS (SELECT 1 FROM "ThreadGuest" g WHERE g."threadId" = t."id" AND g."userId" = ${actor.userId}::uuid)))`;
}
