/** Reading cases: of an article, of a project, one with its history, and their counts. */
import { Prisma } from "../../generated/prisma/client";
import type { Actor } from "../access/actor";
import type { ArticleFacts } from "../access/can";
import { notFound, ok, type Result, refuse } from "../result";
import { articleFor, projectFor } from "./access";
import { type ArticleCasesQuery, CASE_KINDS, type CaseCountsQuery, type CaseListQuery } from "./cases.schema";
import { COLUMNS, FROM, filters, id, mayReveal, number, ORDERS, type OrderRow, visible } from "./cases-query";
import { type CaseView, type ListedCase, viewsOf } from "./cases-view";
import { current } from "./current";
import { type Tx, transaction } from "./db";
import { type DecisionView, decisionsOf } from "./decisions-view";
import { decodeCursor, type Key, limitOf, type Page, page } from "./paging";

const POSITION = ["start", "end", "id"] as const;

/** An article's cases in order of position. Before settlement only for those who may see others' marks there. */
export const articleCases = (
  actor: Actor,
  articleId: string,
  query: ArticleCasesQuery,
): Promise<Result<Page<CaseView>>> =>
  transaction(async (tx) => {
    const may = await articleFor(tx, actor, articleId, "marks.see");
    if (!may.ok) return may;
    const after = decodeCursor("case", POSITION.length, query.cursor);
    if (!after.ok) return after;
    const limit = limitOf(query);
    const rows = await tx.$queryRaw<ListedCase[]>`
      SELECT ${COLUMNS} ${FROM}
       WHERE c."projectId" = ${may.value.projectId}::uuid AND c."articleId" = ${articleId}::uuid AND c."status" <> 'CLOSED'
         AND a."state" <> 'OPEN' ${after.value ? beyond(after.value) : Prisma.empty}
       ORDER BY c."start", c."end", c."id" LIMIT ${limit + 1}`;
    const listed = page(rows, limit, "case", (row) => [row.start, row.end, row.id]);
    const items = await viewsOf(tx, actor.userId, listed.items, mayReveal(actor, may.value, query.reveal), {
      whole: true,
    });
    return ok({ ...listed, items });
  });

const beyond = (key: Key) =>
  Prisma.sql`AND (c."start", c."end", c."id") > (${number(key[0])}::float8, ${number(key[1])}::float8, ${id(key[2])}::uuid)`;

/** All of an article's cases at once, for the screen on which they are decided. The caller has asked whether the actor may see them. */
export async function casesOf(
  tx: Tx,
  actor: Actor,
  facts: ArticleFacts & { readonly articleId: string },
  { reveal, decisions }: { readonly reveal: boolean | undefined; readonly decisions: readonly DecisionView[] },
): Promise<readonly CaseView[]> {
  const rows = await tx.$queryRaw<ListedCase[]>`
    SELECT ${COLUMNS} ${FROM}
     WHERE c."projectId" = ${facts.projectId}::uuid AND c."articleId" = ${facts.articleId}::uuid AND c."status" <> 'CLOSED'
       AND a."state" <> 'OPEN'
     ORDER BY c."start", c."end", c."id"`;
  return viewsOf(tx, actor.userId, rows, mayReveal(actor, facts, reveal), { whole: true, decisions });
}

/** Where to go on when an article is settled: the undecided case of another one that stands first in the queue. */
export async function nextElsewhere(
  tx: Tx,
  actor: Actor,
  { projectId, articleId, ...facts }: ArticleFacts & { readonly articleId: string },
): Promise<{ readonly caseId: string; readonly articleId: string } | null> {
  const [row] = await tx.$queryRaw<{ caseId: string; articleId: string }[]>`
    SELECT c."id" AS "caseId", c."articleId" ${FROM}
     WHERE c."projectId" = ${projectId}::uuid AND a."projectId" = ${projectId}::uuid AND a."id" <> ${articleId}::uuid
       AND ${current} AND a."undecided" > 0 AND c."status" IN ('OPEN', 'STALE', 'ORPHANED') AND ${visible(actor, { ...facts, projectId })}
     ORDER BY ${ORDERS.worth.by} LIMIT 1`;
  return row ?? null;
}

/** One case with every decision on it, in the order in which they were made. */
export const getCase = (
  actor: Actor,
  caseId: string,
  { reveal }: { readonly reveal?: boolean | undefined } = {},
): Promise<Result<CaseView & { readonly decisions: readonly DecisionView[] }>> =>
  transaction(async (tx) => {
    const rows = await tx.$queryRaw<ListedCase[]>`SELECT ${COLUMNS} ${FROM} WHERE c."id" = ${caseId}::uuid`;
    const row = rows[0];
    if (!row) return notFound();
    const may = await articleFor(tx, actor, row.articleId, "marks.see");
    // Whoever may read the article, but not others' marks, learns nothing of a case: not even that there is one.
    if (!may.ok) return notFound();
    const [view] = await viewsOf(tx, actor.userId, [row], mayReveal(actor, may.value, reveal), { whole: true });
    return view ? ok({ ...view, decisions: await decisionsOf(tx, { caseIds: [caseId] }) }) : notFound();
  });

/** A case in a list, with what its article is called. */
export type CaseItem = CaseView & {
  readonly article: { readonly id: string; readonly title: string; readonly outlet: string | null };
};

type Row = OrderRow & { readonly title: string; readonly outlet: string | null };

/** Filters that name who marked what are only for those to whom names are shown. */
function hidden(query: CaseCountsQuery, reveal: boolean) {
  const path = query.reviewer ? "reviewer" : query.pair ? "pair" : null;
  return path && !reveal
    ? refuse("malformed", "The query is not right.", [
        { path, code: "hidden", message: "Reviewers are anonymous here; ask with reveal=true." },
      ])
    : null;
}

/** A project's cases that the actor may see. */
export const listCases = (actor: Actor, projectId: string, query: CaseListQuery): Promise<Result<Page<CaseItem>>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.see");
    if (!may.ok) return may;
    const reveal = mayReveal(actor, may.value, query.reveal);
    const refused = hidden(query, reveal);
    if (refused) return refused;
    const order = ORDERS[query.sort];
    const after = decodeCursor(query.sort, order.parts, query.cursor);
    if (!after.ok) return after;
    const limit = limitOf(query);
    const rows = await tx.$queryRaw<Row[]>`
      SELECT ${COLUMNS}, a."title", a."outlet", a."position", a."undecided", a."checkable", a."unsure",
             coalesce(c."unsure", 0)::float8 AS "caseUnsure" ${FROM}
       WHERE c."projectId" = ${projectId}::uuid AND a."projectId" = ${projectId}::uuid AND ${visible(actor, may.value)}
             ${filters(query, projectId, actor.userId)} ${after.value ? order.after(after.value) : Prisma.empty}
       ORDER BY ${order.by} LIMIT ${limit + 1}`;
    const listed = page(rows, limit, query.sort, order.key);
    const views = await viewsOf(tx, actor.userId, listed.items, reveal);
    const items = views.flatMap((view, i): CaseItem[] => {
      const row = listed.items[i];
      return row ? [{ ...view, article: { id: row.articleId, title: row.title, outlet: row.outlet } }] : [];
    });
    return ok({ ...listed, items });
  });

export type CaseCounts = {
  readonly total: number;
  readonly status: Readonly<Record<"open" | "decided" | "stale" | "orphaned", number>>;
  /** Of those that are undecided. */
  readonly kinds: Readonly<Record<keyof typeof CASE_KINDS, number>>;
  readonly labels: Readonly<Record<string, number>>;
};

const isKind = (kind: string): kind is keyof typeof CASE_KINDS => kind in CASE_KINDS;

/**
 * How many of the cases that the actor may see are in which state and, of the undecided, of which kind and label; among those that the
 * query's other filters leave.
 */
export const caseCounts = (actor: Actor, projectId: string, query: CaseCountsQuery = {}): Promise<Result<CaseCounts>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.see");
    if (!may.ok) return may;
    const refused = hidden(query, mayReveal(actor, may.value, query.reveal));
    if (refused) return refused;
    const rows = await countRows(tx, projectId, visible(actor, may.value), filters(query, projectId, actor.userId));
    const status = { open: 0, decided: 0, stale: 0, orphaned: 0 };
    const kinds = { existence: 0, label: 0, extent: 0, detail: 0, agreed: 0 };
    const labels: Record<string, number> = {};
    for (const row of rows) {
      const key = row.status.toLowerCase();
      if (key === "open" || key === "decided" || key === "stale" || key === "orphaned") status[key] += row.count;
      if (row.status === "DECIDED") continue;
      for (const kind of Object.keys(CASE_KINDS))
        if (isKind(kind) && CASE_KINDS[kind].some((flag) => flag === row.primaryFlag)) kinds[kind] += row.count;
      for (const label of row.labels) labels[label] = (labels[label] ?? 0) + row.count;
    }
    return ok({ total: rows.reduce((sum, row) => sum + row.count, 0), status, kinds, labels });
  });

const countRows = (tx: Tx, projectId: string, seen: Prisma.Sql, like: Prisma.Sql) => tx.$queryRaw<
  { status: string; primaryFlag: string; labels: string[]; count: number }[]
>`
  SELECT c."status"::text AS "status", c."primaryFlag", c."labels", count(*)::int AS "count" ${FROM}
   WHERE c."projectId" = ${projectId}::uuid AND ${seen} ${like} GROUP BY 1, 2, 3`;
