-- A thread a case or place, who was invited to it, and what of one's inbox was read.
CREATE TABLE "Thread" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "caseId" UUID,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "createdBy" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolvedAt" TIMESTAMPTZ(3),
    "resolvedBy" UUID,
    CONSTRAINT "Thread_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "Post" (
    "id" UUID NOT NULL,
    "threadId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "authorId" UUID,
    "body" TEXT NOT NULL,
    "mentions" UUID[] DEFAULT ARRAY[]::UUID[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Post_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "ThreadGuest" (
    "threadId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "invitedBy" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "ThreadGuest_pkey" PRIMARY KEY ("threadId","userId")
);
CREATE TABLE "InboxRead" (
    "userId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "readAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "InboxRead_pkey" PRIMARY KEY ("userId","key")
);
CREATE INDEX "Thread_projectId_lastAt_idx" ON "Thread"("projectId", "lastAt");
CREATE INDEX "Thread_articleId_idx" ON "Thread"("articleId");
CREATE INDEX "Thread_caseId_idx" ON "Thread"("caseId");
CREATE INDEX "Post_threadId_createdAt_idx" ON "Post"("threadId", "createdAt");
CREATE INDEX "Post_authorId_idx" ON "Post"("authorId");
CREATE INDEX "Post_mentions_idx" ON "Post" USING GIN ("mentions");
CREATE INDEX "ThreadGuest_userId_idx" ON "ThreadGuest"("userId");
ALTER TABLE "Thread" ADD CONSTRAINT "Thread_articleId_projectId_fkey" FOREIGN KEY ("articleId", "projectId") REFERENCES "Article"("id", "projectId") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Post" ADD CONSTRAINT "Post_threadId_fkey" FOREIGN KEY ("threadId") REFERENCES "Thread"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ThreadGuest" ADD CONSTRAINT "ThreadGuest_threadId_fkey" FOREIGN KEY ("threadId") REFERENCES "Thread"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "InboxRead" ADD CONSTRAINT "InboxRead_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------------------
-- By hand, from here.

ALTER TABLE "Thread" ADD CONSTRAINT "Thread_range_check" CHECK ("start" >= 0 AND "end" > "start");
