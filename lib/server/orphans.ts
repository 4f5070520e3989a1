/**
 * Marks of a former version: how each was carried over, and the queue of those that could not be placed. One's own, and everyone's for
 * whoever may see the others' marks of the article. Placing one is a change of its review like any other; dropping it is recorded by itself.
 */
import { randomUUID } from "node:crypto";
import { Prisma } from "../../generated/prisma/client";
import type { Actor } from "../access/actor";
import { type ArticleFacts, canArticle, type ProjectFacts } from "../access/can";
import type { CarriedKind } from "../formats/native";
import { notFound, ok, type Result, refuse } from "../result";
import type { Change } from "../spans/model";
import type { Origin } from "../spans/suggested";
import { readyLinks } from "../versions/carry";
import { type articleFacts, isId, projectFor, reviewFor } from "./access";
import { record } from "./audit";
import { desk } from "./cases-query";
import { changeReview } from "./changes";
import { current } from "./current";
import { type Tx, transaction } from "./db";
import { decodeCursor, limitOf, type Page, page } from "./paging";
import { contentOf, lockReview } from "./reviews";
import type { DiffView, OrphansQuery, OrphanView, VersionView } from "./versions.schema";
import { OPEN_ORPHAN } from "./versionsCarry";

type Facts = NonNullable<Awaited<ReturnType<typeof articleFacts>>>;

/** In SQL over r (the review that holds a carried span): whether the actor may see what is in it. */
const seen = (actor: Actor, facts: ArticleFacts) =>
  canArticle(actor, "marks.see", facts) ? Prisma.sql`true` : Prisma.sql`r."reviewerId" = ${actor.userId}::uuid`;

const PLACED = Prisma.sql`o."kind" = 'orphan' AND EXISTS (SELECT 1 FROM "Span" s WHERE s."id" = o."spanId" AND s."reviewId" = o."reviewId" AND NOT s."removed")`;

/** null: nothing was carried over that the actor may see. */
export async function countCarried(tx: Tx, actor: Actor, facts: Facts): Promise<VersionView["carried"]> {
  const [row] = await tx.$queryRaw<(NonNullable<VersionView["carried"]> & { all: number })[]>`
    SELECT count(*)::int AS "all", count(*) FILTER (WHERE o."kind" = 'exact')::int AS "exact",
           count(*) FILTER (WHERE o."kind" = 'drifted')::int AS "drifted", count(*) FILTER (WHERE ${OPEN_ORPHAN})::int AS "open",
           count(*) FILTER (WHERE ${PLACED})::int AS "placed",
           count(*) FILTER (WHERE o."droppedAt" IS NOT NULL AND NOT (${PLACED}))::int AS "dropped"
      FROM "Review" r JOIN "CarriedSpan" o ON o."reviewId" = r."id"
     WHERE r."projectId" = ${facts.projectId}::uuid AND r."articleId" = ${facts.articleId}::uuid AND r."deletedAt" IS NULL
       AND ${seen(actor, facts)}`;
  if (!row || row.all === 0) return null;
  const { all: _all, ...counts } = row;
  return counts;
}

/** In SQL over r and u: names are for those who see every article, their own aside. */
const nameOf = (actor: Actor, facts: ProjectFacts) =>
  Prisma.sql`CASE WHEN ${desk(actor, facts)} OR r."reviewerId" = ${actor.userId}::uuid THEN u."name" END`;

/** Those of an article that the actor may see, in the order of the former text. */
export const carriedSpans = (tx: Tx, actor: Actor, facts: Facts, which: Prisma.Sql): Promise<DiffView["spans"]> =>
  tx.$queryRaw<DiffView["spans"]>`
    SELECT o."spanId" AS "id", o."reviewId", r."reviewerId" = ${actor.userId}::uuid AS "mine", ${nameOf(actor, facts)} AS "reviewer",
           o."kind", o."score", o."content" ->> 'label' AS "label", o."quote",
           CASE WHEN NOT n."removed" THEN substring(t."body", n."start" + 1, n."end" - n."start") END AS "now",
           CASE WHEN NOT n."removed" THEN n."start" END AS "start", CASE WHEN NOT n."removed" THEN n."end" END AS "end",
           CASE WHEN o."kind" <> 'orphan' THEN CASE WHEN n."removed" IS FALSE THEN 'standing' ELSE 'removed' END
                WHEN NOT n."removed" THEN 'placed' WHEN o."droppedAt" IS NOT NULL THEN 'dropped' ELSE 'open' END AS "state"
      FROM "Review" r JOIN "CarriedSpan" o ON o."reviewId" = r."id" JOIN "User" u ON u."id" = r."reviewerId"
      JOIN "Article" a ON a."id" = r."articleId" JOIN "ArticleText" t ON t."id" = a."textId"
      LEFT JOIN "Span" n ON n."id" = o."spanId"
     WHERE r."projectId" = ${facts.projectId}::uuid AND r."articleId" = ${facts.articleId}::uuid AND r."deletedAt" IS NULL
       AND ${seen(actor, facts)} AND ${which}
     ORDER BY o."start", o."end", o."spanId" LIMIT 500`;

/** The suggestion that it was made of, as the span that a reviewer marked says. */
const ORIGIN = Prisma.sql`(SELECT f."suggestion" FROM "Span" f WHERE f."id" = o."fromId" AND f."projectId" = o."projectId")`;

const COLUMNS = Prisma.sql`
  o."spanId" AS "id", o."reviewId", r."articleId", a."title", a."textVersion", o."fromId", o."fromArticleId", o."start", o."end", o."quote",
  o."before", o."after", o."links", o."dropReason", o."droppedAt",
  jsonb_build_object('label', o."content" -> 'label', 'attributes', coalesce(o."content" -> 'attributes', '{}'),
    'note', coalesce(o."content" -> 'note', '""'), 'uncertain', coalesce(o."content" -> 'uncertain', 'false'))
    || CASE WHEN o."content" ? 'accepted' THEN jsonb_build_object('accepted', o."content" -> 'accepted') ELSE '{}' END
    || CASE WHEN ${ORIGIN} IS NULL THEN '{}' ELSE jsonb_build_object('suggestion', ${ORIGIN} -> 'id') END AS "content",
  (SELECT coalesce(jsonb_agg(c || jsonb_build_object('quote', substring(t."body", (c ->> 'start')::int + 1,
            greatest(0, (c ->> 'end')::int - (c ->> 'start')::int))) ORDER BY n), '[]') FROM jsonb_array_elements(o."candidates") WITH ORDINALITY AS x(c, n)) AS "candidates"`;
const FROM = Prisma.sql`
  FROM "CarriedSpan" o JOIN "Review" r ON r."id" = o."reviewId" AND r."deletedAt" IS NULL
  JOIN "Article" a ON a."id" = r."articleId" JOIN "ArticleText" t ON t."id" = a."textId" JOIN "User" u ON u."id" = r."reviewerId"`;

type Row = Omit<OrphanView, "droppedAt" | "state"> & { readonly droppedAt: Date | null; readonly position: bigint };

/**
 * Which orphans of a project the actor may see: their own; for whoever sees every article, all but those in articles under an open review of
 * their own. In SQL over r and a.
 */
function visible(actor: Actor, facts: ProjectFacts): Prisma.Sql {
  const mine = Prisma.sql`r."reviewerId" = ${actor.userId}::uuid`;
  if (!desk(actor, facts)) return mine;
  return Prisma.sql`(${mine} OR NOT EXISTS (
    SELECT 1 FROM "Review" own WHERE own."articleId" = a."id" AND own."reviewerId" = ${actor.userId}::uuid AND own."deletedAt" IS NULL
       AND own."status" IN ('ASSIGNED', 'IN_PROGRESS') AND (own."training" OR (${facts.blind} AND a."state" <> 'SETTLED'))))`;
}

const STATE = {
  open: OPEN_ORPHAN,
  placed: PLACED,
  dropped: Prisma.sql`o."droppedAt" IS NOT NULL AND NOT (${PLACED})`,
} as const;

/** The queue of orphans, article by article. */
export const listOrphans = (actor: Actor, projectId: string, query: OrphansQuery): Promise<Result<Page<OrphanView>>> =>
  transaction<Page<OrphanView>>(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "export.own");
    if (!may.ok) return may;
    const after = decodeCursor("orphans", ["number", "number", "uuid"], query.cursor);
    if (!after.ok) return after;
    const [position = null, start = null, id = null] = after.value ?? [];
    const limit = limitOf(query);
    const rows = await tx.$queryRaw<Row[]>`
      SELECT ${COLUMNS}, a."position", r."reviewerId" = ${actor.userId}::uuid AS "mine",
             ${nameOf(actor, may.value)} AS "reviewer" ${FROM}
       WHERE o."projectId" = ${projectId}::uuid AND ${current} AND ${visible(actor, may.value)} AND ${STATE[query.status]}
         AND (${query.article ?? null}::uuid IS NULL OR a."id" = ${query.article ?? null}::uuid)
         AND (NOT ${query.mine ?? false} OR r."reviewerId" = ${actor.userId}::uuid)
         AND (${id}::text IS NULL OR (a."position", o."start", o."spanId"::text) > (${position}::bigint, ${start}::int, ${id}::text))
       ORDER BY a."position", o."start", o."spanId"::text LIMIT ${limit + 1}`;
    const listed = page(rows, limit, "orphans", (row) => [Number(row.position), row.start, row.id]);
    return ok({
      ...listed,
      items: listed.items.map(({ position: _position, droppedAt, ...row }) => ({
        ...row,
        state: query.status,
        droppedAt: droppedAt?.toISOString() ?? null,
      })),
    });
  });

/** Of a review: what of it was carried over, for whoever may see the review. */
export type CarriedInReview = {
  readonly spans: readonly {
    readonly id: string;
    readonly kind: CarriedKind;
    readonly score: number;
    readonly quote: string;
  }[];
  readonly orphans: readonly Omit<OrphanView, "reviewer" | "title" | "mine">[];
};

export async function carriedIn(tx: Tx, reviewId: string): Promise<CarriedInReview> {
  const spans = await tx.$queryRaw<CarriedInReview["spans"]>`
    SELECT o."spanId" AS "id", o."kind", o."score", o."quote" FROM "CarriedSpan" o
     WHERE o."reviewId" = ${reviewId}::uuid ORDER BY o."start", o."spanId"`;
  if (spans.every(({ kind }) => kind !== "orphan")) return { spans, orphans: [] };
  const rows = await tx.$queryRaw<(Row & { placed: boolean })[]>`
    SELECT ${COLUMNS}, a."position", ${PLACED} AS "placed" ${FROM}
     WHERE o."reviewId" = ${reviewId}::uuid AND o."kind" = 'orphan' ORDER BY o."start", o."spanId"`;
  return {
    spans,
    orphans: rows.map(({ position: _position, title: _title, placed, droppedAt, ...row }) => ({
      ...row,
      state: placed ? "placed" : droppedAt ? "dropped" : "open",
      droppedAt: droppedAt?.toISOString() ?? null,
    })),
  };
}

/** Where the orphans of a review came from that were made of a suggestion. */
export const originsOfOrphans = (tx: Tx, reviewId: string) =>
  tx.$queryRaw<{ origin: Origin }[]>`
    SELECT x."origin" FROM (SELECT ${ORIGIN} AS "origin" FROM "CarriedSpan" o
      WHERE o."reviewId" = ${reviewId}::uuid AND o."kind" = 'orphan') x WHERE x."origin" IS NOT NULL`;

/** Ids of the orphans of a review that nobody has placed or dropped. */
export const openOrphansOf = (tx: Tx, reviewId: string) =>
  tx.$queryRaw<{ id: string; quote: string }[]>`
    SELECT o."spanId" AS "id", o."quote" FROM "CarriedSpan" o WHERE o."reviewId" = ${reviewId}::uuid AND ${OPEN_ORPHAN}
     ORDER BY o."start", o."spanId"`;

type Found = Pick<OrphanView, "content" | "links" | "reviewId" | "articleId"> & { readonly droppedAt: Date | null };

const find = async (tx: Tx, id: string): Promise<Found | null> => {
  if (!isId(id)) return null;
  const rows = await tx.$queryRaw<
    Found[]
  >`SELECT ${COLUMNS} ${FROM} WHERE o."spanId" = ${id}::uuid AND o."kind" = 'orphan'`;
  return rows[0] ?? null;
};

/**
 * Puts an orphan where its reviewer says, with all that it said before and the links that waited for it: changes of the review, undone by
 * removing the span. Refuses as `changeReview` does; not-found where it is nobody's own.
 */
export async function placeOrphan(
  actor: Actor,
  orphanId: string,
  { start, end, quote }: { readonly start: number; readonly end: number; readonly quote?: string | undefined },
): Promise<Result<{ readonly id: string; readonly version: number; readonly links: number }>> {
  const ready = await transaction(async (tx) => {
    const orphan = await find(tx, orphanId);
    if (!orphan) return notFound();
    const may = await reviewFor(tx, actor, orphan.reviewId, "annotate");
    if (!may.ok) return may;
    if (orphan.droppedAt) return dropped();
    const { spans, links, removed } = await contentOf(tx, orphan.reviewId);
    const there = new Set(spans.map((span) => span.id)).add(orphanId);
    const carried = await tx.carriedSpan.findMany({ where: { reviewId: orphan.reviewId }, select: { spanId: true } });
    const local = new Set(carried.map(({ spanId }) => spanId));
    const version = (id: string, of: readonly { readonly id: string; readonly version: number }[]) =>
      of.find((one) => one.id === id)?.version ?? 0;
    const span = { id: orphanId, base: version(orphanId, [...spans, ...removed.spans]), start, end, ...orphan.content };
    const waiting = readyLinks(
      orphan,
      (id) => there.has(id),
      (id) => local.has(id),
    ).filter((link) => !links.some((one) => one.id === link.id));
    const changes: Change[] = [
      { id: randomUUID(), kind: "span.put", span: { ...span, ...(quote === undefined ? {} : { quote }) } },
      ...waiting.map((link): Change => {
        return { id: randomUUID(), kind: "link.put", link: { ...link, base: version(link.id, removed.links) } };
      }),
    ];
    return ok({ reviewId: orphan.reviewId, changes });
  });
  if (!ready.ok) return ready;
  const { reviewId, changes } = ready.value;
  const done = await changeReview(actor, reviewId, changes);
  return done.ok ? ok({ id: orphanId, version: done.value.version, links: changes.length - 1 }) : done;
}

const dropped = () =>
  refuse("conflict", "It was dropped. Take that back before it is placed.", [
    { path: "", code: "dropped", message: "The orphan was dropped." },
  ]);

/** Says that what was marked is not in this version, and why; `reason` null takes that back. Both are recorded, and harmless to repeat. */
export const dropOrphan = (actor: Actor, orphanId: string, reason: string | null): Promise<Result<null>> =>
  transaction(async (tx) => {
    const orphan = await find(tx, orphanId);
    if (!orphan) return notFound();
    const review = await lockReview(tx, orphan.reviewId);
    const may = await reviewFor(tx, actor, orphan.reviewId, "annotate");
    if (!may.ok) return may;
    if (review?.status !== "ASSIGNED" && review?.status !== "IN_PROGRESS")
      return refuse("locked", "The review is not open. Nothing was changed; it can be reopened.");
    const [now] = await tx.$queryRaw<{ placed: boolean }[]>`
      SELECT ${PLACED} AS "placed" FROM "CarriedSpan" o WHERE o."spanId" = ${orphanId}::uuid`;
    if (reason !== null && now?.placed)
      return refuse("conflict", "It stands in the text already. Remove the mark if it is not to be there.", [
        { path: "", code: "placed", message: "The orphan was placed." },
      ]);
    const changed = await tx.$executeRaw`
      UPDATE "CarriedSpan" SET "dropReason" = ${reason}, "droppedAt" = CASE WHEN ${reason}::text IS NULL THEN NULL ELSE now() END
       WHERE "spanId" = ${orphanId}::uuid AND "dropReason" IS DISTINCT FROM ${reason}`;
    const { reviewId, articleId } = orphan;
    const type = reason === null ? "orphan.restored" : "orphan.dropped";
    if (changed > 0)
      await record(tx, actor, { projectId: may.value.projectId }, { type, orphanId, reviewId, articleId });
    return ok(null);
  });
