/** When an article is open, in adjudication, or settled, and what follows from it. */
import { Prisma } from "../../generated/prisma/client";
import { articleState } from "../cases/article-state";
import type { Case } from "../cases/case";
import { isCheckable, unsureness } from "../cases/queue-order";
import type { Suggestion } from "../cases/suggest";
import { recordAll } from "./audit";
import { type Bulk, bulkOf } from "./bulk";
import { type ArticleFile, type CaseStatus, filesOf } from "./cases-file";
import type { Tx } from "./db";

/** An article with as much of its cases as its state rests on. */
type Standing = Omit<ArticleFile, "cases"> & {
  readonly cases: readonly (Case & { readonly status: CaseStatus; readonly suggestion: Suggestion | null })[];
};

/**
 * The article's own number of reviews is what its project or batch wants or, where more were assigned, all of them; once adjudication has
 * begun, those that it has. An article without any submitted review has nothing to settle, even if it was closed early.
 */
export function progressOf(file: Standing): ArticleFile["state"] {
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
  await settleAll(bulkOf(tx), [file]);
  return progressOf(file);
}

/** The same for many articles, whose cases are given as they are now. */
export async function settleAll(bulk: Bulk, files: readonly Standing[]): Promise<void> {
  if (files.length === 0) return;
  const rows = files.map((file) => {
    const state = progressOf(file);
    const open = state === "OPEN" ? [] : file.cases.filter((c) => c.status !== "DECIDED");
    return {
      id: file.articleId,
      state,
      undecided: open.length,
      checkable: open.filter((c) => isCheckable(c.suggestion)).length,
      unsure: open.reduce((sum, c) => sum + unsureness(c, c.suggestion), 0),
      settled: state === "SETTLED" && file.state !== "SETTLED",
    };
  });
  await bulk.run(Prisma.sql`
    UPDATE "Article" a SET "state" = x."state", "undecided" = x."undecided", "checkable" = x."checkable", "unsure" = x."unsure",
           "settledAt" = CASE WHEN x."settled" THEN now() ELSE a."settledAt" END
      FROM json_to_recordset(${JSON.stringify(rows)}::json)
        AS x("id" uuid, "state" "ArticleState", "undecided" int, "checkable" int, "unsure" float8, "settled" boolean)
     WHERE a."id" = x."id"`);
  const settled = new Set(rows.flatMap((row) => (row.settled ? [row.id] : [])));
  if (settled.size === 0) return;
  // From now on gold can be seen by whoever still works on it.
  await bulk.run(Prisma.sql`
    UPDATE "Review" SET "notBlind" = true
     WHERE "articleId" = ANY (${[...settled]}::uuid[]) AND "deletedAt" IS NULL AND NOT "training" AND "status" IN ('ASSIGNED', 'IN_PROGRESS')
       AND NOT "notBlind"`);
  await recordAll(
    bulk,
    null,
    files.flatMap(({ projectId, articleId }) =>
      settled.has(articleId) ? [{ stream: { projectId }, event: { type: "article.settled", articleId } as const }] : [],
    ),
  );
}
