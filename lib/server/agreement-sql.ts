/** What agreement is measured on, in SQL; the use case asks whether it has changed, the worker reads it. */
import { CURRENT } from "./current";

/** $1 project, $2 who asks, $3 whether only their own settled articles, $4 outlet or null, $5 batch's id, "none" or null. */
export type Counted = readonly [
  projectId: string,
  actorId: string,
  own: boolean,
  outlet: string | null,
  batch: string | null,
];

/**
 * Each review's newest blind submission (docs/decisions/006), of the project $1. A review that its owner took up again while it was still
 * blind does not count until it is submitted; one that was reopened later counts as it was.
 */
const newestBlind = (among = "") => `
  SELECT DISTINCT ON (s."reviewId") s."reviewId", s."number", s."articleId", r."reviewerId", s."submittedAt"
    FROM "Submission" s
    JOIN "Review" r ON r."id" = s."reviewId" AND r."deletedAt" IS NULL AND NOT r."training"
     AND (r."status" = 'SUBMITTED' OR (r."notBlind" AND r."status" <> 'SKIPPED'))
   WHERE s."projectId" = $1::uuid AND s."blind" ${among}
   ORDER BY s."reviewId", s."number" DESC`;
export const NEWEST_BLIND = newestBlind();
/** Of the article a. */
const OF_ARTICLE = newestBlind(`AND s."articleId" = a."id"`);

/** Nobody hears of an article that they are reviewing. */
const COUNTED = `
counted AS (${NEWEST_BLIND}),
asked AS (
  SELECT a."id", a."textId", a."story", a."position", a."version", a."outlet", a."batchId"
    FROM "Article" a JOIN "Project" p ON p."id" = a."projectId"
    LEFT JOIN "Review" own ON own."articleId" = a."id" AND own."reviewerId" = $2::uuid AND own."deletedAt" IS NULL
   WHERE a."projectId" = $1::uuid AND ${CURRENT}
     AND (own."id" IS NULL OR own."status" NOT IN ('ASSIGNED', 'IN_PROGRESS') OR (NOT own."training" AND (a."state" = 'SETTLED' OR NOT p."blind")))
     AND (NOT $3::boolean OR (a."state" = 'SETTLED'
          AND a."id" IN (SELECT c."articleId" FROM counted c WHERE c."reviewerId" = $2::uuid)))
     AND ($4::text IS NULL OR a."outlet" = $4)
     AND ($5::text IS NULL OR ($5 = 'none' AND a."batchId" IS NULL) OR a."batchId"::text = $5))`;

/** One number that is another one as soon as anything counts otherwise. */
export const FINGERPRINT = `
WITH ${COUNTED}
SELECT concat(count(*), ' ', coalesce(sum(hashtextextended(
         concat_ws(' ', c."reviewId", c."number", a."id", a."version", a."story"), 0)::numeric), 0), ' ',
         (SELECT concat_ws(' ', p."schemeVersion", p."scope") FROM "Project" p WHERE p."id" = $1::uuid), ' ',
         (SELECT coalesce(sum(hashtextextended(concat_ws(' ', n."folded", n."name"), 0)::numeric), 0)
            FROM "SourceAlias" n WHERE n."projectId" = $1::uuid)) AS "fingerprint"
  FROM counted c JOIN asked a ON a."id" = c."articleId"`;

/**
 * A row an article that has a submission. Reviewers are named as in exports: by id, or by name where only an import knows them. An article's
 * own submissions are found by an index: of the whole project's there may be a hundred thousand.
 */
export const ARTICLES = `
WITH ${COUNTED}
SELECT a."id", t."body" AS "text", t."length", a."story", a."outlet",
       coalesce((SELECT json_agg(json_build_object('start', g."start", 'end', g."end", 'role', g."role") ORDER BY g."start")
          FROM "Region" g WHERE g."projectId" = $1::uuid AND g."articleId" = a."id"), '[]') AS "regions", r."reviews"
  FROM asked a JOIN "ArticleText" t ON t."id" = a."textId"
 CROSS JOIN LATERAL (
       SELECT json_agg(json_build_object('reviewer', CASE WHEN u."email" IS NULL THEN u."name" ELSE u."id"::text END,
                 'reviewerId', u."id", 'spans', s."spans", 'links', s."links", 'submittedAt', c."submittedAt",
                 'schemeVersion', (SELECT max(v."version") FROM "SchemeVersion" v
                    WHERE v."projectId" = $1::uuid AND v."createdAt" <= c."submittedAt"),
                 'guidelineVersion', (SELECT max(v."version") FROM "GuidelineVersion" v
                    WHERE v."projectId" = $1::uuid AND v."createdAt" <= c."submittedAt")) ORDER BY c."reviewId") AS "reviews",
              count(*) AS "count"
          FROM (${OF_ARTICLE}) c JOIN "Submission" s ON s."reviewId" = c."reviewId" AND s."number" = c."number"
          JOIN "User" u ON u."id" = c."reviewerId") r
 WHERE r."count" > 0
 ORDER BY a."position"`;

/** How many articles that will be, to say how far it is. */
export const COUNT = `
WITH ${COUNTED}
SELECT count(*)::int AS "count" FROM asked a WHERE a."id" IN (SELECT c."articleId" FROM counted c)`;
