/** The promises that one statement can check: each answers the ids of what breaks it, none when it is kept. */
export type Check = { readonly check: string; readonly sql: string };

const outside = `"start" < 0 OR "start" >= "end" OR "end" >`;

export const CHECKS: readonly Check[] = [
  // Texts are what was imported.
  { check: "text-length", sql: `SELECT "id" FROM "ArticleText" WHERE "length" <> char_length("body")` },
  {
    check: "text-sha256",
    sql: `SELECT "id" FROM "ArticleText" WHERE "sha256" <> encode(sha256(convert_to("body", 'UTF8')), 'hex')`,
  },
  {
    check: "article-text",
    sql: `SELECT a."id" FROM "Article" a LEFT JOIN "ArticleText" t ON t."id" = a."textId" AND t."projectId" = a."projectId"
           WHERE t."length" IS DISTINCT FROM a."textLength"`,
  },
  {
    check: "article-taken",
    sql: `SELECT a."id" FROM "Article" a WHERE a."taken" <>
            (SELECT count(*) FROM "Review" r WHERE r."articleId" = a."id" AND r."deletedAt" IS NULL AND r."status" <> 'SKIPPED'
                AND NOT r."training")`,
  },

  {
    check: "article-superseded",
    sql: `SELECT a."id" FROM "Article" a WHERE a."superseded" <> (a."chainId" IS NOT NULL AND EXISTS (SELECT FROM "Article" n
            WHERE n."projectId" = a."projectId" AND n."chainId" = a."chainId" AND n."textVersion" > a."textVersion" AND n."deletedAt" IS NULL))`,
  },
  {
    check: "carried-span",
    sql: `SELECT c."spanId" AS "id" FROM "CarriedSpan" c LEFT JOIN "Span" s ON s."id" = c."spanId" LEFT JOIN "Review" r ON r."id" = c."reviewId"
           WHERE (s."id" IS NOT NULL AND s."reviewId" <> c."reviewId") OR r."projectId" IS DISTINCT FROM c."projectId"
              OR char_length(c."quote") <> c."end" - c."start"`,
  },

  // Offsets lie inside the text.
  {
    check: "region-range",
    sql: `SELECT r."id" FROM "Region" r LEFT JOIN "Article" a ON a."id" = r."articleId" WHERE a."id" IS NULL OR ${outside} a."textLength"`,
  },
  {
    check: "region-overlap",
    sql: `SELECT "id" FROM (SELECT "id", "start", lag("end") OVER (PARTITION BY "articleId" ORDER BY "start", "end") AS "before" FROM "Region") r
           WHERE "start" < "before"`,
  },
  {
    check: "span-range",
    sql: `SELECT s."id" FROM "Span" s LEFT JOIN "Article" a ON a."id" = s."articleId" WHERE a."id" IS NULL OR ${outside} a."textLength"`,
  },
  {
    check: "gold-range",
    sql: `SELECT g."id" FROM "GoldSpan" g LEFT JOIN "Article" a ON a."id" = g."articleId" WHERE a."id" IS NULL OR ${outside} a."textLength"`,
  },
  {
    check: "case-range",
    sql: `SELECT c."id" FROM "Case" c LEFT JOIN "Article" a ON a."id" = c."articleId" WHERE a."id" IS NULL OR ${outside} a."textLength"`,
  },
  {
    check: "submission-range",
    sql: `SELECT DISTINCT s."reviewId" || '/' || s."number" AS "id"
            FROM "Submission" s LEFT JOIN "Article" a ON a."id" = s."articleId", jsonb_array_elements(s."spans") AS p("span")
           WHERE a."id" IS NULL OR (p."span"->>'start')::int < 0 OR (p."span"->>'start')::int >= (p."span"->>'end')::int
              OR (p."span"->>'end')::int > a."textLength"`,
  },

  // Reviews are what their changes made.
  {
    check: "review-version",
    sql: `SELECT r."id" FROM "Review" r JOIN "Change" c ON c."reviewId" = r."id" GROUP BY r."id" HAVING max(c."reviewVersion") > r."version"`,
  },
  {
    check: "span-behind",
    sql: `SELECT c."spanId" AS "id" FROM
            (SELECT "reviewId", coalesce("body"->'span'->>'id', "body"->>'spanId') AS "spanId", max("resultVersion") AS "version"
               FROM "Change" GROUP BY 1, 2) c LEFT JOIN "Span" s ON s."id"::text = c."spanId" AND s."reviewId" = c."reviewId"
           WHERE c."spanId" IS NOT NULL AND s."version" IS DISTINCT FROM c."version"`,
  },
  {
    check: "span-versions",
    sql: `SELECT s."id" FROM "Span" s LEFT JOIN "SchemeVersion" v ON v."projectId" = s."projectId" AND v."version" = s."schemeVersion"
            LEFT JOIN "GuidelineVersion" g ON g."projectId" = s."projectId" AND g."version" = s."guidelineVersion"
           WHERE v."version" IS NULL OR g."version" IS NULL`,
  },
  {
    check: "project-versions",
    sql: `SELECT p."id" FROM "Project" p LEFT JOIN "SchemeVersion" v ON v."projectId" = p."id" AND v."version" = p."schemeVersion"
            LEFT JOIN "GuidelineVersion" g ON g."projectId" = p."id" AND g."version" = p."guidelineVersion"
           WHERE v."version" IS NULL OR g."version" IS NULL`,
  },
  {
    check: "submission-missing",
    sql: `SELECT r."id" FROM "Review" r WHERE r."status" = 'SUBMITTED' AND NOT EXISTS (SELECT FROM "Submission" s WHERE s."reviewId" = r."id")`,
  },
  {
    check: "submission-number",
    sql: `SELECT "reviewId" || '/' || "number" AS "id" FROM
            (SELECT "reviewId", "number", row_number() OVER (PARTITION BY "reviewId" ORDER BY "number") AS "expected" FROM "Submission") s
           WHERE "number" <> "expected"`,
  },
  {
    check: "link-start",
    sql: `SELECT l."id" FROM "Link" l JOIN "Span" f ON f."id" = l."fromId" WHERE f."reviewId" <> l."reviewId"`,
  },
  {
    check: "link-ends",
    sql: `SELECT l."id" FROM "Link" l LEFT JOIN "Span" f ON f."id" = l."fromId" AND f."projectId" = l."projectId"
            LEFT JOIN "Span" t ON t."id" = l."toId" AND t."projectId" = l."projectId"
            LEFT JOIN "GoldSpan" g ON g."id" = l."toId" AND g."projectId" = l."projectId"
           WHERE NOT l."removed" AND (f."id" IS NULL OR f."removed" OR (l."toId" IS NOT NULL AND t."id" IS NULL AND g."id" IS NULL)
              OR (l."toId" IS NULL AND l."toText" IS NULL))`,
  },

  // Decisions are never overwritten, one lives, and gold is what the living ones say.
  {
    check: "one-live-decision",
    sql: `SELECT "caseId" AS "id" FROM "Decision" WHERE "live" AND "caseId" IS NOT NULL GROUP BY "caseId" HAVING count(*) > 1`,
  },
  {
    check: "superseded-not-live",
    sql: `SELECT o."id" FROM "Decision" n JOIN "Decision" o ON o."id" = n."supersedesId" WHERE o."live"`,
  },
  {
    check: "case-decision",
    sql: `SELECT c."id" FROM "Case" c LEFT JOIN "Decision" d ON d."caseId" = c."id" AND d."live"
           WHERE (c."status" IN ('DECIDED', 'STALE') AND d."id" IS NULL) OR (c."status" = 'OPEN' AND d."id" IS NOT NULL)`,
  },
  {
    check: "settled-undecided",
    sql: `SELECT a."id" FROM "Article" a WHERE a."state" = 'SETTLED' AND (a."undecided" <> 0 OR EXISTS
            (SELECT FROM "Case" c WHERE c."projectId" = a."projectId" AND c."articleId" = a."id" AND c."status" IN ('OPEN', 'STALE', 'ORPHANED')))`,
  },
  {
    check: "gold-missing",
    sql: `SELECT DISTINCT d."id" FROM "Decision" d, jsonb_to_recordset(d."spans") AS x("id" uuid, "start" int, "end" int, "label" text)
            LEFT JOIN "GoldSpan" g USING ("id")
           WHERE d."live" AND (g."decisionId", g."start", g."end", g."label") IS DISTINCT FROM (d."id", x."start", x."end", x."label")`,
  },
  {
    check: "decision-text",
    sql: `SELECT d."id" FROM "Decision" d JOIN "Article" a ON a."id" = d."articleId" JOIN "ArticleText" t ON t."id" = a."textId"
           WHERE d."live" AND d."textSha256" <> t."sha256"`,
  },
  {
    check: "gold-live",
    sql: `SELECT g."id" FROM "GoldSpan" g LEFT JOIN "Decision" d ON d."id" = g."decisionId" WHERE d."live" IS DISTINCT FROM true
          UNION ALL
          SELECT g."id" FROM "GoldLink" g LEFT JOIN "Decision" d ON d."id" = g."decisionId" WHERE d."live" IS DISTINCT FROM true`,
  },
  {
    check: "gold-link-ends",
    sql: `SELECT l."id" FROM "GoldLink" l LEFT JOIN "GoldSpan" f ON f."id" = l."fromId" LEFT JOIN "GoldSpan" t ON t."id" = l."toId"
           WHERE f."id" IS NULL OR (l."toId" IS NOT NULL AND t."id" IS NULL) OR (l."toId" IS NULL AND l."toText" IS NULL)`,
  },

  // The audit has no gap, no insertion and no change: numbers count up from 1, each hash carries the one before, heads are the last.
  {
    check: "audit-number",
    sql: `SELECT "stream" || ' ' || "seq" AS "id" FROM
            (SELECT "stream", "seq", row_number() OVER (PARTITION BY "stream" ORDER BY "seq") AS "expected" FROM "AuditEntry") e
           WHERE "seq" <> "expected"`,
  },
  {
    check: "audit-chain",
    sql: `SELECT "stream" || ' ' || "seq" AS "id" FROM
            (SELECT "stream", "seq", "prevHash", lag("hash", 1, '') OVER (PARTITION BY "stream" ORDER BY "seq") AS "before" FROM "AuditEntry") e
           WHERE "prevHash" <> "before"`,
  },
  {
    check: "audit-hash",
    sql: `SELECT e."stream" || ' ' || e."seq" AS "id" FROM "AuditEntry" e WHERE e."hash" <> "gloss_audit_hash"(e)`,
  },
  {
    check: "audit-head",
    sql: `SELECT coalesce(h."stream", e."stream") AS "id" FROM "AuditHead" h FULL JOIN
            (SELECT DISTINCT ON ("stream") "stream", "seq", "hash" FROM "AuditEntry" ORDER BY "stream", "seq" DESC) e USING ("stream")
           WHERE (h."seq", h."hash") IS DISTINCT FROM (coalesce(e."seq", 0), coalesce(e."hash", ''))`,
  },

  // What keeps all this is in force.
  {
    check: "constraint-not-valid",
    sql: `SELECT conname AS "id" FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND NOT convalidated`,
  },
  {
    check: "trigger-off",
    sql: `SELECT t.tgname AS "id" FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
           WHERE c.relnamespace = current_schema()::regnamespace AND t.tgenabled = 'D'`,
  },
];
