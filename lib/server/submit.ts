/** A review's way: submitted, reopened, sent back, skipped. Each is harmless when repeated and finds the article's cases anew. */
import type { Actor } from "../access/actor";
import type { OwnReview } from "../access/can";
import { type Fault, invalid, notFound, ok, type Result, refuse } from "../result";
import { missingToSubmit } from "../spans/complete";
import { reviewFor, superseded } from "./access";
import { record } from "./audit";
import { bulkOf } from "./bulk";
import { refreshCases } from "./cases-refresh";
import { type Tx, transaction } from "./db";
import { schemeOf } from "./kept";
import { openOrphansOf } from "./orphans";
import { contentOf, couldHaveSeen, type LockedReview, lockReview } from "./reviews";

export type StatusAnswer = {
  readonly id: string;
  readonly status: OwnReview;
  readonly version: number;
  readonly submittedAt: string | null;
  readonly notBlind: boolean;
};

async function statusOf(tx: Tx, reviewId: string): Promise<Result<StatusAnswer>> {
  const row = await tx.review.findUnique({
    where: { id: reviewId },
    select: { id: true, status: true, version: true, submittedAt: true, notBlind: true },
  });
  return row ? ok({ ...row, submittedAt: row.submittedAt?.toISOString() ?? null }) : notFound();
}

const behind = (review: LockedReview, version: number) =>
  refuse("conflict", "The review has changed since. Nothing was submitted; look it over and submit again.", [
    {
      path: "version",
      code: "behind",
      message: `The review is at version ${review.version}.`,
      expected: review.version,
      actual: version,
      current: { version: review.version, status: review.status },
    },
  ]);

/** Refuses: conflict (409) when `version` is not the review's; invalid (422) with every span that lacks something. */
export const submitReview = (
  actor: Actor,
  reviewId: string,
  { version }: { readonly version: number },
): Promise<Result<StatusAnswer>> =>
  transaction(async (tx) => {
    const review = await lockReview(tx, reviewId);
    const may = await reviewFor(tx, actor, reviewId, "annotate");
    if (!may.ok) return may;
    if (!review) return notFound();
    if (review.status === "SUBMITTED")
      return version === review.version ? statusOf(tx, reviewId) : behind(review, version);
    if (review.status === "SKIPPED")
      return refuse("conflict", "The review was skipped. Take it up again before it is submitted.", [
        { path: "", code: "skipped", message: "The review was skipped.", current: { status: review.status } },
      ]);
    if (version !== review.version) return behind(review, version);

    const content = await contentOf(tx, reviewId);
    const scheme = await schemeOf(tx, review.projectId, review.schemeVersion);
    const missing = missingToSubmit(scheme, {
      spans: new Map(content.spans.map(({ suggestion: _, ...span }) => [span.id, span])),
      links: new Map(content.links.map((link) => [link.id, link])),
    });
    const faults = [
      ...missing.map(
        ({ spanId, path, code, message }): Fault => ({
          path: `spans.${spanId}.${path}`,
          code,
          message,
          actual: spanId,
        }),
      ),
      ...(await openOrphansOf(tx, reviewId)).map(
        ({ id }): Fault => ({
          path: `orphans.${id}`,
          code: "orphan",
          message: "A mark of the version before has no place yet: place it, or drop it and say why.",
          actual: id,
        }),
      ),
    ];
    if (faults.length > 0)
      return invalid(
        faults,
        missing.length > 0
          ? "Nothing was submitted: some spans lack something."
          : "Nothing was submitted: marks of the version before wait for a place.",
      );

    const blind = !review.notBlind && (review.blind || !(await couldHaveSeen(tx, review)));
    await tx.$executeRaw`
      INSERT INTO "Submission" ("reviewId", "number", "projectId", "articleId", "blind", "reviewVersion", "spans", "links", "submittedAt")
      SELECT ${reviewId}::uuid, coalesce(max("number"), 0) + 1, ${review.projectId}::uuid, ${review.articleId}::uuid, ${blind},
             ${review.version}, ${JSON.stringify(content.spans)}::jsonb, ${JSON.stringify(content.links)}::jsonb, now()
        FROM "Submission" WHERE "reviewId" = ${reviewId}::uuid`;
    await tx.$executeRaw`
      UPDATE "Review" SET "status" = 'SUBMITTED', "submittedAt" = now(), "submittedVersion" = "version", "sentBackComment" = NULL,
             "startedAt" = coalesce("startedAt", now())
       WHERE "id" = ${reviewId}::uuid`;
    await record(
      tx,
      actor,
      { projectId: review.projectId },
      {
        type: "review.submitted",
        reviewId,
        articleId: review.articleId,
        version: review.version,
        spans: content.spans.length,
      },
    );
    await refreshCases(bulkOf(tx), [review.articleId]);
    return statusOf(tx, reviewId);
  });

/** Back to work on it, and whether what is marked from here on is blind is written down. */
async function takeUpAgain(tx: Tx, review: LockedReview): Promise<boolean> {
  const notBlind = review.notBlind || (await couldHaveSeen(tx, review));
  await tx.$executeRaw`
    UPDATE "Review" SET "status" = (CASE WHEN "startedAt" IS NULL THEN 'ASSIGNED' ELSE 'IN_PROGRESS' END)::"ReviewStatus",
           "submittedAt" = NULL, "skipReason" = NULL, "reopenedAt" = now(), "notBlind" = ${notBlind}
     WHERE "id" = ${review.id}::uuid`;
  return notBlind;
}

const isOpen = (review: LockedReview) => review.status === "ASSIGNED" || review.status === "IN_PROGRESS";

/** By its owner while the article is open, by an editor at any time. */
export const reopenReview = (actor: Actor, reviewId: string): Promise<Result<StatusAnswer>> =>
  transaction(async (tx) => {
    const review = await lockReview(tx, reviewId);
    const may = await reviewFor(tx, actor, reviewId, "review.reopen");
    if (!may.ok) return may;
    if (!review) return notFound();
    if (isOpen(review)) return statusOf(tx, reviewId);
    const notBlind = await takeUpAgain(tx, review);
    const { projectId, articleId, reviewerId } = review;
    await record(tx, actor, { projectId }, { type: "review.reopened", reviewId, articleId, reviewerId, notBlind });
    await refreshCases(bulkOf(tx), [articleId]);
    return statusOf(tx, reviewId);
  });

/** An editor's comment, which the reviewer sees; a submitted or skipped review is open again. */
export const sendBackReview = (
  actor: Actor,
  reviewId: string,
  { comment }: { readonly comment: string },
): Promise<Result<StatusAnswer>> =>
  transaction(async (tx) => {
    const review = await lockReview(tx, reviewId);
    const may = await reviewFor(tx, actor, reviewId, "project.edit");
    if (!may.ok) return may;
    if (may.value.superseded) return superseded();
    if (!review) return notFound();
    if (isOpen(review) && review.sentBackComment === comment) return statusOf(tx, reviewId);
    const notBlind = isOpen(review) ? review.notBlind : await takeUpAgain(tx, review);
    await tx.$executeRaw`UPDATE "Review" SET "sentBackComment" = ${comment}, "reopenedAt" = now() WHERE "id" = ${reviewId}::uuid`;
    const { projectId, articleId, reviewerId } = review;
    await record(
      tx,
      actor,
      { projectId },
      { type: "review.sent-back", reviewId, articleId, reviewerId, reason: comment, notBlind },
    );
    await refreshCases(bulkOf(tx), [articleId]);
    return statusOf(tx, reviewId);
  });

/** The reviewer's own; another reviewer gets the article instead. What was marked is kept and counts for nothing. */
export const skipReview = (
  actor: Actor,
  reviewId: string,
  { reason }: { readonly reason: string },
): Promise<Result<StatusAnswer>> =>
  transaction(async (tx) => {
    const review = await lockReview(tx, reviewId);
    const may = await reviewFor(tx, actor, reviewId, "annotate");
    if (!may.ok) return may;
    if (!review) return notFound();
    if (review.status === "SKIPPED") return statusOf(tx, reviewId);
    if (review.status === "SUBMITTED")
      return refuse("locked", "The review is submitted. Nothing was changed; it can be reopened.");
    await tx.$executeRaw`UPDATE "Review" SET "status" = 'SKIPPED', "skipReason" = ${reason} WHERE "id" = ${reviewId}::uuid`;
    const { projectId, articleId, reviewerId } = review;
    await record(tx, actor, { projectId }, { type: "review.skipped", reviewId, articleId, reviewerId, reason });
    await refreshCases(bulkOf(tx), [articleId]);
    return statusOf(tx, reviewId);
  });
