/** When an article is open, in adjudication, or settled, and what follows from it. */
import { articleState } from "../cases/article-state";
import { isCheckable, unsureness } from "../cases/queue-order";
import { record } from "./audit";
import { type ArticleFile, filesOf } from "./cases-file";
import type { Tx } from "./db";

/**
 * The article's own number of reviews is what its project or batch wants or, where more were assigned, all of them; once adjudication has
 * begun, those that it has. An article without any submitted review has nothing to settle, even if it was closed early.
 */
export function progressOf(file: ArticleFile): ArticleFile["state"] {
  const submitted = file.submitted.length;
  const taken = submitted + file.underWay;
  return articleState({
    submitted,
    wanted: file.state === "OPEN" ? Math.max(file.wanted, taken) : Math.max(1, taken),
    closedEarly: file.closedEarly && submitted > 0,
    cases: file.cases.map(({ status }) => ({
      decided: status !== "OPEN",
      stale: status === "STALE" || status === "ORPHANED",
    })),
  });
}

/** Sets the article's state and its place in the queue of cases from what its cases are now. Its lock is held. */
export async function settle(tx: Tx, articleId: string): Promise<ArticleFile["state"]> {
  const file = (await filesOf(tx, [articleId])).get(articleId);
  if (!file) return "OPEN";
  const state = progressOf(file);
  const open = state === "OPEN" ? [] : file.cases.filter((c) => c.status !== "DECIDED");
  const checkable = open.filter((c) => isCheckable(c.suggestion)).length;
  const unsure = open.reduce((sum, c) => sum + unsureness(c, c.suggestion), 0);
  const settled = state === "SETTLED" && file.state !== "SETTLED";
  await tx.$executeRaw`
    UPDATE "Article" SET "state" = ${state}::"ArticleState", "undecided" = ${open.length}, "checkable" = ${checkable},
           "unsure" = ${unsure}, "settledAt" = CASE WHEN ${settled} THEN now() ELSE "settledAt" END
     WHERE "id" = ${articleId}::uuid`;
  if (settled) {
    // From now on gold can be seen by whoever still works on it.
    await tx.$executeRaw`
      UPDATE "Review" SET "notBlind" = true
       WHERE "articleId" = ${articleId}::uuid AND "deletedAt" IS NULL AND "status" IN ('ASSIGNED', 'IN_PROGRESS') AND NOT "notBlind"`;
    await record(tx, null, { projectId: file.projectId }, { type: "article.settled", articleId });
  }
  return state;
}
