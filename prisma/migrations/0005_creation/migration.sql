-- What a creating request asked for, so that repeating it under the same id answers as the first time.
ALTER TABLE "User" ADD COLUMN "creationHash" TEXT;
ALTER TABLE "Project" ADD COLUMN "creationHash" TEXT;
ALTER TABLE "Batch" ADD COLUMN "creationHash" TEXT;
