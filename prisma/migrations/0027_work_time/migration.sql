-- How long a reviewer worked on a review, by the reviewer's own day. For the reviewer's eyes only: no export, page or audit reads it.
CREATE TABLE "WorkTime" (
  "reviewId" UUID NOT NULL,
  "day" DATE NOT NULL,
  "projectId" UUID NOT NULL,
  "seconds" INTEGER NOT NULL,
  "reportedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "WorkTime_pkey" PRIMARY KEY ("reviewId", "day"),
  CONSTRAINT "WorkTime_seconds_check" CHECK ("seconds" >= 0),
  CONSTRAINT "WorkTime_reviewId_fkey" FOREIGN KEY ("reviewId") REFERENCES "Review"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "WorkTime_projectId_day_idx" ON "WorkTime"("projectId", "day");
