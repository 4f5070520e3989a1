-- Suggestions from outside: marks that an editor imported as proposals to reviewers, by the name of who or what made them; which of them a
-- review dismissed; and which spans were made of one. They are nobody's review: cases, gold and agreement never read these tables.
ALTER TABLE "Project" ADD COLUMN "showSuggestions" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Span" ADD COLUMN "suggestion" JSONB;

CREATE TABLE "SuggestionSet" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "person" BOOLEAN NOT NULL DEFAULT false,
    "createdBy" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "SuggestionSet_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "Suggestion" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "textLength" INTEGER NOT NULL,
    "setId" UUID NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "quote" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "note" TEXT NOT NULL DEFAULT '',
    "uncertain" BOOLEAN NOT NULL DEFAULT false,
    "score" DOUBLE PRECISION,
    "links" JSONB NOT NULL DEFAULT '[]',
    "contentHash" TEXT NOT NULL,
    "extra" JSONB NOT NULL DEFAULT '{}',
    CONSTRAINT "Suggestion_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "Dismissal" (
    "reviewId" UUID NOT NULL,
    "suggestionId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "textLength" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Dismissal_pkey" PRIMARY KEY ("reviewId","suggestionId")
);
CREATE UNIQUE INDEX "SuggestionSet_projectId_name_key" ON "SuggestionSet"("projectId", "name");
CREATE UNIQUE INDEX "SuggestionSet_id_projectId_key" ON "SuggestionSet"("id", "projectId");
CREATE UNIQUE INDEX "Suggestion_id_projectId_articleId_textLength_key" ON "Suggestion"("id", "projectId", "articleId", "textLength");
CREATE UNIQUE INDEX "Suggestion_articleId_setId_contentHash_key" ON "Suggestion"("articleId", "setId", "contentHash");
CREATE INDEX "Suggestion_projectId_articleId_idx" ON "Suggestion"("projectId", "articleId");
CREATE INDEX "Suggestion_setId_idx" ON "Suggestion"("setId");
CREATE INDEX "Dismissal_suggestionId_idx" ON "Dismissal"("suggestionId");
ALTER TABLE "SuggestionSet" ADD CONSTRAINT "SuggestionSet_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Suggestion" ADD CONSTRAINT "Suggestion_articleId_projectId_textLength_fkey" FOREIGN KEY ("articleId", "projectId", "textLength") REFERENCES "Article"("id", "projectId", "textLength") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Suggestion" ADD CONSTRAINT "Suggestion_setId_projectId_fkey" FOREIGN KEY ("setId", "projectId") REFERENCES "SuggestionSet"("id", "projectId") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Suggestion" ADD CONSTRAINT "Suggestion_projectId_label_fkey" FOREIGN KEY ("projectId", "label") REFERENCES "ProjectLabel"("projectId", "key") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Dismissal" ADD CONSTRAINT "Dismissal_reviewId_projectId_articleId_textLength_fkey" FOREIGN KEY ("reviewId", "projectId", "articleId", "textLength") REFERENCES "Review"("id", "projectId", "articleId", "textLength") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Dismissal" ADD CONSTRAINT "Dismissal_suggestionId_projectId_articleId_textLength_fkey" FOREIGN KEY ("suggestionId", "projectId", "articleId", "textLength") REFERENCES "Suggestion"("id", "projectId", "articleId", "textLength") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------------------
-- By hand, from here.

ALTER TABLE "SuggestionSet" ADD CONSTRAINT "SuggestionSet_name_check" CHECK ("name" <> '');
ALTER TABLE "Suggestion" ADD CONSTRAINT "Suggestion_place_check" CHECK (0 <= "start" AND "start" < "end" AND "end" <= "textLength");
ALTER TABLE "Suggestion" ADD CONSTRAINT "Suggestion_quote_check" CHECK (char_length("quote") = "end" - "start");
ALTER TABLE "Suggestion" ADD CONSTRAINT "Suggestion_contentHash_check" CHECK ("contentHash" ~ '^[0-9a-f]{64}$');
-- Where a span came from outlives the suggestion itself, which may be deleted: so it is kept with the span.
ALTER TABLE "Span" ADD CONSTRAINT "Span_suggestion_check" CHECK ("suggestion" IS NULL OR (jsonb_typeof("suggestion") = 'object'
  AND jsonb_typeof("suggestion"->'by') IS NOT DISTINCT FROM 'string' AND jsonb_typeof("suggestion"->'changed') IS NOT DISTINCT FROM 'boolean'));
