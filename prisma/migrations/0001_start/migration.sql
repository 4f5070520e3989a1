-- From prisma/schema.prisma, by `prisma migrate diff --from-empty`.
-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('EDITOR', 'ADJUDICATOR', 'REVIEWER', 'VIEWER');

-- CreateEnum
CREATE TYPE "LinkKind" AS ENUM ('SETUP', 'INVITATION', 'RESET');

-- CreateEnum
CREATE TYPE "ArticleState" AS ENUM ('OPEN', 'ADJUDICATION', 'SETTLED');

-- CreateEnum
CREATE TYPE "ReviewStatus" AS ENUM ('ASSIGNED', 'IN_PROGRESS', 'SUBMITTED', 'SKIPPED');

-- CreateEnum
CREATE TYPE "CaseStatus" AS ENUM ('OPEN', 'DECIDED', 'STALE', 'ORPHANED', 'CLOSED');

-- CreateEnum
CREATE TYPE "DecisionAction" AS ENUM ('SUGGESTION', 'MEMBER', 'UNION', 'INTERSECTION', 'EDIT', 'NOTHING', 'SPLIT', 'MERGE', 'CREATE', 'REOPEN');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" TEXT,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT,
    "isAdmin" BOOLEAN NOT NULL DEFAULT false,
    "importedInto" UUID,
    "disabledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "userAgent" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OneTimeLink" (
    "id" UUID NOT NULL,
    "secretHash" TEXT NOT NULL,
    "kind" "LinkKind" NOT NULL,
    "email" TEXT,
    "userId" UUID,
    "projectId" UUID,
    "roles" "Role"[],
    "createdBy" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "OneTimeLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "secretHash" TEXT NOT NULL,
    "readOnly" BOOLEAN NOT NULL DEFAULT false,
    "projectId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Project" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "reviewersPerArticle" INTEGER NOT NULL DEFAULT 2,
    "blind" BOOLEAN NOT NULL DEFAULT true,
    "acceptUnanimous" BOOLEAN NOT NULL DEFAULT false,
    "adjudicateOwn" BOOLEAN NOT NULL DEFAULT false,
    "forbidOutsideScope" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT[],
    "schemeVersion" INTEGER NOT NULL DEFAULT 1,
    "guidelineVersion" INTEGER NOT NULL DEFAULT 1,
    "createdBy" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SchemeVersion" (
    "projectId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "scheme" JSONB NOT NULL,
    "createdBy" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SchemeVersion_pkey" PRIMARY KEY ("projectId","version")
);

-- CreateTable
CREATE TABLE "GuidelineVersion" (
    "projectId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "markdown" TEXT NOT NULL,
    "createdBy" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "GuidelineVersion_pkey" PRIMARY KEY ("projectId","version")
);

-- CreateTable
CREATE TABLE "ProjectLabel" (
    "projectId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "archived" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "ProjectLabel_pkey" PRIMARY KEY ("projectId","key")
);

-- CreateTable
CREATE TABLE "Member" (
    "projectId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "roles" "Role"[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("projectId","userId")
);

-- CreateTable
CREATE TABLE "Batch" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "reviewersPerArticle" INTEGER,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "deadline" TIMESTAMPTZ(3),
    "people" UUID[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ArticleText" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "length" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ArticleText_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Article" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "textId" UUID NOT NULL,
    "textLength" INTEGER NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "outlet" TEXT,
    "repostedBy" TEXT,
    "author" TEXT,
    "dateline" TEXT,
    "url" TEXT,
    "published" TEXT,
    "publishedDate" TEXT,
    "publishedPrecision" TEXT,
    "language" TEXT,
    "licence" TEXT,
    "story" TEXT,
    "split" TEXT,
    "extra" JSONB NOT NULL DEFAULT '{}',
    "duplicateKey" TEXT NOT NULL,
    "creationHash" TEXT,
    "state" "ArticleState" NOT NULL DEFAULT 'OPEN',
    "closedEarly" BOOLEAN NOT NULL DEFAULT false,
    "settledAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "batchId" UUID,
    "createdBy" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Article_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Region" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "textLength" INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "Region_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Review" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "textLength" INTEGER NOT NULL,
    "reviewerId" UUID NOT NULL,
    "status" "ReviewStatus" NOT NULL DEFAULT 'ASSIGNED',
    "version" INTEGER NOT NULL DEFAULT 0,
    "notBlind" BOOLEAN NOT NULL DEFAULT false,
    "assignedBy" UUID,
    "assignedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "submittedAt" TIMESTAMPTZ(3),
    "submittedVersion" INTEGER,
    "skipReason" TEXT,
    "sentBackComment" TEXT,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Submission" (
    "reviewId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "projectId" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "blind" BOOLEAN NOT NULL,
    "reviewVersion" INTEGER NOT NULL,
    "spans" JSONB NOT NULL,
    "links" JSONB NOT NULL,
    "submittedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Submission_pkey" PRIMARY KEY ("reviewId","number")
);

-- CreateTable
CREATE TABLE "Span" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "reviewId" UUID NOT NULL,
    "textLength" INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "note" TEXT NOT NULL DEFAULT '',
    "uncertain" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "removed" BOOLEAN NOT NULL DEFAULT false,
    "schemeVersion" INTEGER NOT NULL,
    "guidelineVersion" INTEGER NOT NULL,
    "extra" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Span_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Link" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "reviewId" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "fromId" UUID NOT NULL,
    "toId" UUID,
    "toText" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "removed" BOOLEAN NOT NULL DEFAULT false,
    "extra" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Change" (
    "reviewId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "reviewVersion" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "contentHash" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "resultVersion" INTEGER NOT NULL,
    "userId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Change_pkey" PRIMARY KEY ("reviewId","id")
);

-- CreateTable
CREATE TABLE "Case" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "labels" TEXT[],
    "primaryFlag" TEXT NOT NULL,
    "flags" TEXT[],
    "members" JSONB NOT NULL,
    "missing" UUID[],
    "suggestion" JSONB,
    "status" "CaseStatus" NOT NULL DEFAULT 'OPEN',
    "staleReason" JSONB,
    "foundAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Decision" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "caseId" UUID,
    "action" "DecisionAction" NOT NULL,
    "input" JSONB NOT NULL,
    "spans" JSONB NOT NULL,
    "links" JSONB NOT NULL,
    "reasonCode" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "rule" TEXT,
    "adjudicatorId" UUID NOT NULL,
    "alsoReviewed" BOOLEAN NOT NULL,
    "anonymous" BOOLEAN NOT NULL,
    "members" JSONB NOT NULL,
    "submitted" INTEGER NOT NULL,
    "suggestion" JSONB,
    "textSha256" TEXT NOT NULL,
    "schemeVersion" INTEGER NOT NULL,
    "guidelineVersion" INTEGER NOT NULL,
    "contentHash" TEXT NOT NULL,
    "supersedesId" UUID,
    "live" BOOLEAN NOT NULL DEFAULT true,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GoldSpan" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "textLength" INTEGER NOT NULL,
    "decisionId" UUID NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "note" TEXT NOT NULL DEFAULT '',
    "uncertain" BOOLEAN NOT NULL DEFAULT false,
    "schemeVersion" INTEGER NOT NULL,
    "guidelineVersion" INTEGER NOT NULL,

    CONSTRAINT "GoldSpan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GoldLink" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "decisionId" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "fromId" UUID NOT NULL,
    "toId" UUID,
    "toText" TEXT,

    CONSTRAINT "GoldLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "stream" TEXT NOT NULL,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "projectId" UUID,
    "actorId" UUID,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "prevHash" TEXT NOT NULL DEFAULT '',
    "hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("stream","seq")
);

-- CreateTable
CREATE TABLE "AuditHead" (
    "stream" TEXT NOT NULL,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "AuditHead_pkey" PRIMARY KEY ("stream")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "OneTimeLink_secretHash_key" ON "OneTimeLink"("secretHash");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_secretHash_key" ON "ApiToken"("secretHash");

-- CreateIndex
CREATE INDEX "ApiToken_userId_idx" ON "ApiToken"("userId");

-- CreateIndex
CREATE INDEX "Member_userId_idx" ON "Member"("userId");

-- CreateIndex
CREATE INDEX "Batch_projectId_idx" ON "Batch"("projectId");

-- CreateIndex
CREATE UNIQUE INDEX "Batch_id_projectId_key" ON "Batch"("id", "projectId");

-- CreateIndex
CREATE INDEX "ArticleText_projectId_sha256_idx" ON "ArticleText"("projectId", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "ArticleText_id_projectId_length_key" ON "ArticleText"("id", "projectId", "length");

-- CreateIndex
CREATE INDEX "Article_projectId_position_idx" ON "Article"("projectId", "position");

-- CreateIndex
CREATE INDEX "Article_projectId_state_idx" ON "Article"("projectId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Article_id_projectId_textLength_key" ON "Article"("id", "projectId", "textLength");

-- CreateIndex
CREATE UNIQUE INDEX "Article_id_projectId_key" ON "Article"("id", "projectId");

-- CreateIndex
CREATE INDEX "Region_projectId_articleId_idx" ON "Region"("projectId", "articleId");

-- CreateIndex
CREATE INDEX "Review_projectId_articleId_idx" ON "Review"("projectId", "articleId");

-- CreateIndex
CREATE INDEX "Review_reviewerId_status_idx" ON "Review"("reviewerId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "Review_articleId_reviewerId_key" ON "Review"("articleId", "reviewerId");

-- CreateIndex
CREATE UNIQUE INDEX "Review_id_projectId_articleId_textLength_key" ON "Review"("id", "projectId", "articleId", "textLength");

-- CreateIndex
CREATE INDEX "Submission_projectId_articleId_idx" ON "Submission"("projectId", "articleId");

-- CreateIndex
CREATE INDEX "Span_projectId_reviewId_idx" ON "Span"("projectId", "reviewId");

-- CreateIndex
CREATE INDEX "Span_projectId_articleId_idx" ON "Span"("projectId", "articleId");

-- CreateIndex
CREATE UNIQUE INDEX "Span_id_projectId_key" ON "Span"("id", "projectId");

-- CreateIndex
CREATE INDEX "Link_projectId_reviewId_idx" ON "Link"("projectId", "reviewId");

-- CreateIndex
CREATE INDEX "Change_projectId_reviewId_reviewVersion_idx" ON "Change"("projectId", "reviewId", "reviewVersion");

-- CreateIndex
CREATE INDEX "Case_projectId_status_idx" ON "Case"("projectId", "status");

-- CreateIndex
CREATE INDEX "Case_projectId_articleId_start_idx" ON "Case"("projectId", "articleId", "start");

-- CreateIndex
CREATE UNIQUE INDEX "Case_id_projectId_articleId_key" ON "Case"("id", "projectId", "articleId");

-- CreateIndex
CREATE INDEX "Decision_projectId_articleId_idx" ON "Decision"("projectId", "articleId");

-- CreateIndex
CREATE INDEX "Decision_caseId_idx" ON "Decision"("caseId");

-- CreateIndex
CREATE UNIQUE INDEX "Decision_id_projectId_articleId_key" ON "Decision"("id", "projectId", "articleId");

-- CreateIndex
CREATE INDEX "GoldSpan_projectId_articleId_idx" ON "GoldSpan"("projectId", "articleId");

-- CreateIndex
CREATE INDEX "GoldSpan_decisionId_idx" ON "GoldSpan"("decisionId");

-- CreateIndex
CREATE INDEX "GoldLink_projectId_articleId_idx" ON "GoldLink"("projectId", "articleId");

-- CreateIndex
CREATE INDEX "GoldLink_decisionId_idx" ON "GoldLink"("decisionId");

-- CreateIndex
CREATE INDEX "AuditEntry_projectId_at_idx" ON "AuditEntry"("projectId", "at");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SchemeVersion" ADD CONSTRAINT "SchemeVersion_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GuidelineVersion" ADD CONSTRAINT "GuidelineVersion_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectLabel" ADD CONSTRAINT "ProjectLabel_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Batch" ADD CONSTRAINT "Batch_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Article" ADD CONSTRAINT "Article_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Article" ADD CONSTRAINT "Article_textId_projectId_textLength_fkey" FOREIGN KEY ("textId", "projectId", "textLength") REFERENCES "ArticleText"("id", "projectId", "length") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Article" ADD CONSTRAINT "Article_batchId_projectId_fkey" FOREIGN KEY ("batchId", "projectId") REFERENCES "Batch"("id", "projectId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Region" ADD CONSTRAINT "Region_articleId_projectId_textLength_fkey" FOREIGN KEY ("articleId", "projectId", "textLength") REFERENCES "Article"("id", "projectId", "textLength") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_articleId_projectId_textLength_fkey" FOREIGN KEY ("articleId", "projectId", "textLength") REFERENCES "Article"("id", "projectId", "textLength") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_reviewerId_fkey" FOREIGN KEY ("reviewerId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_reviewId_fkey" FOREIGN KEY ("reviewId") REFERENCES "Review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Span" ADD CONSTRAINT "Span_reviewId_projectId_articleId_textLength_fkey" FOREIGN KEY ("reviewId", "projectId", "articleId", "textLength") REFERENCES "Review"("id", "projectId", "articleId", "textLength") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Span" ADD CONSTRAINT "Span_projectId_label_fkey" FOREIGN KEY ("projectId", "label") REFERENCES "ProjectLabel"("projectId", "key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Link" ADD CONSTRAINT "Link_reviewId_fkey" FOREIGN KEY ("reviewId") REFERENCES "Review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Change" ADD CONSTRAINT "Change_reviewId_fkey" FOREIGN KEY ("reviewId") REFERENCES "Review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_articleId_projectId_fkey" FOREIGN KEY ("articleId", "projectId") REFERENCES "Article"("id", "projectId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_articleId_projectId_fkey" FOREIGN KEY ("articleId", "projectId") REFERENCES "Article"("id", "projectId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_caseId_projectId_articleId_fkey" FOREIGN KEY ("caseId", "projectId", "articleId") REFERENCES "Case"("id", "projectId", "articleId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_adjudicatorId_fkey" FOREIGN KEY ("adjudicatorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GoldSpan" ADD CONSTRAINT "GoldSpan_articleId_projectId_textLength_fkey" FOREIGN KEY ("articleId", "projectId", "textLength") REFERENCES "Article"("id", "projectId", "textLength") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GoldSpan" ADD CONSTRAINT "GoldSpan_decisionId_projectId_articleId_fkey" FOREIGN KEY ("decisionId", "projectId", "articleId") REFERENCES "Decision"("id", "projectId", "articleId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GoldSpan" ADD CONSTRAINT "GoldSpan_projectId_label_fkey" FOREIGN KEY ("projectId", "label") REFERENCES "ProjectLabel"("projectId", "key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GoldLink" ADD CONSTRAINT "GoldLink_articleId_projectId_fkey" FOREIGN KEY ("articleId", "projectId") REFERENCES "Article"("id", "projectId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GoldLink" ADD CONSTRAINT "GoldLink_decisionId_projectId_articleId_fkey" FOREIGN KEY ("decisionId", "projectId", "articleId") REFERENCES "Decision"("id", "projectId", "articleId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------------------
-- By hand, from here: what the schema language cannot say. lib/server/invariants.test.ts breaks each of these in a live
-- database and expects the refusal.

-- Offsets are code points; char_length counts code points, because the database is UTF8.
ALTER TABLE "ArticleText" ADD CONSTRAINT "ArticleText_length_check" CHECK ("length" = char_length("body"));
ALTER TABLE "ArticleText" ADD CONSTRAINT "ArticleText_sha256_check" CHECK ("sha256" = encode(sha256(convert_to("body", 'UTF8')), 'hex'));

ALTER TABLE "Article" ADD CONSTRAINT "Article_version_check" CHECK ("version" >= 1);
ALTER TABLE "Article" ADD CONSTRAINT "Article_duplicateKey_check" CHECK ("duplicateKey" ~ '^[0-9a-f]{64}$');
ALTER TABLE "Article" ADD CONSTRAINT "Article_publishedPrecision_check"
  CHECK ("publishedPrecision" IN ('year', 'month', 'day', 'minute', 'second'));

ALTER TABLE "Region" ADD CONSTRAINT "Region_range_check" CHECK (0 <= "start" AND "start" < "end" AND "end" <= "textLength");
ALTER TABLE "Region" ADD CONSTRAINT "Region_role_check" CHECK ("role" IN
  ('headline', 'standfirst', 'byline', 'body', 'subheading', 'caption', 'related', 'meta', 'comment', 'form', 'debris'));

ALTER TABLE "Review" ADD CONSTRAINT "Review_version_check" CHECK ("version" >= 0);
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_number_check" CHECK ("number" >= 1);

ALTER TABLE "Span" ADD CONSTRAINT "Span_range_check" CHECK (0 <= "start" AND "start" < "end" AND "end" <= "textLength");
ALTER TABLE "Span" ADD CONSTRAINT "Span_version_check" CHECK ("version" >= 1);
ALTER TABLE "Link" ADD CONSTRAINT "Link_target_check" CHECK ("toId" IS NOT NULL OR "toText" IS NOT NULL);
ALTER TABLE "Link" ADD CONSTRAINT "Link_version_check" CHECK ("version" >= 1);

ALTER TABLE "Case" ADD CONSTRAINT "Case_range_check" CHECK (0 <= "start" AND "start" < "end");
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_textSha256_check" CHECK ("textSha256" ~ '^[0-9a-f]{64}$');
ALTER TABLE "GoldSpan" ADD CONSTRAINT "GoldSpan_range_check" CHECK (0 <= "start" AND "start" < "end" AND "end" <= "textLength");
ALTER TABLE "GoldLink" ADD CONSTRAINT "GoldLink_target_check" CHECK ("toId" IS NOT NULL OR "toText" IS NOT NULL);

ALTER TABLE "Project" ADD CONSTRAINT "Project_reviewersPerArticle_check" CHECK ("reviewersPerArticle" >= 1);
ALTER TABLE "Batch" ADD CONSTRAINT "Batch_reviewersPerArticle_check" CHECK ("reviewersPerArticle" >= 1);

-- Whoever has no address is a reviewer known from an import, and cannot sign in.
ALTER TABLE "User" ADD CONSTRAINT "User_account_check"
  CHECK ("email" IS NOT NULL OR ("importedInto" IS NOT NULL AND "passwordHash" IS NULL AND NOT "isAdmin"));
ALTER TABLE "User" ADD CONSTRAINT "User_email_check" CHECK ("email" = lower("email"));
ALTER TABLE "AuditEntry" ADD CONSTRAINT "AuditEntry_stream_check"
  CHECK ("stream" = 'instance' OR "stream" ~ '^(project|review):[0-9a-f-]{36}$');

-- One live decision a case; the same folded text with the same outlet and URL stands once in a project, outside the bin.
CREATE UNIQUE INDEX "Decision_live_key" ON "Decision" ("caseId") WHERE "live" AND "caseId" IS NOT NULL;
CREATE UNIQUE INDEX "Article_duplicate_key" ON "Article" ("projectId", "duplicateKey") WHERE "deletedAt" IS NULL;

-- What is kept for ever. GL001: the row is of a kind that is never changed.
CREATE FUNCTION "gloss_never"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is never changed: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'GL001';
END
$$;

CREATE TRIGGER "ArticleText_immutable" BEFORE UPDATE ON "ArticleText" FOR EACH ROW EXECUTE FUNCTION "gloss_never"();
CREATE TRIGGER "Submission_immutable" BEFORE UPDATE OR DELETE ON "Submission" FOR EACH ROW EXECUTE FUNCTION "gloss_never"();
CREATE TRIGGER "Change_immutable" BEFORE UPDATE OR DELETE ON "Change" FOR EACH ROW EXECUTE FUNCTION "gloss_never"();
CREATE TRIGGER "AuditEntry_immutable" BEFORE UPDATE OR DELETE ON "AuditEntry" FOR EACH ROW EXECUTE FUNCTION "gloss_never"();
CREATE TRIGGER "Decision_kept" BEFORE DELETE ON "Decision" FOR EACH ROW EXECUTE FUNCTION "gloss_never"();
CREATE TRIGGER "Submission_whole" BEFORE TRUNCATE ON "Submission" EXECUTE FUNCTION "gloss_never"();
CREATE TRIGGER "Change_whole" BEFORE TRUNCATE ON "Change" EXECUTE FUNCTION "gloss_never"();
CREATE TRIGGER "AuditEntry_whole" BEFORE TRUNCATE ON "AuditEntry" EXECUTE FUNCTION "gloss_never"();
CREATE TRIGGER "Decision_whole" BEFORE TRUNCATE ON "Decision" EXECUTE FUNCTION "gloss_never"();

-- A decision may only cease to be the live one.
CREATE FUNCTION "gloss_decision_superseded"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT OLD."live" OR NEW."live" OR to_jsonb(NEW) - 'live' <> to_jsonb(OLD) - 'live' THEN
    RAISE EXCEPTION 'a decision is never changed, only superseded' USING ERRCODE = 'GL001';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "Decision_superseded" BEFORE UPDATE ON "Decision" FOR EACH ROW EXECUTE FUNCTION "gloss_decision_superseded"();

-- The audit chain. An entry's hash is SHA-256 over the hash before it in its stream and its own content, a line each.
CREATE FUNCTION "gloss_audit_hash"(e "AuditEntry") RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\n', e."prevHash", e."stream", e."seq", coalesce(e."projectId"::text, ''),
    coalesce(e."actorId"::text, ''), e."type", to_char(e."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), e."data"), 'UTF8')), 'hex')
$$;

-- Writers give stream, projectId, actorId, type and data; number, time and hashes are the database's. The lock on the stream's head puts
-- its writers in a row.
CREATE FUNCTION "gloss_audit_chain"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "AuditHead" ("stream") VALUES (NEW."stream") ON CONFLICT DO NOTHING;
  SELECT "seq" + 1, "hash" INTO NEW."seq", NEW."prevHash" FROM "AuditHead" WHERE "stream" = NEW."stream" FOR UPDATE;
  NEW."at" := clock_timestamp();
  NEW."hash" := "gloss_audit_hash"(NEW);
  UPDATE "AuditHead" SET "seq" = NEW."seq", "hash" = NEW."hash" WHERE "stream" = NEW."stream";
  RETURN NEW;
END
$$;
CREATE TRIGGER "AuditEntry_chain" BEFORE INSERT ON "AuditEntry" FOR EACH ROW EXECUTE FUNCTION "gloss_audit_chain"();
