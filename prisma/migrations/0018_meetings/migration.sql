-- The meeting over a calibration round: what is on the table, whether its votes are shown, and the agreement before it.
CREATE TABLE "Meeting" (
    "batchId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "moderatorId" UUID,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),
    "caseId" UUID,
    "revealed" BOOLEAN NOT NULL DEFAULT false,
    "figures" JSONB NOT NULL,
    CONSTRAINT "Meeting_pkey" PRIMARY KEY ("batchId")
);
CREATE TABLE "MeetingReveal" (
    "batchId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "MeetingReveal_pkey" PRIMARY KEY ("batchId","caseId")
);
CREATE INDEX "MeetingReveal_articleId_idx" ON "MeetingReveal"("articleId");
ALTER TABLE "Meeting" ADD CONSTRAINT "Meeting_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "Batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "MeetingReveal" ADD CONSTRAINT "MeetingReveal_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "Meeting"("batchId") ON DELETE CASCADE ON UPDATE CASCADE;
