/**
 * The bin: what is deleted leaves queue, export and agreement at once, keeps everything, and can be brought back for 30 days; then purge.ts
 * takes it away.
 */
import type { Actor } from "../access/actor";
import { canProject } from "../access/can";
import { notFound, ok, type Result, refuse } from "../result";
import { articleFor, forbidden, projectFacts } from "./access";
import { record } from "./audit";
import { isUniqueViolation, type Tx, transaction } from "./db";

/** The database holds to the same number (trigger function gloss_kept). */
export const BIN_DAYS = 30;

/** Puts an article into the bin; one that is there already stays there. Refuses: not-found, forbidden. */
export async function deleteArticle(actor: Actor, articleId: string): Promise<Result<null>> {
  return transaction(async (tx) => {
    const binned = await inBin(tx, actor, articleId);
    if (binned) return binned.mayEdit ? ok(null) : forbidden();
    const may = await articleFor(tx, actor, articleId, "project.edit", { lock: true });
    if (!may.ok) return may;
    await tx.$executeRaw`UPDATE "Article" SET "deletedAt" = now() WHERE "id" = ${articleId}::uuid AND "deletedAt" IS NULL`;
    await record(tx, actor, { projectId: may.value.projectId }, { type: "article.deleted", articleId });
    return ok(null);
  });
}

/**
 * Takes an article out of the bin, with its reviews, cases and decisions as they were; one that is not in it stays as it is. Refuses:
 * not-found, forbidden, conflict (past its 30 days, or the same article was brought in again meanwhile).
 */
export async function restoreArticle(actor: Actor, articleId: string): Promise<Result<null>> {
  try {
    return await transaction(async (tx) => {
      const binned = await inBin(tx, actor, articleId);
      if (!binned) {
        const may = await articleFor(tx, actor, articleId, "project.edit");
        return may.ok ? ok(null) : may;
      }
      if (!binned.mayEdit) return forbidden();
      if (binned.expired)
        return refuse(
          "conflict",
          `The article was deleted more than ${BIN_DAYS} days ago and can no longer be restored.`,
        );
      await tx.$executeRaw`UPDATE "Article" SET "deletedAt" = NULL WHERE "id" = ${articleId}::uuid`;
      await record(tx, actor, { projectId: binned.projectId }, { type: "article.restored", articleId });
      return ok(null);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return alreadyBack(articleId);
  }
}

/** null: not in the bin, or not the actor's to know. `mayEdit`: may change what is in it, which a token that only reads may not. */
async function inBin(
  tx: Tx,
  actor: Actor,
  articleId: string,
): Promise<{ readonly projectId: string; readonly expired: boolean; readonly mayEdit: boolean } | null> {
  const rows = await tx.$queryRaw<{ projectId: string; expired: boolean }[]>`
    SELECT "projectId", "deletedAt" <= now() - make_interval(days => ${BIN_DAYS}::int) AS "expired"
      FROM "Article" WHERE "id" = ${articleId}::uuid AND "deletedAt" IS NOT NULL FOR UPDATE`;
  const row = rows[0];
  const facts = row ? await projectFacts(tx, actor, row.projectId) : null;
  if (!row || !facts || !canProject(actor, "project.oversee", facts)) return null;
  return { ...row, mayEdit: canProject(actor, "project.edit", facts) };
}

async function alreadyBack(articleId: string): Promise<Result<null>> {
  return transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; title: string }[]>`
      SELECT o."id", o."title" FROM "Article" a
        JOIN "Article" o ON o."projectId" = a."projectId" AND o."duplicateKey" = a."duplicateKey" AND o."deletedAt" IS NULL
       WHERE a."id" = ${articleId}::uuid`;
    const [other] = rows;
    if (!other) return notFound();
    return refuse("conflict", "The same article stands in the project again; the bin's copy was left there.", [
      { path: "", code: "duplicate", message: "The same text with the same outlet and URL.", current: other },
    ]);
  });
}
