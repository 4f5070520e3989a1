-- By hand: what is kept for ever goes with an article that has lain in the bin for its 30 days (lib/server/purge.ts), and not before. The
-- audit stays whole. The days stand here too, so that no fault of ours and no hand can take away what may still be restored.
CREATE FUNCTION "gloss_kept"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE "of" UUID;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF TG_TABLE_NAME = 'Change' THEN
      SELECT "articleId" INTO "of" FROM "Review" WHERE "id" = OLD."reviewId";
    ELSE
      "of" := OLD."articleId";
    END IF;
    IF EXISTS (SELECT FROM "Article" WHERE "id" = "of" AND "deletedAt" <= now() - interval '30 days') THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION '% is never changed: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'GL001';
END
$$;

DROP TRIGGER "Submission_immutable" ON "Submission";
CREATE TRIGGER "Submission_immutable" BEFORE UPDATE OR DELETE ON "Submission" FOR EACH ROW EXECUTE FUNCTION "gloss_kept"();
DROP TRIGGER "Change_immutable" ON "Change";
CREATE TRIGGER "Change_immutable" BEFORE UPDATE OR DELETE ON "Change" FOR EACH ROW EXECUTE FUNCTION "gloss_kept"();
DROP TRIGGER "Decision_kept" ON "Decision";
CREATE TRIGGER "Decision_kept" BEFORE DELETE ON "Decision" FOR EACH ROW EXECUTE FUNCTION "gloss_kept"();

-- What is due is found without reading the articles that are not in the bin.
CREATE INDEX "Article_bin" ON "Article" ("deletedAt") WHERE "deletedAt" IS NOT NULL;
