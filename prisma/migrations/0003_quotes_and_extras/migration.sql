-- What import keeps and export checks: the words a span was made on, and members of imported files that Gloss does not know.
ALTER TABLE "Project" ADD COLUMN "extra" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "Article" ADD COLUMN "goldExtra" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "searchKey" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Region" ADD COLUMN "extra" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "Review" ADD COLUMN "extra" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "Span" ADD COLUMN "quote" TEXT;
ALTER TABLE "Decision" ADD COLUMN "extra" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "GoldSpan" ADD COLUMN "quote" TEXT,
  ADD COLUMN "extra" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "GoldLink" ADD COLUMN "extra" JSONB NOT NULL DEFAULT '{}';

-- By hand, from here (lib/server/articles.invariants.test.ts breaks each in a live database).
ALTER TABLE "Span" ADD CONSTRAINT "Span_quote_check" CHECK (char_length("quote") = "end" - "start");
ALTER TABLE "GoldSpan" ADD CONSTRAINT "GoldSpan_quote_check" CHECK (char_length("quote") = "end" - "start");

-- The orders in which a project's articles are listed; the title's is by its first 200 folded characters, as an index holds no more than
-- 2,704 bytes a key. Search finds a part of the title or outlet by trigrams where the database has pg_trgm (it ships with Postgres, but a
-- host may forbid it); without it search reads through the project's keys.
CREATE INDEX "Article_title_order" ON "Article" ("projectId", left("searchKey", 200), "position") WHERE "deletedAt" IS NULL;
CREATE INDEX "Article_outlet_order" ON "Article" ("projectId", coalesce("outlet", ''), "position") WHERE "deletedAt" IS NULL;
CREATE INDEX "Article_published_order" ON "Article" ("projectId", coalesce("publishedDate", ''), "position") WHERE "deletedAt" IS NULL;
CREATE INDEX "Article_length_order" ON "Article" ("projectId", "textLength", "position") WHERE "deletedAt" IS NULL;
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX "Article_search" ON "Article" USING gin ("searchKey" gin_trgm_ops) WHERE "deletedAt" IS NULL;
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  RAISE NOTICE 'pg_trgm is not to be had here; search in titles works without it, only slower';
END
$$;
