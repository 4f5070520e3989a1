-- Versions of articles: a chain of them, the newest of which is worked on; and what became of each mark that was carried over to the next.
-- Pages of articles that were there before are worked out by the next start (lib/server/versionsPages.ts), because folding is not the database's.
ALTER TABLE "Article" ADD COLUMN "chainId" UUID;
ALTER TABLE "Article" ADD COLUMN "pageKey" TEXT;
ALTER TABLE "Article" ADD COLUMN "superseded" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Article" ADD COLUMN "textVersion" INTEGER NOT NULL DEFAULT 1;

CREATE TABLE "CarriedSpan" (
    "spanId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "reviewId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "fromId" UUID NOT NULL,
    "fromArticleId" UUID NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "quote" TEXT NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "candidates" JSONB NOT NULL DEFAULT '[]',
    "links" JSONB NOT NULL DEFAULT '[]',
    "dropReason" TEXT,
    "droppedAt" TIMESTAMPTZ(3),
    CONSTRAINT "CarriedSpan_pkey" PRIMARY KEY ("spanId")
);

CREATE INDEX "CarriedSpan_projectId_kind_idx" ON "CarriedSpan"("projectId", "kind");
CREATE INDEX "CarriedSpan_reviewId_idx" ON "CarriedSpan"("reviewId");
CREATE UNIQUE INDEX "Article_projectId_chainId_textVersion_key" ON "Article"("projectId", "chainId", "textVersion");
CREATE INDEX "Article_projectId_pageKey_idx" ON "Article"("projectId", "pageKey");
ALTER TABLE "CarriedSpan" ADD CONSTRAINT "CarriedSpan_reviewId_fkey" FOREIGN KEY ("reviewId") REFERENCES "Review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------------------
-- By hand, from here.

ALTER TABLE "Article" ADD CONSTRAINT "Article_textVersion_check"
  CHECK ("textVersion" >= 1 AND ("chainId" IS NOT NULL OR ("textVersion" = 1 AND NOT "superseded")));
ALTER TABLE "Article" ADD CONSTRAINT "Article_pageKey_check" CHECK ("pageKey" ~ '^([0-9a-f]{64})?$');
CREATE INDEX "Article_without_page" ON "Article" ("id") WHERE "pageKey" IS NULL;

ALTER TABLE "CarriedSpan" ADD CONSTRAINT "CarriedSpan_kind_check" CHECK ("kind" IN ('exact', 'drifted', 'orphan'));
ALTER TABLE "CarriedSpan" ADD CONSTRAINT "CarriedSpan_score_check" CHECK ("score" BETWEEN 0 AND 1);
ALTER TABLE "CarriedSpan" ADD CONSTRAINT "CarriedSpan_range_check" CHECK (0 <= "start" AND "start" < "end");
ALTER TABLE "CarriedSpan" ADD CONSTRAINT "CarriedSpan_dropped_check"
  CHECK (("droppedAt" IS NULL) = ("dropReason" IS NULL) AND ("droppedAt" IS NULL OR "kind" = 'orphan'));

-- The newest version outside the bin is the one that counts; whatever comes, goes or comes back, the others are superseded.
CREATE FUNCTION "gloss_superseded"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  project UUID;
  chain UUID;
BEGIN
  IF TG_OP = 'DELETE' THEN
    project := OLD."projectId"; chain := OLD."chainId";
  ELSE
    project := NEW."projectId"; chain := NEW."chainId";
  END IF;
  UPDATE "Article" a SET "superseded" = coalesce(x."now", false)
    FROM (SELECT v."id", v."textVersion" < max(v."textVersion") FILTER (WHERE v."deletedAt" IS NULL) OVER () AS "now"
            FROM "Article" v WHERE v."projectId" = project AND v."chainId" = chain) x
   WHERE a."id" = x."id" AND a."superseded" IS DISTINCT FROM coalesce(x."now", false);
  RETURN NULL;
END
$$;
CREATE TRIGGER "Article_superseded_insert" AFTER INSERT ON "Article" FOR EACH ROW
  WHEN (NEW."chainId" IS NOT NULL) EXECUTE FUNCTION "gloss_superseded"();
CREATE TRIGGER "Article_superseded_update" AFTER UPDATE OF "deletedAt", "chainId", "textVersion" ON "Article" FOR EACH ROW
  WHEN (NEW."chainId" IS NOT NULL AND (NEW."deletedAt", NEW."chainId", NEW."textVersion") IS DISTINCT FROM (OLD."deletedAt", OLD."chainId", OLD."textVersion"))
  EXECUTE FUNCTION "gloss_superseded"();
CREATE TRIGGER "Article_superseded_delete" AFTER DELETE ON "Article" FOR EACH ROW
  WHEN (OLD."chainId" IS NOT NULL) EXECUTE FUNCTION "gloss_superseded"();
