/** Reading cases: of an article, of a project, one with its history, and their counts. */
import { Prisma } from "../../generated/prisma/client";
import type { Actor } from "../access/actor";
import { canProject, type ProjectFacts } from "../access/can";
import { notFound, ok, type Result, refuse } from "../result";
import { articleFor, projectFor } from "./access";
import { type ArticleCasesQuery, CASE_KINDS, type CaseListQuery } from "./cases.schema";
import { type CaseView, type ListedCase, viewsOf } from "./cases-view";
import { type Tx, transaction } from "./db";
import { type DecisionView, decisionsOf } from "./decisions-view";
import { decodeCursor, type Key, limitOf, type Page, page } from "./paging";

const COLUMNS = Prisma.sql`
  c."id", c."projectId", c."articleId", a."textId", a."state"::text AS "state", p."schemeVersion", c."start", c."end", c."labels",
  c."primaryFlag", c."flags", c."members", c."missing", c."suggestion", c."status"::text AS "status", c."staleReason", c."foundAt"`;
const FROM = Prisma.sql`
  FROM "Case" c JOIN "Article" a ON a."id" = c."articleId" AND a."deletedAt" IS NULL JOIN "Project" p ON p."id" = c."projectId"`;

const desk = (actor: Actor, facts: ProjectFacts) => canProject(actor, "articles.list", facts);

/** Names are for those who decide and edit; for others when the article is settled, which is the case anyway. */
const mayReveal = (actor: Actor, facts: ProjectFacts, reveal: boolean | undefined) =>
  reveal === true && desk(actor, facts);

/**
 * Which of a project's cases the actor may see, as `marks.see` says it for an article: in SQL, because lists must not read what they do
 * not show. Cases of articles that are open again rest until the reviews are in.
 */
function visible(actor: Actor, facts: ProjectFacts): Prisma.Sql {
  const own = Prisma.sql`SELECT 1 FROM "Review" o WHERE o."articleId" = a."id" AND o."reviewerId" = ${actor.userId}::uuid AND o."deletedAt" IS NULL`;
  const rests = Prisma.sql`c."status" <> 'CLOSED' AND a."state" <> 'OPEN'`;
  if (desk(actor, facts))
    return Prisma.sql`${rests} AND (a."state" = 'SETTLED' OR NOT ${facts.blind} OR NOT EXISTS (${own} AND o."status" IN ('ASSIGNED', 'IN_PROGRESS')))`;
  if (facts.roles.includes("VIEWER")) return Prisma.sql`${rests} AND a."state" = 'SETTLED'`;
  return Prisma.sql`${rests} AND a."state" = 'SETTLED' AND EXISTS (${own})`;
}

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
    const items = await viewsOf(tx, actor.userId, listed.items, mayReveal(actor, may.value, query.reveal));
    return ok({ ...listed, items });
  });

const beyond = (key: Key) =>
  Prisma.sql`AND (c."start", c."end", c."id") > (${number(key[0])}::float8, ${number(key[1])}::float8, ${id(key[2])}::uuid)`;

/** All of an article's cases at once, for the screen on which they are decided. */
export const allCasesOf = (
  actor: Actor,
  articleId: string,
  { reveal }: { readonly reveal?: boolean | undefined } = {},
): Promise<Result<{ readonly cases: readonly CaseView[]; readonly creations: readonly DecisionView[] }>> =>
  transaction(async (tx) => {
    const may = await articleFor(tx, actor, articleId, "marks.see");
    if (!may.ok) return may;
    const rows = await tx.$queryRaw<ListedCase[]>`
      SELECT ${COLUMNS} ${FROM}
       WHERE c."projectId" = ${may.value.projectId}::uuid AND c."articleId" = ${articleId}::uuid AND c."status" <> 'CLOSED'
         AND a."state" <> 'OPEN'
       ORDER BY c."start", c."end", c."id"`;
    const cases = await viewsOf(tx, actor.userId, rows, mayReveal(actor, may.value, reveal));
    const decisions = await decisionsOf(tx, { articleId });
    return ok({ cases, creations: decisions.filter((d) => d.live && d.caseId === null) });
  });

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
    const [view] = await viewsOf(tx, actor.userId, [row], mayReveal(actor, may.value, reveal));
    return view ? ok({ ...view, decisions: await decisionsOf(tx, { caseIds: [caseId] }) }) : notFound();
  });

/** A case in a list, with what its article is called. */
export type CaseItem = CaseView & {
  readonly article: { readonly id: string; readonly title: string; readonly outlet: string | null };
};

type Row = ListedCase & {
  readonly title: string;
  readonly outlet: string | null;
  readonly position: bigint;
  readonly undecided: number;
  readonly checkable: number;
  readonly unsure: number;
};

/** A project's cases that the actor may see. */
export const listCases = (actor: Actor, projectId: string, query: CaseListQuery): Promise<Result<Page<CaseItem>>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.see");
    if (!may.ok) return may;
    const reveal = mayReveal(actor, may.value, query.reveal);
    if (query.reviewer && !reveal)
      return refuse("malformed", "The query is not right.", [
        { path: "reviewer", code: "hidden", message: "Reviewers are anonymous here; ask with reveal=true." },
      ]);
    const order = ORDERS[query.sort];
    const after = decodeCursor(query.sort, order.parts, query.cursor);
    if (!after.ok) return after;
    const limit = limitOf(query);
    const rows = await tx.$queryRaw<Row[]>`
      SELECT ${COLUMNS}, a."title", a."outlet", a."position", a."undecided", a."checkable", a."unsure" ${FROM}
       WHERE c."projectId" = ${projectId}::uuid AND a."projectId" = ${projectId}::uuid AND ${visible(actor, may.value)}
             ${filters(query)} ${after.value ? order.after(after.value) : Prisma.empty}
       ORDER BY ${order.by} LIMIT ${limit + 1}`;
    const listed = page(rows, limit, query.sort, order.key);
    const views = await viewsOf(tx, actor.userId, listed.items, reveal);
    const items = views.flatMap((view, i): CaseItem[] => {
      const row = listed.items[i];
      return row ? [{ ...view, article: { id: row.articleId, title: row.title, outlet: row.outlet } }] : [];
    });
    return ok({ ...listed, items });
  });

type Order = {
  readonly by: Prisma.Sql;
  readonly parts: number;
  readonly key: (row: Row) => Key;
  readonly after: (key: Key) => Prisma.Sql;
};

/** A cursor's number, whatever its bearer made of it. */
const number = (part: Key[number] | undefined) => {
  const value = Number(part);
  return Number.isFinite(value) ? Math.max(-9e15, Math.min(9e15, value)) : 0;
};
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const id = (part: Key[number] | undefined) =>
  UUID.test(String(part)) ? String(part) : "00000000-0000-0000-0000-000000000000";

const ORDERS: Readonly<Record<CaseListQuery["sort"], Order>> = {
  worth: {
    by: Prisma.sql`(a."undecided" > 0) DESC, a."checkable" DESC, a."unsure" DESC, a."position", c."start", c."end", c."id"`,
    parts: 7,
    key: (r) => [r.undecided > 0 ? 1 : 0, r.checkable, r.unsure, Number(r.position), r.start, r.end, r.id],
    after: (
      k,
    ) => Prisma.sql`AND (CASE WHEN a."undecided" > 0 THEN -1 ELSE 0 END, -a."checkable", -a."unsure", a."position", c."start", c."end", c."id")
      > (${-number(k[0])}::float8, ${-number(k[1])}::float8, ${-number(k[2])}::float8, ${number(k[3])}::float8, ${number(k[4])}::float8,
         ${number(k[5])}::float8, ${id(k[6])}::uuid)`,
  },
  position: {
    by: Prisma.sql`a."position", c."start", c."end", c."id"`,
    parts: 4,
    key: (r) => [Number(r.position), r.start, r.end, r.id],
    after: (k) => Prisma.sql`AND (a."position", c."start", c."end", c."id")
      > (${number(k[0])}::float8, ${number(k[1])}::float8, ${number(k[2])}::float8, ${id(k[3])}::uuid)`,
  },
  newest: {
    by: Prisma.sql`c."foundAt" DESC, c."id" DESC`,
    parts: 2,
    key: (r) => [r.foundAt.getTime(), r.id],
    after: (k) =>
      Prisma.sql`AND (c."foundAt", c."id") < (to_timestamp(${number(k[0])}::float8 / 1000), ${id(k[1])}::uuid)`,
  },
};

const isKind = (kind: string): kind is keyof typeof CASE_KINDS => kind in CASE_KINDS;

function filters(query: CaseListQuery): Prisma.Sql {
  const { status, label, kind, article, outlet, batch, reviewer } = query;
  const found: Prisma.Sql[] = [];
  if (status === "undecided") found.push(Prisma.sql`c."status" IN ('OPEN', 'STALE', 'ORPHANED')`);
  else if (status) found.push(Prisma.sql`c."status" = ${status.toUpperCase()}::"CaseStatus"`);
  if (label !== undefined) found.push(Prisma.sql`${label} = ANY (c."labels")`);
  if (kind && isKind(kind)) found.push(Prisma.sql`c."primaryFlag" = ANY (${[...CASE_KINDS[kind]]}::text[])`);
  else if (kind) found.push(Prisma.sql`${kind} = ANY (c."flags")`);
  if (article) found.push(Prisma.sql`c."articleId" = ${article}::uuid`);
  if (outlet !== undefined) found.push(Prisma.sql`a."outlet" = ${outlet}`);
  if (batch === "none") found.push(Prisma.sql`a."batchId" IS NULL`);
  else if (batch) found.push(Prisma.sql`a."batchId" = ${batch}::uuid`);
  if (reviewer)
    found.push(Prisma.sql`c."members" @> jsonb_build_array(jsonb_build_object('reviewerId', ${reviewer}::text))`);
  return found.length === 0 ? Prisma.empty : Prisma.sql`AND ${Prisma.join(found, " AND ")}`;
}

export type CaseCounts = {
  readonly total: number;
  readonly status: Readonly<Record<"open" | "decided" | "stale" | "orphaned", number>>;
  /** Of those that are undecided. */
  readonly kinds: Readonly<Record<keyof typeof CASE_KINDS, number>>;
  readonly labels: Readonly<Record<string, number>>;
};

/** How many of the cases that the actor may see are in which state and, of the undecided, of which kind and label. */
export const caseCounts = (actor: Actor, projectId: string): Promise<Result<CaseCounts>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.see");
    if (!may.ok) return may;
    const rows = await countRows(tx, projectId, visible(actor, may.value));
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

const countRows = (tx: Tx, projectId: string, seen: Prisma.Sql) => tx.$queryRaw<
  { status: string; primaryFlag: string; labels: string[]; count: number }[]
>`
  SELECT c."status"::text AS "status", c."primaryFlag", c."labels", count(*)::int AS "count" ${FROM}
   WHERE c."projectId" = ${projectId}::uuid AND ${seen} GROUP BY 1, 2, 3`;
