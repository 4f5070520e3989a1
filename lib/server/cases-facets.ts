/** What the queue of cases can be filtered by: for those who see every article of the project. */
import type { Actor } from "../access/actor";
import { ok, type Result } from "../result";
import { projectFor } from "./access";
import { outletsOf } from "./articleList";
import type { CaseFacets } from "./cases.schema";
import { type Tx, transaction } from "./db";

type Named = CaseFacets["reviewers"][number];

/** So many people are offered; others are found by their address. */
const MOST = 200;

export const caseFacets = (actor: Actor, projectId: string, articleId: string | null): Promise<Result<CaseFacets>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "articles.list");
    if (!may.ok) return may;
    const outlets = await outletsOf(tx, projectId);
    const reviewers = await submittersOf(tx, projectId);
    const article =
      articleId && (await tx.article.findFirst({ where: { id: articleId, projectId }, select: { title: true } }));
    return ok({ outlets, reviewers, article: article ? article.title : null });
  });

/** Whoever has submitted a review. */
export const submittersOf = (tx: Tx, projectId: string): Promise<Named[]> =>
  tx.$queryRaw<Named[]>`
    SELECT u."id", u."name" FROM "User" u WHERE EXISTS (
      SELECT FROM "Review" r WHERE r."projectId" = ${projectId}::uuid AND r."reviewerId" = u."id" AND r."status" = 'SUBMITTED'
         AND r."deletedAt" IS NULL) ORDER BY lower(u."name"), u."id" LIMIT ${MOST}`;
