-- The queue finds the next article through an index, whatever the size of the project: an article knows how many reviews it has.
DROP INDEX "Article_projectId_state_idx";
ALTER TABLE "Article" ADD COLUMN "taken" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "Article_projectId_state_batchId_taken_position_idx" ON "Article"("projectId", "state", "batchId", "taken" DESC, "position");

-- Links of a span that is removed are found without reading the review.
CREATE INDEX "Link_projectId_fromId_idx" ON "Link"("projectId", "fromId");
CREATE INDEX "Link_projectId_toId_idx" ON "Link"("projectId", "toId");

-- A decision without an adjudicator is the project's policy: accept unanimous cases.
ALTER TABLE "Decision" DROP CONSTRAINT "Decision_adjudicatorId_fkey";
ALTER TABLE "Decision" ALTER COLUMN "adjudicatorId" DROP NOT NULL;
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_adjudicatorId_fkey" FOREIGN KEY ("adjudicatorId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------------------
-- By hand, from here.

UPDATE "Article" a SET "taken" = (SELECT count(*) FROM "Review" r
  WHERE r."articleId" = a."id" AND r."deletedAt" IS NULL AND r."status" <> 'SKIPPED');

-- Counted as the difference, not anew: the update waits for the article's row, and then adds to what stands there.
CREATE FUNCTION "gloss_review_taken"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE "Article" a SET "taken" = a."taken" + n."more"
      FROM (SELECT "articleId", count(*)::int AS "more" FROM "added" WHERE "deletedAt" IS NULL AND "status" <> 'SKIPPED' GROUP BY 1) n
      WHERE a."id" = n."articleId";
  ELSIF TG_OP = 'DELETE' THEN
    UPDATE "Article" SET "taken" = "taken" - 1 WHERE "id" = OLD."articleId";
  ELSE
    UPDATE "Article" SET "taken" = "taken" + CASE WHEN NEW."deletedAt" IS NULL AND NEW."status" <> 'SKIPPED' THEN 1 ELSE -1 END
      WHERE "id" = NEW."articleId";
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "Review_taken_insert" AFTER INSERT ON "Review" REFERENCING NEW TABLE AS "added"
  FOR EACH STATEMENT EXECUTE FUNCTION "gloss_review_taken"();
CREATE TRIGGER "Review_taken_update" AFTER UPDATE ON "Review" FOR EACH ROW
  WHEN ((OLD."deletedAt" IS NULL AND OLD."status" <> 'SKIPPED') <> (NEW."deletedAt" IS NULL AND NEW."status" <> 'SKIPPED'))
  EXECUTE FUNCTION "gloss_review_taken"();
CREATE TRIGGER "Review_taken_delete" AFTER DELETE ON "Review" FOR EACH ROW
  WHEN (OLD."deletedAt" IS NULL AND OLD."status" <> 'SKIPPED') EXECUTE FUNCTION "gloss_review_taken"();
ALTER TABLE "Article" ADD CONSTRAINT "Article_taken_check" CHECK ("taken" >= 0);
