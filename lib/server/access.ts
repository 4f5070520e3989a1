/**
 * The facts that lib/access/can.ts judges by, read in the use case's own transaction, and the judgement itself with its refusal: whoever
 * may not know of a thing gets "not-found", whoever knows of it but may not gets "forbidden". What is in the bin is not there.
 */
import { Prisma } from "../../generated/prisma/client";
import type { Actor, Role } from "../access/actor";
import {
  type ArticleAction,
  type ArticleFacts,
  canArticle,
  canProject,
  canReview,
  type OwnReview,
  type ProjectAction,
  type ProjectFacts,
  type ReviewAction,
  type ReviewFacts,
} from "../access/can";
import { notFound, ok, type Result, refuse } from "../result";
import { laterOpen } from "./current";
import type { Tx } from "./db";

export type Locks = {
  /** Takes the row's lock (FOR UPDATE) until the transaction ends: the project's, the article's or the review's own. */
  readonly lock?: boolean;
};

type ProjectRow = {
  readonly projectId: string;
  readonly roles: readonly Role[];
  readonly blind: boolean;
  readonly adjudicateOwn: boolean;
  readonly showSuggestions: boolean;
};
type ArticleRow = ProjectRow & {
  readonly articleId: string;
  readonly state: ArticleFacts["state"];
  readonly ownReview: OwnReview | null;
  readonly ownTraining: boolean;
  readonly inQueue: boolean;
  readonly superseded: boolean;
  readonly laterOpen: boolean;
};
type ReviewRow = ArticleRow & { readonly reviewerId: string };

/** Pages pass on what stands in an address: whatever is no id is not there. */
export const isId = (text: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);

export async function projectFacts(
  tx: Tx,
  actor: Actor,
  projectId: string,
  { lock = false }: Locks = {},
): Promise<ProjectFacts | null> {
  if (!isId(projectId)) return null;
  if (lock) await tx.$queryRaw`SELECT 1 FROM "Project" WHERE "id" = ${projectId}::uuid FOR UPDATE`;
  const rows = await tx.$queryRaw<ProjectRow[]>`
    SELECT p."id" AS "projectId", coalesce(m."roles"::text[], '{}') AS "roles", p."blind", p."adjudicateOwn", p."showSuggestions"
      FROM "Project" p LEFT JOIN "Member" m ON m."projectId" = p."id" AND m."userId" = ${actor.userId}::uuid
     WHERE p."id" = ${projectId}::uuid AND p."deletedAt" IS NULL`;
  return rows[0] ?? null;
}

/**
 * In the queue of a person: still open, lacking a review, and not kept for other people by its batch; of a training batch, settled. In SQL
 * over a (the article), b (its batch), p (the project), m (the person's membership) and own (their review of it), the last four as they may be absent.
 */
export const queued = (userId: string) => Prisma.sql`(own."id" IS NULL AND coalesce(CASE WHEN b."purpose" = 'training'
  THEN a."state" = 'SETTLED' AND (${userId}::uuid = ANY (b."people") OR (b."people" = '{}' AND m."trainee"))
  ELSE a."state" = 'OPEN' AND NOT a."superseded" AND (b."id" IS NULL OR coalesce(b."people", '{}') = '{}' OR ${userId}::uuid = ANY (b."people"))
   AND a."taken" < gloss_wanted(a."single", a."more", b."reviewersPerArticle", p."reviewersPerArticle") END, false))`;

export async function articleFacts(
  tx: Tx,
  actor: Actor,
  articleId: string,
  { lock = false }: Locks = {},
): Promise<(ArticleFacts & { readonly articleId: string }) | null> {
  if (!isId(articleId)) return null;
  if (lock) await tx.$queryRaw`SELECT 1 FROM "Article" WHERE "id" = ${articleId}::uuid FOR UPDATE`;
  const rows = await tx.$queryRaw<ArticleRow[]>`
    SELECT a."id" AS "articleId", p."id" AS "projectId", coalesce(m."roles"::text[], '{}') AS "roles", p."blind", p."adjudicateOwn", p."showSuggestions",
           a."state"::text AS "state", own."status"::text AS "ownReview",
           coalesce(own."training", false) AS "ownTraining", ${queued(actor.userId)} AS "inQueue",
           a."superseded", ${laterOpen(actor.userId)} AS "laterOpen"
      FROM "Article" a
      JOIN "Project" p ON p."id" = a."projectId" AND p."deletedAt" IS NULL
      LEFT JOIN "Batch" b ON b."id" = a."batchId"
      LEFT JOIN "Member" m ON m."projectId" = p."id" AND m."userId" = ${actor.userId}::uuid
      LEFT JOIN "Review" own ON own."articleId" = a."id" AND own."reviewerId" = ${actor.userId}::uuid AND own."deletedAt" IS NULL
     WHERE a."id" = ${articleId}::uuid AND a."deletedAt" IS NULL`;
  return rows[0] ?? null;
}

export async function reviewFacts(
  tx: Tx,
  actor: Actor,
  reviewId: string,
  { lock = false }: Locks = {},
): Promise<(ReviewFacts & { readonly articleId: string }) | null> {
  if (!isId(reviewId)) return null;
  if (lock) await tx.$queryRaw`SELECT 1 FROM "Review" WHERE "id" = ${reviewId}::uuid FOR UPDATE`;
  const rows = await tx.$queryRaw<ReviewRow[]>`
    SELECT a."id" AS "articleId", p."id" AS "projectId", coalesce(m."roles"::text[], '{}') AS "roles", p."blind", p."adjudicateOwn", p."showSuggestions",
           a."state"::text AS "state", own."status"::text AS "ownReview",
           coalesce(own."training", false) AS "ownTraining", false AS "inQueue", r."reviewerId",
           a."superseded", ${laterOpen(actor.userId)} AS "laterOpen"
      FROM "Review" r
      JOIN "Article" a ON a."id" = r."articleId" AND a."deletedAt" IS NULL
      JOIN "Project" p ON p."id" = r."projectId" AND p."deletedAt" IS NULL
      LEFT JOIN "Member" m ON m."projectId" = p."id" AND m."userId" = ${actor.userId}::uuid
      LEFT JOIN "Review" own ON own."articleId" = a."id" AND own."reviewerId" = ${actor.userId}::uuid AND own."deletedAt" IS NULL
     WHERE r."id" = ${reviewId}::uuid AND r."deletedAt" IS NULL`;
  return rows[0] ?? null;
}

export const superseded = () =>
  refuse("locked", "A newer version has taken this article’s place. Nothing was changed: this one stays as it was.");

export const forbidden = () => refuse("forbidden", "Your role here does not allow this.");

/** The facts, when the actor may do `action` on the project; otherwise the refusal. */
export async function projectFor(
  tx: Tx,
  actor: Actor,
  projectId: string,
  action: ProjectAction,
  locks: Locks = {},
): Promise<Result<ProjectFacts>> {
  const facts = await projectFacts(tx, actor, projectId, locks);
  if (!facts || !canProject(actor, "project.see", facts)) return notFound();
  return canProject(actor, action, facts) ? ok(facts) : forbidden();
}

/** Whoever may not read the article may not know of it. */
export async function articleFor(
  tx: Tx,
  actor: Actor,
  articleId: string,
  action: ArticleAction | ProjectAction,
  locks: Locks = {},
): Promise<Result<ArticleFacts & { readonly articleId: string }>> {
  const facts = await articleFacts(tx, actor, articleId, locks);
  if (!facts || !canArticle(actor, "article.read", facts)) return notFound();
  const may =
    action === "article.read" ||
    action === "marks.see" ||
    action === "gold.see" ||
    action === "suggestions.see" ||
    action === "thread.see" ||
    action === "thread.write" ||
    action === "decide"
      ? canArticle(actor, action, facts)
      : canProject(actor, action, facts);
  if (facts.superseded && action === "decide" && canArticle(actor, action, { ...facts, superseded: false }))
    return superseded();
  return may ? ok(facts) : forbidden();
}

/** Whoever may not see the review may not know of it. */
export async function reviewFor(
  tx: Tx,
  actor: Actor,
  reviewId: string,
  action: ReviewAction | ProjectAction,
  locks: Locks = {},
): Promise<Result<ReviewFacts & { readonly articleId: string }>> {
  const facts = await reviewFacts(tx, actor, reviewId, locks);
  if (!facts) return notFound();
  const may =
    action === "review.see" || action === "annotate" || action === "review.reopen"
      ? canReview(actor, action, facts)
      : canProject(actor, action, facts);
  if (may && facts.superseded && (action === "annotate" || action === "review.reopen")) return superseded();
  if (may) return ok(facts);
  return canReview(actor, "review.see", facts) ? forbidden() : notFound();
}
