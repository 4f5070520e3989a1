-- Tours of the screens that a person has taken or skipped.
ALTER TABLE "User" ADD COLUMN "tours" TEXT[] DEFAULT ARRAY[]::TEXT[];
