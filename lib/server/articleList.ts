/** A project's articles as a list: what the actor may know of each, filtered, sorted and paged in the database. */
import { Prisma } from "../../generated/prisma/client";
import type { Actor } from "../access/actor";
import { type ArticleFacts, canArticle, canProject, type OwnReview, type ProjectFacts } from "../access/can";
import type { DatePrecision } from "../formats/native";
import { ok, type Result } from "../result";
import { fold } from "../text/fold";
import { projectFor, queued } from "./access";
import { ARTICLE_SORTS, type ArticleListQuery, type ArticleSort } from "./articles.schema";
import { BIN_DAYS } from "./bin";
import { current, laterOpen } from "./current";
import { type Tx, transaction } from "./db";
import { decodeCursor, type Key, limitOf, type Page, page } from "./paging";

export type ArticleItem = {
  readonly id: string;
  readonly title: string;
  readonly outlet: string | null;
  readonly repostedBy: string | null;
  readonly author: string | null;
  readonly url: string | null;
  readonly published: string | null;
  readonly publishedDate: string | null;
  readonly publishedPrecision: DatePrecision | null;
  readonly language: string | null;
  /** Code points. */
  readonly length: number;
  readonly version: number;
  readonly textVersion: number;
  readonly superseded: boolean;
  /** OPEN also while the actor's own open review hides what has become of it. */
  readonly state: ArticleFacts["state"];
  readonly batchId: string | null;
  readonly createdAt: string;
  /** Only in the bin's list. */
  readonly deletedAt: string | null;
  readonly ownReview: { readonly id: string; readonly status: OwnReview } | null;
  /** How many reviews there are and are to be; null for whoever does not see every article. */
  readonly reviews: { readonly submitted: number; readonly open: number; readonly needed: number } | null;
};

type Row = Omit<ArticleItem, "createdAt" | "deletedAt" | "ownReview" | "reviews"> & {
  readonly position: bigint;
  readonly sortKey: string | number | bigint;
  readonly state: ArticleFacts["state"];
  readonly visibleState: ArticleFacts["state"];
  readonly createdAt: Date;
  readonly deletedAt: Date | null;
  readonly ownReviewId: string | null;
  readonly ownReview: OwnReview | null;
  readonly inQueue: boolean;
  readonly submitted: number | null;
  readonly open: number | null;
  readonly needed: number;
};

/** Each stands on an index of its own (migration 0003). */
const ORDER: Readonly<Record<(typeof ARTICLE_SORTS)[number], Prisma.Sql>> = {
  position: Prisma.sql`a."position"`,
  title: Prisma.sql`left(a."searchKey", 200)`,
  outlet: Prisma.sql`coalesce(a."outlet", '')`,
  published: Prisma.sql`coalesce(a."publishedDate", '')`,
  length: Prisma.sql`a."textLength"`,
};

const orderOf = (sort: ArticleSort): readonly [Prisma.Sql, boolean] => {
  const down = sort.startsWith("-");
  const name = ARTICLE_SORTS.find((one) => sort.endsWith(one)) ?? "position";
  return [ORDER[name], down];
};

const STATES = { open: "OPEN", adjudication: "ADJUDICATION", settled: "SETTLED" } as const;

/**
 * Editors and adjudicators see every article, reviewers theirs and those in their queue, viewers settled ones. The bin is for editors.
 * Refuses: not-found, forbidden, malformed (a cursor of another list).
 */
export async function listArticles(
  actor: Actor,
  projectId: string,
  query: ArticleListQuery,
): Promise<Result<Page<ArticleItem>>> {
  const sort = query.sort ?? "position";
  const numeric = sort.endsWith("position") || sort.endsWith("length");
  const cursor = decodeCursor(sort, [numeric ? "number" : "text", "number"], query.cursor);
  if (!cursor.ok) return cursor;
  return transaction(async (tx) => {
    const bin = query.status === "bin";
    const facts = await projectFor(tx, actor, projectId, bin ? "project.oversee" : "project.see");
    if (!facts.ok) return facts;
    const all = canProject(actor, "articles.list", facts.value);
    const rows = await readRows(tx, actor, facts.value, all, query, cursor.value);
    // The query already leaves out what the actor may not know of; this keeps it so should the two ever differ.
    const visible = rows.filter((row) =>
      canArticle(actor, "article.read", {
        ...facts.value,
        state: row.state,
        ownReview: row.ownReview,
        inQueue: row.inQueue,
      }),
    );
    const found = page(visible, limitOf(query), sort, (row) => [keyPart(row.sortKey), Number(row.position)]);
    return ok({ ...found, items: found.items.map((row) => itemOf(row, all)) });
  });
}

const keyPart = (value: string | number | bigint) => (typeof value === "bigint" ? Number(value) : value);

async function readRows(
  tx: Tx,
  actor: Actor,
  facts: ProjectFacts,
  all: boolean,
  query: ArticleListQuery,
  after: Key | null,
): Promise<readonly Row[]> {
  const me = actor.userId;
  const [key, down] = orderOf(query.sort ?? "position");
  const inQueue = queued(me);
  const visibleState = Prisma.sql`(CASE WHEN p."blind" AND ((a."state" <> 'SETTLED' AND own."status" IN ('ASSIGNED', 'IN_PROGRESS')) OR ${laterOpen(me)})
    THEN 'OPEN' ELSE a."state" END)`;

  const where: Prisma.Sql[] = [Prisma.sql`a."projectId" = ${facts.projectId}::uuid`];
  where.push(
    query.status === "bin"
      ? Prisma.sql`a."deletedAt" > now() - make_interval(days => ${BIN_DAYS}::int)`
      : query.status === "superseded"
        ? Prisma.sql`a."deletedAt" IS NULL AND a."superseded"`
        : current,
  );
  if (!all) {
    const reviewer = facts.roles.includes("REVIEWER");
    const viewer = facts.roles.includes("VIEWER");
    where.push(
      Prisma.sql`((${reviewer} AND (own."id" IS NOT NULL OR ${inQueue})) OR (${viewer} AND a."state" = 'SETTLED'))`,
    );
  }
  if (query.status !== undefined && query.status !== "bin" && query.status !== "superseded") {
    const state = STATES[query.status];
    where.push(Prisma.sql`${visibleState} = ${state}::"ArticleState"`);
    // Said twice, the second time so that an index can be used: only an open article can look open without being so.
    if (state !== "OPEN") where.push(Prisma.sql`a."state" = ${state}::"ArticleState"`);
  }
  const q = fold(query.q ?? "");
  if (q !== "") where.push(Prisma.sql`a."searchKey" LIKE ${`%${q.replace(/[\\%_]/g, "\\$&")}%`}`);
  if (query.outlet !== undefined) where.push(Prisma.sql`coalesce(a."outlet", '') = ${query.outlet.trim()}`);
  if (query.batch === "none") where.push(Prisma.sql`a."batchId" IS NULL`);
  else if (query.batch !== undefined) where.push(Prisma.sql`a."batchId" = ${query.batch}::uuid`);
  if (after) {
    const [value = null, position = null] = after;
    const edge = typeof value === "number" ? Prisma.sql`${value}::bigint` : Prisma.sql`${value}`;
    where.push(
      down
        ? Prisma.sql`(${key}, a."position") < (${edge}, ${position}::bigint)`
        : Prisma.sql`(${key}, a."position") > (${edge}, ${position}::bigint)`,
    );
  }
  const order = down ? Prisma.sql`${key} DESC, a."position" DESC` : Prisma.sql`${key}, a."position"`;

  return tx.$queryRaw<Row[]>`
    WITH found AS MATERIALIZED (
      SELECT a."id", a."title", a."outlet", a."repostedBy", a."author", a."url", a."published", a."publishedDate",
             a."publishedPrecision", a."language", a."textLength" AS "length", a."version", a."textVersion", a."superseded", a."batchId", a."createdAt", a."deletedAt",
             a."position", a."state"::text AS "state", ${visibleState}::text AS "visibleState", ${key} AS "sortKey",
             own."id" AS "ownReviewId", own."status"::text AS "ownReview", ${inQueue} AS "inQueue",
             gloss_wanted(a."single", CASE WHEN own."status" IN ('ASSIGNED', 'IN_PROGRESS') THEN 0 ELSE a."more" END,
               b."reviewersPerArticle", p."reviewersPerArticle") AS "needed"
        FROM "Article" a
        JOIN "Project" p ON p."id" = a."projectId"
        LEFT JOIN "Batch" b ON b."id" = a."batchId"
        LEFT JOIN "Member" m ON m."projectId" = a."projectId" AND m."userId" = ${me}::uuid
        LEFT JOIN "Review" own ON own."articleId" = a."id" AND own."reviewerId" = ${me}::uuid AND own."deletedAt" IS NULL
       WHERE ${Prisma.join(where, " AND ")}
       ORDER BY ${order} LIMIT ${limitOf(query) + 1})
    SELECT f.*, n."submitted", n."open"
      FROM found f
      LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE r."status" = 'SUBMITTED')::int AS "submitted",
               count(*) FILTER (WHERE r."status" IN ('ASSIGNED', 'IN_PROGRESS'))::int AS "open"
          FROM "Review" r
         WHERE ${all} AND r."projectId" = ${facts.projectId}::uuid AND r."articleId" = f."id" AND r."deletedAt" IS NULL
           AND NOT r."training") n ON true
     ORDER BY f."sortKey" ${down ? Prisma.sql`DESC` : Prisma.empty}, f."position" ${down ? Prisma.sql`DESC` : Prisma.empty}`;
}

function itemOf(row: Row, all: boolean): ArticleItem {
  return {
    id: row.id,
    title: row.title,
    outlet: row.outlet,
    repostedBy: row.repostedBy,
    author: row.author,
    url: row.url,
    published: row.published,
    publishedDate: row.publishedDate,
    publishedPrecision: row.publishedPrecision,
    language: row.language,
    length: row.length,
    version: row.version,
    textVersion: row.textVersion,
    superseded: row.superseded,
    state: row.visibleState,
    batchId: row.batchId,
    createdAt: row.createdAt.toISOString(),
    deletedAt: row.deletedAt?.toISOString() ?? null,
    ownReview: row.ownReviewId && row.ownReview ? { id: row.ownReviewId, status: row.ownReview } : null,
    reviews: all ? { submitted: row.submitted ?? 0, open: row.open ?? 0, needed: row.needed } : null,
  };
}

/** The outlets that occur among the articles, for a filter's choices; for whoever sees every article. */
export const listOutlets = (actor: Actor, projectId: string): Promise<Result<readonly string[]>> =>
  transaction(async (tx) => {
    const facts = await projectFor(tx, actor, projectId, "articles.list");
    return facts.ok ? ok(await outletsOf(tx, projectId)) : facts;
  });

/** By the index, an outlet a step. */
export async function outletsOf(tx: Tx, projectId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ outlet: string }[]>`
    WITH RECURSIVE step AS (
      (SELECT coalesce(a."outlet", '') AS "outlet" FROM "Article" a
        WHERE a."projectId" = ${projectId}::uuid AND a."deletedAt" IS NULL ORDER BY coalesce(a."outlet", '') LIMIT 1)
      UNION ALL
      SELECT (SELECT coalesce(a."outlet", '') FROM "Article" a
               WHERE a."projectId" = ${projectId}::uuid AND a."deletedAt" IS NULL AND coalesce(a."outlet", '') > s."outlet"
               ORDER BY coalesce(a."outlet", '') LIMIT 1)
        FROM step s WHERE s."outlet" IS NOT NULL)
    SELECT "outlet" FROM step WHERE "outlet" IS NOT NULL AND "outlet" <> '' LIMIT 500`;
  return rows.map((row) => row.outlet);
}
