/** Many rows into each table in one statement: `rows` is a JSON array of objects named as the columns. */
import { Prisma } from "../../generated/prisma/client";

export type Insert = (rows: string) => Prisma.Sql;

export const insertTexts: Insert = (rows) => Prisma.sql`
  INSERT INTO "ArticleText" ("id", "projectId", "sha256", "length", "body")
  SELECT "id", "projectId", "sha256", "length", "body" FROM json_populate_recordset(NULL::"ArticleText", ${rows}::json)`;

/** Answers the ids that were written: an article that is there already, or was a moment ago by another's hand, is left out. */
export const insertArticles: Insert = (rows) => Prisma.sql`
  INSERT INTO "Article" ("id", "projectId", "textId", "textLength", "title", "outlet", "repostedBy", "author", "dateline", "url",
    "published", "publishedDate", "publishedPrecision", "language", "licence", "story", "split", "extra", "goldExtra", "searchKey",
    "duplicateKey", "creationHash", "batchId", "single", "createdBy", "pageKey", "chainId", "textVersion")
  SELECT "id", "projectId", "textId", "textLength", "title", "outlet", "repostedBy", "author", "dateline", "url",
    "published", "publishedDate", "publishedPrecision", "language", "licence", "story", "split", "extra", "goldExtra", "searchKey",
    "duplicateKey", "creationHash", "batchId", "single", "createdBy", "pageKey", "chainId", "textVersion"
  FROM json_populate_recordset(NULL::"Article", ${rows}::json)
  ON CONFLICT DO NOTHING RETURNING "id"`;

export const insertRegions: Insert = (rows) => Prisma.sql`
  INSERT INTO "Region" ("id", "projectId", "articleId", "textLength", "start", "end", "role", "reason", "extra")
  SELECT "id", "projectId", "articleId", "textLength", "start", "end", "role", "reason", "extra"
  FROM json_populate_recordset(NULL::"Region", ${rows}::json)`;

export const insertReviewers: Insert = (rows) => Prisma.sql`
  INSERT INTO "User" ("id", "name", "importedInto")
  SELECT "id", "name", "importedInto" FROM json_populate_recordset(NULL::"User", ${rows}::json)`;

export const insertReviews: Insert = (rows) => Prisma.sql`
  INSERT INTO "Review" ("id", "projectId", "articleId", "textLength", "reviewerId", "status", "version", "notBlind", "training",
    "assignedBy", "startedAt", "submittedAt", "submittedVersion", "skipReason", "extra")
  SELECT "id", "projectId", "articleId", "textLength", "reviewerId", "status", "version", "notBlind", coalesce("training", false),
    "assignedBy", "startedAt", "submittedAt", "submittedVersion", "skipReason", "extra"
  FROM json_populate_recordset(NULL::"Review", ${rows}::json)`;

export const insertSubmissions: Insert = (rows) => Prisma.sql`
  INSERT INTO "Submission" ("reviewId", "number", "projectId", "articleId", "blind", "reviewVersion", "spans", "links", "submittedAt")
  SELECT "reviewId", "number", "projectId", "articleId", "blind", "reviewVersion", "spans", "links", "submittedAt"
  FROM json_populate_recordset(NULL::"Submission", ${rows}::json)`;

export const insertSpans: Insert = (rows) => Prisma.sql`
  INSERT INTO "Span" ("id", "projectId", "articleId", "reviewId", "textLength", "start", "end", "quote", "label", "attributes", "note",
    "uncertain", "accepted", "suggestion", "schemeVersion", "guidelineVersion", "extra")
  SELECT "id", "projectId", "articleId", "reviewId", "textLength", "start", "end", "quote", "label", "attributes", "note",
    "uncertain", coalesce("accepted", '{}'), "suggestion", "schemeVersion", "guidelineVersion", "extra"
  FROM json_populate_recordset(NULL::"Span", ${rows}::json)`;

export const insertLinks: Insert = (rows) => Prisma.sql`
  INSERT INTO "Link" ("id", "projectId", "reviewId", "type", "fromId", "toId", "toText", "accepted", "extra")
  SELECT "id", "projectId", "reviewId", "type", "fromId", "toId", "toText", coalesce("accepted", false), "extra"
  FROM json_populate_recordset(NULL::"Link", ${rows}::json)`;

export const insertCarried: Insert = (rows) => Prisma.sql`
  INSERT INTO "CarriedSpan" ("spanId", "projectId", "reviewId", "kind", "score", "fromId", "fromArticleId", "start", "end", "quote", "before",
    "after", "content", "candidates", "links", "dropReason", "droppedAt")
  SELECT "spanId", "projectId", "reviewId", "kind", "score", "fromId", "fromArticleId", "start", "end", "quote", "before",
    "after", "content", "candidates", "links", "dropReason", "droppedAt"
  FROM json_populate_recordset(NULL::"CarriedSpan", ${rows}::json)`;

export const insertCases: Insert = (rows) => Prisma.sql`
  INSERT INTO "Case" ("id", "projectId", "articleId", "start", "end", "labels", "primaryFlag", "flags", "members", "missing", "status", "foundAt")
  SELECT "id", "projectId", "articleId", "start", "end", "labels", "primaryFlag", "flags", "members", "missing", "status", "foundAt"
  FROM json_populate_recordset(NULL::"Case", ${rows}::json)`;

export const insertDecisions: Insert = (rows) => Prisma.sql`
  INSERT INTO "Decision" ("id", "projectId", "articleId", "caseId", "action", "input", "spans", "links", "reasonCode", "note", "rule",
    "adjudicatorId", "alsoReviewed", "anonymous", "members", "submitted", "suggestion", "textSha256", "schemeVersion",
    "guidelineVersion", "contentHash", "supersedesId", "live", "at", "extra")
  SELECT "id", "projectId", "articleId", "caseId", "action", "input", "spans", "links", "reasonCode", "note", "rule",
    "adjudicatorId", "alsoReviewed", "anonymous", "members", "submitted", "suggestion", "textSha256", "schemeVersion",
    "guidelineVersion", "contentHash", "supersedesId", "live", "at", "extra"
  FROM json_populate_recordset(NULL::"Decision", ${rows}::json)`;

export const insertGoldSpans: Insert = (rows) => Prisma.sql`
  INSERT INTO "GoldSpan" ("id", "projectId", "articleId", "textLength", "decisionId", "start", "end", "quote", "label", "attributes",
    "note", "uncertain", "schemeVersion", "guidelineVersion", "extra")
  SELECT "id", "projectId", "articleId", "textLength", "decisionId", "start", "end", "quote", "label", "attributes",
    "note", "uncertain", "schemeVersion", "guidelineVersion", "extra"
  FROM json_populate_recordset(NULL::"GoldSpan", ${rows}::json)`;

export const insertGoldLinks: Insert = (rows) => Prisma.sql`
  INSERT INTO "GoldLink" ("id", "projectId", "articleId", "decisionId", "type", "fromId", "toId", "toText", "extra")
  SELECT "id", "projectId", "articleId", "decisionId", "type", "fromId", "toId", "toText", "extra"
  FROM json_populate_recordset(NULL::"GoldLink", ${rows}::json)`;

export const insertSuggestions: Insert = (rows) => Prisma.sql`
  INSERT INTO "Suggestion" ("id", "projectId", "articleId", "textLength", "setId", "start", "end", "quote", "label", "attributes", "note",
    "uncertain", "score", "links", "contentHash", "extra")
  SELECT "id", "projectId", "articleId", "textLength", "setId", "start", "end", "quote", "label", "attributes", "note",
    "uncertain", "score", "links", "contentHash", "extra"
  FROM json_populate_recordset(NULL::"Suggestion", ${rows}::json)`;
