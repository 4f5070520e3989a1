/** The reviews of an article's former version carried over to the new one: each is in progress there, and says of every mark what became of it. */
import { randomUUID } from "node:crypto";
import { Prisma } from "../../generated/prisma/client";
import type { OwnReview } from "../access/can";
import { groundOf } from "../versions/anchor";
import { type Carried, carryOver, type OldOrphan } from "../versions/carry";
import { type Bulk, insertRows } from "./bulk";
import * as tables from "./importsTables";
import { textsOf } from "./kept";
import { contentOf, couldHaveSeen } from "./reviews";
import type { CarriedOver } from "./versions.schema";

type Versions = { readonly projectId: string; readonly formerId: string; readonly articleId: string };
type Row = {
  readonly id: string;
  readonly reviewerId: string;
  readonly status: OwnReview;
  readonly training: boolean;
  readonly notBlind: boolean;
  /** Whether they can go on with it in the new version. */
  readonly may: boolean;
};

/** Call it when the new version's rows are there, with the former article locked. */
export async function carryReviews(bulk: Bulk, versions: Versions, actorId: string | null): Promise<CarriedOver> {
  const { tx } = bulk;
  const { projectId, formerId, articleId } = versions;
  // Whatever change is on its way to an open review there finds another version than it read, looks again, and is refused.
  await bulk.run(Prisma.sql`
    UPDATE "Review" SET "version" = "version" + 1
     WHERE "articleId" = ${formerId}::uuid AND "deletedAt" IS NULL AND "status" IN ('ASSIGNED', 'IN_PROGRESS')`);
  const rows = (await reviewsOf(bulk, versions)).filter((row) => row.status !== "SKIPPED");
  // Reviews stay with the former version where whoever made them cannot review here any more, or they were training.
  const counts = { reviews: 0, exact: 0, drifted: 0, orphans: 0, left: rows.filter((row) => !row.may).length };
  const texts = await textIdsOf(bulk, versions);
  const known = await textsOf(tx, [texts.was.textId, texts.is.textId]);
  const [was, is] = [known.get(texts.was.textId), known.get(texts.is.textId)];
  if (!was || !is) throw new Error("a version has no text");
  const ground = groundOf(was, is);
  for (const row of rows) {
    if (!row.may) continue;
    const { spans, links } = await contentOf(tx, row.id);
    const former = {
      articleId: formerId,
      spans: spans.map(({ quote: _quote, suggestion, ...span }) => ({
        ...span,
        ...(suggestion?.id ? { suggestion: suggestion.id } : {}),
      })),
      links,
      orphans: await openOrphans(bulk, row.id),
    };
    const over = carryOver(was, is, former, { newId: randomUUID, ground });
    const reviewId = randomUUID();
    const begun = row.status !== "ASSIGNED" || over.carried.length > 0;
    const notBlind = row.notBlind || (await couldHaveSeen(tx, { articleId: formerId, reviewerId: row.reviewerId }));
    await insertRows(bulk, tables.insertReviews, [
      {
        ...{ id: reviewId, projectId, articleId, textLength: is.length, reviewerId: row.reviewerId, notBlind },
        ...{ status: begun ? "IN_PROGRESS" : "ASSIGNED", version: Number(over.spans.length > 0), assignedBy: actorId },
        ...{ startedAt: begun ? new Date().toISOString() : null, training: row.training, extra: {} },
      },
    ]);
    const versionsAt = { schemeVersion: texts.schemeVersion, guidelineVersion: texts.guidelineVersion };
    await insertRows(
      bulk,
      tables.insertSpans,
      over.spans.map(({ fromId, ...span }) => ({
        ...versionsAt,
        ...span,
        ...{ projectId, articleId, reviewId, textLength: is.length, quote: is.slice(span), extra: {} },
        suggestion: spans.find(({ id }) => id === fromId)?.suggestion ?? null,
      })),
    );
    await insertRows(
      bulk,
      tables.insertLinks,
      over.links.map(({ from: fromId, to: toId, ...link }) => ({
        ...link,
        projectId,
        reviewId,
        fromId,
        toId,
        extra: {},
      })),
    );
    await insertRows(
      bulk,
      tables.insertCarried,
      over.carried.map((one) => carriedRow(projectId, reviewId, one)),
    );
    counts.reviews++;
    for (const { kind } of over.carried) counts[kind === "orphan" ? "orphans" : kind]++;
  }
  return counts;
}

export const carriedRow = (projectId: string, reviewId: string, { was, ...one }: Carried): object => ({
  ...one,
  projectId,
  reviewId,
  start: was.start,
  end: was.end,
});

const reviewsOf = (bulk: Bulk, { projectId, formerId, articleId }: Versions) =>
  bulk.ask<Row>(Prisma.sql`
    SELECT r."id", r."reviewerId", r."status"::text AS "status", coalesce(m."trainee", false) AS "training", r."notBlind",
           u."disabledAt" IS NULL AND u."importedInto" IS NULL AND (NOT r."training" OR coalesce(m."trainee", false))
           AND (u."isAdmin" OR coalesce(m."roles" && '{REVIEWER,ADJUDICATOR,EDITOR}'::"Role"[], false))
           AND NOT EXISTS (SELECT 1 FROM "Review" n WHERE n."articleId" = ${articleId}::uuid AND n."reviewerId" = r."reviewerId") AS "may"
      FROM "Review" r JOIN "User" u ON u."id" = r."reviewerId"
      LEFT JOIN "Member" m ON m."projectId" = r."projectId" AND m."userId" = r."reviewerId"
     WHERE r."projectId" = ${projectId}::uuid AND r."articleId" = ${formerId}::uuid AND r."deletedAt" IS NULL
     ORDER BY r."assignedAt", r."id"`);

async function textIdsOf(bulk: Bulk, { formerId, articleId }: Versions) {
  const rows = await bulk.ask<{
    id: string;
    textId: string;
    schemeVersion: number;
    guidelineVersion: number;
  }>(Prisma.sql`
    SELECT a."id", a."textId", p."schemeVersion", p."guidelineVersion" FROM "Article" a JOIN "Project" p ON p."id" = a."projectId"
     WHERE a."id" = ANY (${[formerId, articleId]}::uuid[])`);
  const [was, is] = [rows.find((row) => row.id === formerId), rows.find((row) => row.id === articleId)];
  if (!was || !is) throw new Error("a version is not there");
  return { was, is, schemeVersion: is.schemeVersion, guidelineVersion: is.guidelineVersion };
}

/** In SQL over o (the carried span): an orphan that nobody has placed or dropped. */
export const OPEN_ORPHAN = Prisma.sql`o."kind" = 'orphan' AND o."droppedAt" IS NULL
  AND NOT EXISTS (SELECT 1 FROM "Span" s WHERE s."id" = o."spanId" AND s."reviewId" = o."reviewId" AND NOT s."removed")`;

const openOrphans = (bulk: Bulk, reviewId: string) =>
  bulk.ask<OldOrphan>(Prisma.sql`
    SELECT o."spanId", o."fromId", o."fromArticleId", json_build_object('start', o."start", 'end', o."end") AS "was", o."quote", o."before",
           o."after", o."content", o."links"
      FROM "CarriedSpan" o WHERE o."reviewId" = ${reviewId}::uuid AND ${OPEN_ORPHAN} ORDER BY o."start", o."spanId"`);
