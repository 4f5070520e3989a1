/** One reviewer's pass over one article: reading it, and the locks that whoever changes its status takes. */
import type { Actor } from "../access/actor";
import { canProject, type OwnReview, type ReviewFacts } from "../access/can";
import { notFound, ok, type Result } from "../result";
import type { Link, Span, Tombstone } from "../spans/model";
import type { Origin } from "../spans/suggested";
import { reviewFor } from "./access";
import { type Tx, transaction } from "./db";

export type ReviewSpan = Omit<Span, "suggestion"> & {
  readonly suggestion: Origin | null;
  readonly quote: string;
  readonly schemeVersion: number;
  readonly guidelineVersion: number;
};

/** `removed`: the tombstones, on whose versions a put brings back what was removed; the owner's only. */
export type ReviewView = {
  readonly id: string;
  readonly projectId: string;
  readonly articleId: string;
  readonly reviewerId: string;
  readonly status: OwnReview;
  readonly version: number;
  readonly notBlind: boolean;
  readonly assignedAt: string;
  readonly startedAt: string | null;
  readonly submittedAt: string | null;
  readonly submittedVersion: number | null;
  readonly skipReason: string | null;
  readonly sentBackComment: string | null;
  readonly spans: readonly ReviewSpan[];
  readonly links: readonly Link[];
  readonly removed: { readonly spans: readonly Tombstone[]; readonly links: readonly Tombstone[] };
  /** Suggestions that the reviewer will not have; the owner's only. */
  readonly dismissed: readonly string[];
};

type Row = Omit<ReviewView, "assignedAt" | "startedAt" | "submittedAt" | keyof Content> & {
  readonly assignedAt: Date;
  readonly startedAt: Date | null;
  readonly submittedAt: Date | null;
};

type Content = Pick<ReviewView, "spans" | "links" | "removed" | "dismissed">;

/** Everything that stands in a review, in reading order, built as JSON in the database: one row however many spans. */
export async function contentOf(tx: Tx, reviewId: string): Promise<Content & { readonly reviewId: string }> {
  const rows = await tx.$queryRaw<{ content: Content }[]>`
    SELECT json_build_object(
      'spans', (SELECT coalesce(json_agg(json_build_object('id', s."id", 'version', s."version", 'start', s."start", 'end', s."end",
          'quote', coalesce(s."quote", substring(t."body", s."start" + 1, s."end" - s."start")), 'label', s."label",
          'attributes', s."attributes", 'note', s."note", 'uncertain', s."uncertain", 'accepted', s."accepted", 'suggestion', s."suggestion",
          'schemeVersion', s."schemeVersion",
          'guidelineVersion', s."guidelineVersion") ORDER BY s."start", s."end" DESC, s."id"), '[]')
        FROM "Span" s WHERE s."projectId" = r."projectId" AND s."reviewId" = r."id" AND NOT s."removed"),
      'links', (SELECT coalesce(json_agg(json_build_object('id', l."id", 'version', l."version", 'type', l."type", 'from', l."fromId",
          'to', l."toId", 'toText', l."toText", 'accepted', l."accepted") ORDER BY l."createdAt", l."id"), '[]')
        FROM "Link" l WHERE l."projectId" = r."projectId" AND l."reviewId" = r."id" AND NOT l."removed"),
      'removed', json_build_object(
        'spans', (SELECT coalesce(json_agg(json_build_object('id', s."id", 'version', s."version") ORDER BY s."id"), '[]')
          FROM "Span" s WHERE s."projectId" = r."projectId" AND s."reviewId" = r."id" AND s."removed"),
        'links', (SELECT coalesce(json_agg(json_build_object('id', l."id", 'version', l."version") ORDER BY l."id"), '[]')
          FROM "Link" l WHERE l."projectId" = r."projectId" AND l."reviewId" = r."id" AND l."removed")),
      'dismissed', (SELECT coalesce(json_agg(d."suggestionId" ORDER BY d."suggestionId"), '[]')
        FROM "Dismissal" d WHERE d."reviewId" = r."id")) AS "content"
      FROM "Review" r JOIN "Article" a ON a."id" = r."articleId" JOIN "ArticleText" t ON t."id" = a."textId"
     WHERE r."id" = ${reviewId}::uuid`;
  const content = rows[0]?.content ?? { spans: [], links: [], removed: { spans: [], links: [] }, dismissed: [] };
  return { reviewId, ...content };
}

const iso = (date: Date | null) => date?.toISOString() ?? null;

/** Refuses with not-found whoever may not see it: before settlement anyone but the owner, editors and adjudicators. */
export const getReview = (actor: Actor, reviewId: string): Promise<Result<ReviewView>> =>
  transaction(async (tx) => {
    const may = await reviewFor(tx, actor, reviewId, "review.see");
    if (!may.ok) return may;
    const rows = await tx.$queryRaw<Row[]>`
      SELECT "id", "projectId", "articleId", "reviewerId", "status"::text AS "status", "version", "notBlind", "assignedAt", "startedAt",
             "submittedAt", "submittedVersion", "skipReason", "sentBackComment"
        FROM "Review" WHERE "id" = ${reviewId}::uuid`;
    const row = rows[0];
    if (!row) return notFound();
    const own = row.reviewerId === actor.userId;
    // What is not submitted is nobody else's business but the desk's.
    if (!own && row.status !== "SUBMITTED" && !canProject(actor, "articles.list", may.value)) return notFound();
    const { spans, links, removed, dismissed } = await contentOf(tx, reviewId);
    return ok({
      ...row,
      assignedAt: row.assignedAt.toISOString(),
      startedAt: iso(row.startedAt),
      submittedAt: iso(row.submittedAt),
      spans,
      links,
      removed: own ? removed : { spans: [], links: [] },
      dismissed: own ? dismissed : [],
    });
  });

export type LockedReview = Omit<Row, "assignedAt"> & {
  readonly state: ReviewFacts["state"];
  readonly settledAt: Date | null;
  readonly schemeVersion: number;
  readonly blind: boolean;
};

/**
 * The article's row lock, then the review's, held to the end of the transaction: whoever changes what counts in an article takes them in
 * this order. Not a full FOR UPDATE, which rows that refer to the article would wait for.
 */
export async function lockReview(tx: Tx, reviewId: string): Promise<LockedReview | null> {
  await tx.$queryRaw`SELECT 1 FROM "Article" WHERE "id" = (SELECT "articleId" FROM "Review" WHERE "id" = ${reviewId}::uuid)
    FOR NO KEY UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM "Review" WHERE "id" = ${reviewId}::uuid FOR NO KEY UPDATE`;
  const rows = await tx.$queryRaw<LockedReview[]>`
    SELECT r."id", r."projectId", r."articleId", r."reviewerId", r."status"::text AS "status", r."version", r."notBlind", r."startedAt",
           r."submittedAt", r."submittedVersion", r."skipReason", r."sentBackComment", a."state"::text AS "state", a."settledAt",
           p."schemeVersion", p."blind"
      FROM "Review" r JOIN "Article" a ON a."id" = r."articleId" JOIN "Project" p ON p."id" = r."projectId"
     WHERE r."id" = ${reviewId}::uuid AND r."deletedAt" IS NULL`;
  return rows[0] ?? null;
}

/** As `lockReview`, for what needs no review. */
export async function lockArticle(tx: Tx, articleId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Article" WHERE "id" = ${articleId}::uuid FOR NO KEY UPDATE`;
}

/** Whether a reviewer could have seen gold or others' marks of the article by now, so that what they mark from here on is not blind. */
export async function couldHaveSeen(
  tx: Tx,
  { articleId, reviewerId }: { readonly articleId: string; readonly reviewerId: string },
): Promise<boolean> {
  const rows = await tx.$queryRaw<{ seen: boolean }[]>`
    SELECT a."settledAt" IS NOT NULL
        OR (a."chainId" IS NOT NULL AND EXISTS (
             SELECT 1 FROM "Article" v JOIN "Review" o ON o."articleId" = v."id" AND o."reviewerId" = u."id"
              WHERE v."projectId" = a."projectId" AND v."chainId" = a."chainId" AND v."settledAt" IS NOT NULL))
        OR EXISTS (SELECT 1 FROM "MeetingReveal" v JOIN "Batch" b ON b."id" = v."batchId"
                    WHERE v."articleId" = a."id" AND u."id" = ANY (b."people"))
        OR EXISTS (SELECT 1 FROM "ThreadGuest" g JOIN "Thread" t ON t."id" = g."threadId" WHERE t."articleId" = a."id" AND g."userId" = u."id")
        OR ((u."isAdmin" OR coalesce(m."roles" && '{EDITOR,ADJUDICATOR}'::"Role"[], false))
            AND EXISTS (SELECT 1 FROM "Review" o WHERE o."articleId" = a."id" AND o."reviewerId" <> u."id" AND o."deletedAt" IS NULL
                         AND (o."version" > 0 OR o."status" = 'SUBMITTED'))) AS "seen"
      FROM "Article" a
      JOIN "User" u ON u."id" = ${reviewerId}::uuid
      LEFT JOIN "Member" m ON m."projectId" = a."projectId" AND m."userId" = u."id"
     WHERE a."id" = ${articleId}::uuid`;
  return rows[0]?.seen ?? false;
}
