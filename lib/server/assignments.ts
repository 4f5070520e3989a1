/** Who reviews which article: assigning by an editor, unassigning, and closing an article before it has all its reviews. */
import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "../access/actor";
import { blinded, canProject, type OwnReview } from "../access/can";
import { invalid, notFound, ok, type Result, refuse } from "../result";
import { articleFor, reviewFor, superseded } from "./access";
import { record } from "./audit";
import { bulkOf } from "./bulk";
import { refreshCases } from "./cases-refresh";
import { type Tx, transaction } from "./db";
import type { Page } from "./paging";
import { couldHaveSeen, lockArticle, lockReview } from "./reviews";
import type { AssignInput } from "./reviews.schema";

/** A review as an article's list shows it: nothing of what is in it. */
export type ReviewItem = {
  readonly id: string;
  readonly articleId: string;
  readonly reviewerId: string;
  readonly reviewer: string;
  readonly status: OwnReview;
  /** It does not vote. */
  readonly training: boolean;
  readonly notBlind: boolean;
  readonly assignedAt: string;
  readonly submittedAt: string | null;
};

type Row = Omit<ReviewItem, "assignedAt" | "submittedAt"> & {
  readonly assignedAt: Date;
  readonly submittedAt: Date | null;
};

const itemOf = (row: Row): ReviewItem => ({
  ...row,
  assignedAt: row.assignedAt.toISOString(),
  submittedAt: row.submittedAt?.toISOString() ?? null,
});

/** Editors and adjudicators: all reviews; others their own and, of a settled article, the submitted ones. */
export const listReviews = (actor: Actor, articleId: string): Promise<Result<Page<ReviewItem>>> =>
  transaction(async (tx) => {
    const may = await articleFor(tx, actor, articleId, "article.read");
    if (!may.ok) return may;
    const { state } = may.value;
    const all = canProject(actor, "articles.list", may.value);
    const hidden = blinded(may.value);
    const rows = await tx.$queryRaw<Row[]>`
      SELECT r."id", r."articleId", r."reviewerId", u."name" AS "reviewer", r."status"::text AS "status", r."training", r."notBlind", r."assignedAt",
             r."submittedAt"
        FROM "Review" r JOIN "User" u ON u."id" = r."reviewerId"
       WHERE r."articleId" = ${articleId}::uuid AND r."deletedAt" IS NULL
         AND (${all} OR r."reviewerId" = ${actor.userId}::uuid OR (${state === "SETTLED" && !hidden} AND r."status" = 'SUBMITTED'))
       ORDER BY r."assignedAt", r."id"`;
    const items = rows.map((row) => {
      const own = row.reviewerId === actor.userId;
      // Whether another has begun is a first trace of their marks.
      return itemOf(hidden && !own && row.status === "IN_PROGRESS" ? { ...row, status: "ASSIGNED" } : row);
    });
    return ok({ items, nextCursor: null });
  });

/** `made` is false when it was assigned before. */
export type Assigned = { readonly made: boolean; readonly value: ReviewItem };

/**
 * Gives an article to a reviewer. Sent again it answers as the first time; one that was unassigned comes back with what was marked in it,
 * under its old id. Refuses: conflict (409) when the id is another review's; invalid (422) when the person cannot review here.
 */
export const assignReview = (actor: Actor, articleId: string, input: AssignInput): Promise<Result<Assigned>> =>
  transaction(async (tx) => {
    await lockArticle(tx, articleId);
    const may = await articleFor(tx, actor, articleId, "project.edit");
    if (!may.ok) return may;
    if (may.value.superseded) return superseded();
    const { projectId } = may.value;
    const there = await tx.review.findFirst({
      where: { OR: [{ articleId, reviewerId: input.reviewerId }, ...(input.id ? [{ id: input.id }] : [])] },
      orderBy: { deletedAt: { sort: "desc", nulls: "first" } },
    });
    if (there && (there.articleId !== articleId || there.reviewerId !== input.reviewerId))
      return refuse("conflict", "Nothing was assigned: this id is another review's.", [
        { path: "id", code: "id-taken", message: "Choose another id; this one is in use." },
      ]);
    if (there && !there.deletedAt) {
      if (input.id && input.id !== there.id)
        return refuse("conflict", "This person reviews the article already.", [
          { path: "reviewerId", code: "assigned", message: "There is a review.", current: { id: there.id } },
        ]);
      return answer(tx, there.id, false);
    }
    if (!(await canReviewHere(tx, projectId, input.reviewerId)))
      return invalid([
        {
          path: "reviewerId",
          code: "not-a-reviewer",
          message: "Only a member who is a reviewer, adjudicator or editor here can be given an article.",
        },
      ]);
    const reviewerId = input.reviewerId;
    const reviewId = there?.id ?? input.id ?? randomUUID();
    const training = await isTraining(tx, articleId, reviewerId);
    const notBlind = (there?.notBlind ?? false) || (await goldWasSeen(tx, articleId, reviewerId));
    if (there)
      await tx.$executeRaw`
        UPDATE "Review" SET "deletedAt" = NULL, "assignedBy" = ${personOf(actor)}::uuid, "assignedAt" = now(), "notBlind" = ${notBlind},
               "training" = ${training}, "skipReason" = NULL, "status" = (CASE WHEN "startedAt" IS NULL THEN 'ASSIGNED' ELSE 'IN_PROGRESS' END)::"ReviewStatus"
         WHERE "id" = ${reviewId}::uuid`;
    else
      await tx.$executeRaw`
        INSERT INTO "Review" ("id", "projectId", "articleId", "textLength", "reviewerId", "assignedBy", "notBlind", "training")
        SELECT ${reviewId}::uuid, a."projectId", a."id", a."textLength", ${reviewerId}::uuid, ${personOf(actor)}::uuid, ${notBlind}, ${training}
          FROM "Article" a WHERE a."id" = ${articleId}::uuid`;
    await record(
      tx,
      actor,
      { projectId },
      { type: "review.assigned", reviewId, articleId, reviewerId, notBlind, ...(training && { training }) },
    );
    await refreshCases(bulkOf(tx), [articleId]);
    return answer(tx, reviewId, !there);
  });

async function answer(tx: Tx, reviewId: string, made: boolean): Promise<Result<Assigned>> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT r."id", r."articleId", r."reviewerId", u."name" AS "reviewer", r."status"::text AS "status", r."training", r."notBlind", r."assignedAt",
           r."submittedAt"
      FROM "Review" r JOIN "User" u ON u."id" = r."reviewerId" WHERE r."id" = ${reviewId}::uuid`;
  return row ? ok({ made, value: itemOf(row) }) : notFound();
}

/** Whether a review given to this person now does not vote: they are a trainee here, or the article is for training. */
export async function isTraining(tx: Tx, articleId: string, userId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ training: boolean }[]>`
    SELECT coalesce(b."purpose" = 'training', false) OR coalesce(m."trainee", false) AS "training"
      FROM "Article" a LEFT JOIN "Batch" b ON b."id" = a."batchId"
      LEFT JOIN "Member" m ON m."projectId" = a."projectId" AND m."userId" = ${userId}::uuid
     WHERE a."id" = ${articleId}::uuid`;
  return row?.training ?? false;
}

async function canReviewHere(tx: Tx, projectId: string, userId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ may: boolean }[]>`
    SELECT u."disabledAt" IS NULL AND u."importedInto" IS NULL
           AND (u."isAdmin" OR coalesce(m."roles" && '{REVIEWER,ADJUDICATOR,EDITOR}'::"Role"[], false)) AS "may"
      FROM "User" u LEFT JOIN "Member" m ON m."userId" = u."id" AND m."projectId" = ${projectId}::uuid
     WHERE u."id" = ${userId}::uuid`;
  return row?.may ?? false;
}

/** Whether a person who has no review of the article yet could have seen its gold. */
async function goldWasSeen(tx: Tx, articleId: string, userId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ settled: boolean; desk: boolean }[]>`
    SELECT a."settledAt" IS NOT NULL OR EXISTS (
             SELECT 1 FROM "Article" v WHERE v."projectId" = a."projectId" AND v."chainId" = a."chainId" AND v."settledAt" IS NOT NULL) AS "settled",
           u."isAdmin" OR coalesce(m."roles" && '{EDITOR,ADJUDICATOR,VIEWER}'::"Role"[], false) AS "desk"
      FROM "Article" a JOIN "User" u ON u."id" = ${userId}::uuid
      LEFT JOIN "Member" m ON m."projectId" = a."projectId" AND m."userId" = u."id"
     WHERE a."id" = ${articleId}::uuid`;
  if (!row?.settled) return false;
  return row.desk || (await couldHaveSeen(tx, { articleId, reviewerId: userId }));
}

/** Takes an article from a reviewer who has not submitted; what was marked is kept in the bin. */
export const unassignReview = (actor: Actor, reviewId: string): Promise<Result<null>> =>
  transaction(async (tx) => {
    const review = await lockReview(tx, reviewId);
    const may = await reviewFor(tx, actor, reviewId, "project.edit");
    if (!may.ok) return may;
    if (!review) return notFound();
    if (review.status === "SUBMITTED")
      return refuse("conflict", "The review is submitted. Send it back first if it is to go.", [
        { path: "", code: "submitted", message: "The review is submitted.", current: { status: review.status } },
      ]);
    const { projectId, articleId, reviewerId } = review;
    await tx.$executeRaw`UPDATE "Review" SET "deletedAt" = now() WHERE "id" = ${reviewId}::uuid`;
    await record(tx, actor, { projectId }, { type: "review.unassigned", reviewId, articleId, reviewerId });
    await refreshCases(bulkOf(tx), [articleId]);
    return ok(null);
  });

/**
 * For whoever removes a member or disables an account, in the same transaction: articles that wait for them go back to the queue. What
 * they submitted stays; so does, in the bin, what they marked.
 */
export async function unassignOpenReviews(
  tx: Tx,
  actor: Actor,
  { userId, projectId = null }: { readonly userId: string; readonly projectId?: string | null },
): Promise<number> {
  const rows = await tx.$queryRaw<{ id: string; projectId: string; articleId: string }[]>`
    SELECT r."id", r."projectId", r."articleId" FROM "Review" r
     WHERE r."reviewerId" = ${userId}::uuid AND r."status" IN ('ASSIGNED', 'IN_PROGRESS') AND r."deletedAt" IS NULL
       AND (${projectId === null} OR r."projectId" = ${projectId}::uuid)
     ORDER BY r."articleId"`;
  for (const { articleId } of rows) await lockArticle(tx, articleId);
  for (const { id, projectId: of, articleId } of rows) {
    await tx.$executeRaw`UPDATE "Review" SET "deletedAt" = now() WHERE "id" = ${id}::uuid`;
    await record(
      tx,
      actor,
      { projectId: of },
      { type: "review.unassigned", reviewId: id, articleId, reviewerId: userId },
    );
  }
  await refreshCases(
    bulkOf(tx),
    rows.map((row) => row.articleId),
  );
  return rows.length;
}

export type Closed = {
  readonly id: string;
  readonly state: "OPEN" | "ADJUDICATION" | "SETTLED";
  readonly closedEarly: boolean;
};

/** Goes on to adjudication with the reviews that are submitted, at least one; `closed: false` takes that back. */
export const closeArticle = (
  actor: Actor,
  articleId: string,
  { closed = true }: { readonly closed?: boolean } = {},
): Promise<Result<Closed>> =>
  transaction(async (tx) => {
    await lockArticle(tx, articleId);
    const may = await articleFor(tx, actor, articleId, "project.edit");
    if (!may.ok) return may;
    if (may.value.superseded) return superseded();
    const before = await tx.article.findUniqueOrThrow({ where: { id: articleId }, select: { closedEarly: true } });
    if (before.closedEarly !== closed) {
      const submitted = await tx.review.count({ where: { articleId, status: "SUBMITTED", deletedAt: null } });
      if (closed && submitted === 0)
        return refuse("conflict", "Nothing has been submitted for this article yet, so there is nothing to settle.", [
          { path: "", code: "nothing-submitted", message: "No review is submitted." },
        ]);
      await tx.article.update({ where: { id: articleId }, data: { closedEarly: closed } });
      await record(
        tx,
        actor,
        { projectId: may.value.projectId },
        { type: "article.closed-early", articleId, fields: [closed ? "closed" : "opened"] },
      );
      await refreshCases(bulkOf(tx), [articleId]);
    }
    const { state, closedEarly } = await tx.article.findUniqueOrThrow({
      where: { id: articleId },
      select: { state: true, closedEarly: true },
    });
    return ok({ id: articleId, state, closedEarly });
  });
