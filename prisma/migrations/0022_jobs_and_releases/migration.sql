-- Work that runs behind the requests, and the releases that it makes (docs/decisions/011).
CREATE TYPE "JobState" AS ENUM ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED');
CREATE TYPE "ReleaseState" AS ENUM ('MAKING', 'READY', 'FAILED', 'CANCELLED');

ALTER TABLE "Project" ADD COLUMN "pseudonymKey" TEXT;

CREATE TABLE "Job" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "state" "JobState" NOT NULL DEFAULT 'QUEUED',
    "step" TEXT NOT NULL DEFAULT '',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "cancelAsked" BOOLEAN NOT NULL DEFAULT false,
    "fault" TEXT,
    "createdBy" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "beatAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    CONSTRAINT "Job_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "Job" ADD CONSTRAINT "Job_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "Job_projectId_createdAt_idx" ON "Job"("projectId", "createdAt");

CREATE TABLE "Release" (
    "projectId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "settings" JSONB NOT NULL,
    "state" "ReleaseState" NOT NULL DEFAULT 'MAKING',
    "figures" JSONB,
    "unsettled" UUID[],
    "manifestSha256" TEXT,
    "creationHash" TEXT,
    "createdBy" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "readyAt" TIMESTAMPTZ(3),
    CONSTRAINT "Release_pkey" PRIMARY KEY ("projectId", "number")
);
CREATE UNIQUE INDEX "Release_id_key" ON "Release"("id");
CREATE UNIQUE INDEX "Release_jobId_key" ON "Release"("jobId");
ALTER TABLE "Release" ADD CONSTRAINT "Release_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Release" ADD CONSTRAINT "Release_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "ReleaseFile" (
    "projectId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "mediaType" TEXT NOT NULL,
    "about" TEXT NOT NULL DEFAULT '',
    "size" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    CONSTRAINT "ReleaseFile_pkey" PRIMARY KEY ("projectId", "number", "name")
);
ALTER TABLE "ReleaseFile" ADD CONSTRAINT "ReleaseFile_projectId_number_fkey" FOREIGN KEY ("projectId", "number") REFERENCES "Release"("projectId", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "ReleaseChunk" (
    "projectId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    CONSTRAINT "ReleaseChunk_pkey" PRIMARY KEY ("projectId", "number", "name", "n")
);
ALTER TABLE "ReleaseChunk" ADD CONSTRAINT "ReleaseChunk_projectId_number_fkey" FOREIGN KEY ("projectId", "number") REFERENCES "Release"("projectId", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand: one job at a time a project, whoever picks it up; what waits is found without reading what is over.
CREATE UNIQUE INDEX "Job_running" ON "Job" ("projectId") WHERE "state" = 'RUNNING';
CREATE INDEX "Job_waiting" ON "Job" ("createdAt") WHERE "state" IN ('QUEUED', 'RUNNING');
ALTER TABLE "Job" ADD CONSTRAINT "Job_progress_check" CHECK ("done" >= 0 AND "total" >= 0 AND "attempt" >= 0);
ALTER TABLE "Release" ADD CONSTRAINT "Release_number_check" CHECK ("number" >= 1);
ALTER TABLE "Release" ADD CONSTRAINT "Release_ready_check" CHECK (("state" = 'READY') = ("manifestSha256" IS NOT NULL AND "readyAt" IS NOT NULL));
ALTER TABLE "ReleaseFile" ADD CONSTRAINT "ReleaseFile_sha256_check" CHECK ("sha256" ~ '^[0-9a-f]{64}$' AND "size" >= 0);

-- By hand: a release that is ready is never changed, nor its files. It goes with its project, 30 days after that was deleted, and not before.
CREATE FUNCTION "gloss_release_kept"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE "of" RECORD;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION '% is never changed: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'GL001';
  END IF;
  IF TG_OP = 'INSERT' THEN
    "of" := NEW;
  ELSE
    "of" := OLD;
  END IF;
  IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM "Project" WHERE "id" = "of"."projectId" AND "deletedAt" <= now() - interval '30 days') THEN
    RETURN OLD;
  END IF;
  IF EXISTS (SELECT FROM "Release" WHERE "projectId" = "of"."projectId" AND "number" = "of"."number" AND "state" = 'READY') THEN
    RAISE EXCEPTION '% is never changed: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'GL001';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "Release_kept" BEFORE UPDATE OR DELETE ON "Release" FOR EACH ROW EXECUTE FUNCTION "gloss_release_kept"();
CREATE TRIGGER "ReleaseFile_kept" BEFORE INSERT OR UPDATE OR DELETE ON "ReleaseFile" FOR EACH ROW EXECUTE FUNCTION "gloss_release_kept"();
CREATE TRIGGER "ReleaseChunk_kept" BEFORE INSERT OR UPDATE OR DELETE ON "ReleaseChunk" FOR EACH ROW EXECUTE FUNCTION "gloss_release_kept"();
CREATE TRIGGER "Release_never" BEFORE TRUNCATE ON "Release" FOR EACH STATEMENT EXECUTE FUNCTION "gloss_release_kept"();
CREATE TRIGGER "ReleaseFile_never" BEFORE TRUNCATE ON "ReleaseFile" FOR EACH STATEMENT EXECUTE FUNCTION "gloss_release_kept"();
CREATE TRIGGER "ReleaseChunk_never" BEFORE TRUNCATE ON "ReleaseChunk" FOR EACH STATEMENT EXECUTE FUNCTION "gloss_release_kept"();
