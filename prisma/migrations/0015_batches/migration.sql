-- Batches have a purpose and may ask for two reviewers for a share of their articles only; a review may not vote; policies for the desk.
ALTER TABLE "Batch" ADD COLUMN "purpose" TEXT NOT NULL DEFAULT 'ordinary';
ALTER TABLE "Batch" ADD COLUMN "share" INTEGER;
ALTER TABLE "Batch" ADD COLUMN "followsId" UUID;
ALTER TABLE "Article" ADD COLUMN "single" BOOLEAN;
ALTER TABLE "Article" ADD COLUMN "more" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Review" ADD COLUMN "training" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Review" ADD COLUMN "reopenedAt" TIMESTAMPTZ(3);
ALTER TABLE "Member" ADD COLUMN "trainee" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Project" ADD COLUMN "thirdReviewer" TEXT NOT NULL DEFAULT 'never';
ALTER TABLE "Project" ADD COLUMN "thirdBelow" INTEGER NOT NULL DEFAULT 50;
ALTER TABLE "Project" ADD COLUMN "idleDays" INTEGER;

-- ---------------------------------------------------------------------------------------------------------------------
-- By hand, from here.

ALTER TABLE "Batch" ADD CONSTRAINT "Batch_purpose_check" CHECK ("purpose" IN ('ordinary', 'calibration', 'training'));
ALTER TABLE "Batch" ADD CONSTRAINT "Batch_share_check" CHECK ("share" BETWEEN 0 AND 100);
ALTER TABLE "Article" ADD CONSTRAINT "Article_more_check" CHECK ("more" BETWEEN 0 AND 20);
ALTER TABLE "Project" ADD CONSTRAINT "Project_thirdReviewer_check" CHECK ("thirdReviewer" IN ('never', 'differ', 'low'));
ALTER TABLE "Project" ADD CONSTRAINT "Project_thirdBelow_check" CHECK ("thirdBelow" BETWEEN 1 AND 100);
ALTER TABLE "Project" ADD CONSTRAINT "Project_idleDays_check" CHECK ("idleDays" BETWEEN 1 AND 365);

-- How many reviews that vote an article is to have: one where the batch's share passed it by, else the batch's or the project's number;
-- and those on top that were asked for since.
CREATE FUNCTION "gloss_wanted"("single" boolean, "more" integer, "batch" integer, "project" integer) RETURNS integer LANGUAGE sql IMMUTABLE
  AS $$ SELECT CASE WHEN "single" THEN 1 ELSE coalesce("batch", "project") END + "more" $$;

-- "taken" counts the reviews that vote.
DROP TRIGGER "Review_taken_insert" ON "Review";
DROP TRIGGER "Review_taken_update" ON "Review";
DROP TRIGGER "Review_taken_delete" ON "Review";
CREATE OR REPLACE FUNCTION "gloss_review_taken"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE "Article" a SET "taken" = a."taken" + n."more"
      FROM (SELECT "articleId", count(*)::int AS "more" FROM "added"
             WHERE "deletedAt" IS NULL AND "status" <> 'SKIPPED' AND NOT "training" GROUP BY 1) n
      WHERE a."id" = n."articleId";
  ELSIF TG_OP = 'DELETE' THEN
    UPDATE "Article" SET "taken" = "taken" - 1 WHERE "id" = OLD."articleId";
  ELSE
    UPDATE "Article" SET "taken" = "taken" + CASE WHEN NEW."deletedAt" IS NULL AND NEW."status" <> 'SKIPPED' AND NOT NEW."training" THEN 1 ELSE -1 END
      WHERE "id" = NEW."articleId";
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "Review_taken_insert" AFTER INSERT ON "Review" REFERENCING NEW TABLE AS "added"
  FOR EACH STATEMENT EXECUTE FUNCTION "gloss_review_taken"();
CREATE TRIGGER "Review_taken_update" AFTER UPDATE ON "Review" FOR EACH ROW
  WHEN ((OLD."deletedAt" IS NULL AND OLD."status" <> 'SKIPPED' AND NOT OLD."training")
     <> (NEW."deletedAt" IS NULL AND NEW."status" <> 'SKIPPED' AND NOT NEW."training"))
  EXECUTE FUNCTION "gloss_review_taken"();
CREATE TRIGGER "Review_taken_delete" AFTER DELETE ON "Review" FOR EACH ROW
  WHEN (OLD."deletedAt" IS NULL AND OLD."status" <> 'SKIPPED' AND NOT OLD."training") EXECUTE FUNCTION "gloss_review_taken"();
