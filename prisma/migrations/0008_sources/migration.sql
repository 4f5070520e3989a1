-- The register of a project's sources: which ways to write a name mean the same source.
CREATE TABLE "SourceAlias" (
    "projectId" UUID NOT NULL,
    "folded" TEXT NOT NULL,
    "spelled" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdBy" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "SourceAlias_pkey" PRIMARY KEY ("projectId", "folded")
);
ALTER TABLE "SourceAlias" ADD CONSTRAINT "SourceAlias_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
