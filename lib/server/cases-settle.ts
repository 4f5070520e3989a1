/** When an article is open, in adjudication, or settled, and what follows from it. */
import { Prisma } from "../../generated/prisma/client";
import { articleState } from "../cases/article-state";
import { isCheckable } from "../cases/queue-order";
import type { Suggestion } from "../cases/suggest";
import { recordAll } from "./audit";
import { type Bulk, bulkOf } from "./bulk";
import type { ArticleFile, CaseStatus } from "./cases-file";
import type { Tx } from "./db";

/** An article with as much of it and its cases as its state and its place in the queue rest on. */
type Standing = Pick<ArticleFile, "articleId" | "projectId" | "state" | "closedEarly" | "wanted" | "underWay"> & {
  readonly submitted: readonly unknown[];
  readonly cases: readonly {
    readonly status: CaseStatus;
    readonly suggestion: Pick<Suggestion, "label" | "attributes"> | null;
    readonly unsure: number;
  }[];
};

/**
 * The article's own number of reviews is what its project or batch wants or, where more were assigned, all of them; once adjudication has
 * begun, those that it has. An article without any submitted review has nothing to settle, even if it was closed early.
 */
export function progressOf(
  file: Omit<Standing, "cases"> & { readonly cases: readonly Pick<Standing["cases"][number], "status">[] },
): ArticleFile["state"] {
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
  const [found] = await tx.$queryRaw<Standing[]>`
    SELECT a."id" AS "articleId", a."projectId", a."state"::text AS "state", a."closedEarly",
           gloss_wanted(a."single", a."more", b."reviewersPerArticle", p."reviewersPerArticle") AS "wanted",
           r."underWay", r."submitted", c."cases"
      FROM "Article" a
      JOIN "Project" p ON p."id" = a."projectId"
      LEFT JOIN "Batch" b ON b."id" = a."batchId",
           LATERAL (SELECT count(*) FILTER (WHERE r."status" <> 'SUBMITTED')::int AS "underWay",
                           coalesce(array_agg(r."id") FILTER (WHERE r."status" = 'SUBMITTED'), '{}') AS "submitted"
              FROM "Review" r WHERE r."projectId" = a."projectId" AND r."articleId" = a."id" AND r."deletedAt" IS NULL
               AND r."status" <> 'SKIPPED' AND NOT r."training") r,
           LATERAL (SELECT coalesce(json_agg(json_build_object('status', c."status", 'unsure', coalesce(c."unsure", 0),
                             'suggestion', CASE WHEN c."suggestion" IS NOT NULL THEN json_build_object(
                               'label', c."suggestion" -> 'label', 'attributes', c."suggestion" -> 'attributes') END)), '[]') AS "cases"
              FROM "Case" c WHERE c."projectId" = a."projectId" AND c."articleId" = a."id" AND c."status" <> 'CLOSED') c
     WHERE a."id" = ${articleId}::uuid AND a."deletedAt" IS NULL`;
  if (!found) return "OPEN";
  await settleAll(bulkOf(tx), [found]);
  return progressOf(found);
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
      unsure: open.reduce((sum, c) => sum + c.unsure, 0),
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
