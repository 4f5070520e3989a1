-- Who is on which case now: one row a person and project, told anew every few seconds and forgotten when it is not.
CREATE TABLE "Presence" (
    "projectId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "caseId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Presence_pkey" PRIMARY KEY ("projectId", "userId")
);
ALTER TABLE "Presence" ADD CONSTRAINT "Presence_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Presence" ADD CONSTRAINT "Presence_articleId_projectId_fkey" FOREIGN KEY ("articleId", "projectId") REFERENCES "Article"("id", "projectId") ON DELETE CASCADE ON UPDATE CASCADE;
-- With its article, when that is purged.
CREATE INDEX "Presence_articleId_idx" ON "Presence"("articleId");
-- What was decided lately, for those who look at the same project.
CREATE INDEX "Decision_projectId_at_idx" ON "Decision"("projectId", "at");
