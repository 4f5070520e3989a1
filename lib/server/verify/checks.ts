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
            (SELECT count(*) FROM "Review" r WHERE r."articleId" = a."id" AND r."deletedAt" IS NULL AND r."status" <> 'SKIPPED')`,
  },

  // Offsets lie inside the text.
  {
    check: "region-range",
    sql: `SELECT r."id" FROM "Region" r LEFT JOIN "Article" a ON a."id" = r."articleId" WHERE a."id" IS NULL OR ${outside} a."textLength"`,
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
