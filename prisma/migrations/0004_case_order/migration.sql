-- The queue of cases goes article by article, by how much is undecided there and what it is worth; kept with the article, so that
-- listing it reads an index and not the project's cases.
ALTER TABLE "Article" ADD COLUMN "undecided" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "checkable" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "unsure" DOUBLE PRECISION NOT NULL DEFAULT 0;

-- Gold links of other articles that end in an article whose gold changes.
CREATE INDEX "GoldLink_projectId_toId_idx" ON "GoldLink"("projectId", "toId");

-- By hand, from here.
CREATE INDEX "Article_case_order" ON "Article" ("projectId", ("undecided" > 0) DESC, "checkable" DESC, "unsure" DESC, "position")
  WHERE "deletedAt" IS NULL;
