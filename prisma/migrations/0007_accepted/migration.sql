-- How a value came about: which of a span's values, and whether a link, was taken from an offer. What was there before was given by hand.
ALTER TABLE "Span" ADD COLUMN "accepted" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "Link" ADD COLUMN "accepted" BOOLEAN NOT NULL DEFAULT false;
