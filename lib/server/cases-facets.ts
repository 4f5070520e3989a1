/** What the queue of cases can be filtered by: for those who see every article of the project. */
import type { Actor } from "../access/actor";
import { ok, type Result } from "../result";
import { projectFor } from "./access";
import type { CaseFacets } from "./cases.schema";
import { transaction } from "./db";

/** So many outlets are offered; others are found by their address. */
const OUTLETS = 200;

export const caseFacets = (actor: Actor, projectId: string, articleId: string | null): Promise<Result<CaseFacets>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "articles.list");
    if (!may.ok) return may;
    const outlets = await tx.$queryRaw<{ outlet: string }[]>`
      SELECT DISTINCT "outlet" FROM "Article"
       WHERE "projectId" = ${projectId}::uuid AND "deletedAt" IS NULL AND "outlet" IS NOT NULL ORDER BY 1 LIMIT ${OUTLETS}`;
    const reviewers = await tx.$queryRaw<{ id: string; name: string }[]>`
      SELECT u."id", u."name" FROM "User" u WHERE EXISTS (
        SELECT 1 FROM "Review" r WHERE r."projectId" = ${projectId}::uuid AND r."reviewerId" = u."id" AND r."status" = 'SUBMITTED'
           AND r."deletedAt" IS NULL) ORDER BY lower(u."name"), u."id" LIMIT ${OUTLETS}`;
    const article =
      articleId && (await tx.article.findFirst({ where: { id: articleId, projectId }, select: { title: true } }));
    return ok({ outlets: outlets.map((one) => one.outlet), reviewers, article: article ? article.title : null });
  });
