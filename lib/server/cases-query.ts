/** Which cases a list holds and in what order, in SQL: what the actor may see, the filters of the address, keyset cursors. */
import { Prisma } from "../../generated/prisma/client";
import type { Actor } from "../access/actor";
import { canProject, type ProjectFacts } from "../access/can";
import { ARTICLE_SECTIONS, articlesOfSection } from "./agreement-sections";
import { CASE_KINDS, type CaseListQuery } from "./cases.schema";
import type { ListedCase } from "./cases-view";
import { current, laterOpen } from "./current";
import type { Key } from "./paging";

/** `ListedCase`, for the rows of FROM. */
export const COLUMNS = Prisma.sql`
  c."id", c."projectId", c."articleId", a."textId", a."state"::text AS "state", p."schemeVersion", c."start", c."end", c."labels",
  c."primaryFlag", c."flags", c."members", c."missing", c."suggestion", c."status"::text AS "status", c."staleReason", c."foundAt"`;
export const FROM = Prisma.sql`
  FROM "Case" c JOIN "Article" a ON a."id" = c."articleId" AND a."deletedAt" IS NULL JOIN "Project" p ON p."id" = c."projectId"`;

export const desk = (actor: Actor, facts: ProjectFacts) => canProject(actor, "articles.list", facts);

/** Names are for those who decide and edit; for others when the article is settled, which is the case anyway. */
export const mayReveal = (actor: Actor, facts: ProjectFacts, reveal: boolean | undefined) =>
  reveal === true && desk(actor, facts);

/**
 * Which of a project's cases the actor may see, as `marks.see` says it for an article: in SQL, because lists must not read what they do
 * not show. Cases of articles that are open again rest until the reviews are in.
 */
export function visible(actor: Actor, facts: ProjectFacts): Prisma.Sql {
  const own = Prisma.sql`SELECT 1 FROM "Review" o WHERE o."articleId" = a."id" AND o."reviewerId" = ${actor.userId}::uuid AND o."deletedAt" IS NULL`;
  const rests = Prisma.sql`c."status" <> 'CLOSED' AND a."state" <> 'OPEN' AND NOT (${facts.blind} AND ${laterOpen(actor.userId)})`;
  const hiding = Prisma.sql`${own} AND o."status" IN ('ASSIGNED', 'IN_PROGRESS') AND (o."training" OR (${facts.blind} AND a."state" <> 'SETTLED'))`;
  if (desk(actor, facts)) return Prisma.sql`${rests} AND NOT EXISTS (${hiding})`;
  if (facts.roles.includes("VIEWER")) return Prisma.sql`${rests} AND a."state" = 'SETTLED' AND NOT EXISTS (${hiding})`;
  return Prisma.sql`${rests} AND a."state" = 'SETTLED' AND EXISTS (${own}) AND NOT EXISTS (${hiding})`;
}

/** What an order reads besides a case. */
export type OrderRow = ListedCase & {
  readonly position: bigint;
  readonly undecided: number;
  readonly checkable: number;
  readonly unsure: number;
  readonly caseUnsure: number;
};

type Order = {
  readonly by: Prisma.Sql;
  readonly parts: number;
  readonly key: (row: OrderRow) => Key;
  readonly after: (key: Key) => Prisma.Sql;
};

/** A cursor's number, whatever its bearer made of it. */
export const number = (part: Key[number] | undefined) => {
  const value = Number(part);
  return Number.isFinite(value) ? Math.max(-9e15, Math.min(9e15, value)) : 0;
};
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const id = (part: Key[number] | undefined) =>
  UUID.test(String(part)) ? String(part) : "00000000-0000-0000-0000-000000000000";

export const ORDERS: Readonly<Record<CaseListQuery["sort"], Order>> = {
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
  unsure: {
    by: Prisma.sql`coalesce(c."unsure", 0) DESC, c."id"`,
    parts: 2,
    key: (r) => [r.caseUnsure, r.id],
    after: (k) => Prisma.sql`AND (-coalesce(c."unsure", 0), c."id") > (${-number(k[0])}::float8, ${id(k[1])}::uuid)`,
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

type Filters = Omit<CaseListQuery, "cursor" | "limit" | "sort" | "reveal">;

/** Whoever marked something in it or, having submitted, marked nothing there. */
const marked = (who: string) =>
  Prisma.sql`c."members" @> jsonb_build_array(jsonb_build_object('reviewerId', ${who}::text))`;
const took = (who: string) => Prisma.sql`(${marked(who)} OR ${who}::uuid = ANY (c."missing"))`;

/** `actorId`: whose decisions are `mine`. */
export function filters(query: Filters, projectId: string, actorId: string): Prisma.Sql {
  const { status, label, kind, article, outlet, batch, reviewer, pair, reason, mine, region } = query;
  const found: Prisma.Sql[] = [];
  if (status === "undecided") found.push(Prisma.sql`c."status" IN ('OPEN', 'STALE', 'ORPHANED')`);
  else if (status) found.push(Prisma.sql`c."status" = ${status.toUpperCase()}::"CaseStatus"`);
  if (label !== undefined) found.push(Prisma.sql`${label} = ANY (c."labels")`);
  if (kind && isKind(kind)) found.push(Prisma.sql`c."primaryFlag" = ANY (${[...CASE_KINDS[kind]]}::text[])`);
  else if (kind) found.push(Prisma.sql`${kind} = ANY (c."flags")`);
  found.push(article ? Prisma.sql`c."articleId" = ${article}::uuid` : current);
  if (outlet !== undefined) found.push(Prisma.sql`a."outlet" = ${outlet}`);
  if (batch === "none") found.push(Prisma.sql`a."batchId" IS NULL`);
  else if (batch) found.push(Prisma.sql`a."batchId" = ${batch}::uuid`);
  if (reviewer) found.push(marked(reviewer));
  if (pair) {
    const [one, other] = pair;
    found.push(Prisma.sql`(${marked(one)} OR ${marked(other)}) AND ${took(one)} AND ${took(other)}`);
  }
  if (reason) found.push(decidedAs(Prisma.sql`d."reasonCode" = ${reason}`));
  if (mine) found.push(decidedAs(Prisma.sql`d."adjudicatorId" = ${actorId}::uuid`));
  for (const by of ARTICLE_SECTIONS) {
    const key = query[by];
    if (key) found.push(Prisma.sql`a."id" IN (${articlesOfSection(projectId, by, key)})`);
  }
  // What no region covers is body.
  if (region)
    found.push(Prisma.sql`coalesce((SELECT r."role" FROM "Region" r WHERE r."projectId" = c."projectId" AND r."articleId" = c."articleId"
      AND r."start" <= c."start" AND c."start" < r."end" LIMIT 1), 'body') = ${region}`);
  return Prisma.sql`AND ${Prisma.join(found, " AND ")}`;
}

const decidedAs = (how: Prisma.Sql) =>
  Prisma.sql`EXISTS (SELECT 1 FROM "Decision" d WHERE d."caseId" = c."id" AND d."projectId" = c."projectId" AND d."live" AND ${how})`;
