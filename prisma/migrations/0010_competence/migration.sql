-- How often each reviewer is right about what a case is, as an editor last had it fitted; breaks ties of suggestions and orders the queue.
CREATE TABLE "Competence" (
    "projectId" UUID NOT NULL,
    "reviewerId" UUID NOT NULL,
    "value" DOUBLE PRECISION NOT NULL CHECK ("value" >= 0 AND "value" <= 1.000001),
    "low" DOUBLE PRECISION,
    "high" DOUBLE PRECISION,
    "cases" INTEGER NOT NULL,
    "fittedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Competence_pkey" PRIMARY KEY ("projectId", "reviewerId")
);
ALTER TABLE "Competence" ADD CONSTRAINT "Competence_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Competence" ADD CONSTRAINT "Competence_reviewerId_fkey" FOREIGN KEY ("reviewerId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
