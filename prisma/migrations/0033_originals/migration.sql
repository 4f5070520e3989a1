-- The file that a text was read from, as it came: bytes beside the text, in pieces as those of releases (docs/decisions/011).
CREATE UNIQUE INDEX "ArticleText_id_projectId_key" ON "ArticleText"("id", "projectId");

CREATE TABLE "Original" (
    "textId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "mediaType" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "name" TEXT,
    "url" TEXT,
    "fetchedAt" TIMESTAMPTZ(3),
    CONSTRAINT "Original_pkey" PRIMARY KEY ("textId")
);
ALTER TABLE "Original" ADD CONSTRAINT "Original_textId_projectId_fkey" FOREIGN KEY ("textId", "projectId") REFERENCES "ArticleText"("id", "projectId") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "OriginalChunk" (
    "textId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    CONSTRAINT "OriginalChunk_pkey" PRIMARY KEY ("textId", "n")
);
ALTER TABLE "OriginalChunk" ADD CONSTRAINT "OriginalChunk_textId_projectId_fkey" FOREIGN KEY ("textId", "projectId") REFERENCES "ArticleText"("id", "projectId") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: packed files do not get smaller; a file is as large as may be read, and was fetched when it has an address.
ALTER TABLE "OriginalChunk" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
ALTER TABLE "Original" ADD CONSTRAINT "Original_size_check" CHECK ("size" BETWEEN 1 AND 33554432);
ALTER TABLE "Original" ADD CONSTRAINT "Original_sha256_check" CHECK ("sha256" ~ '^[0-9a-f]{64}$');
ALTER TABLE "Original" ADD CONSTRAINT "Original_fetchedAt_check" CHECK (("url" IS NULL) = ("fetchedAt" IS NULL));

-- By hand: as the text, never changed; it goes with it.
CREATE TRIGGER "Original_immutable" BEFORE UPDATE ON "Original" FOR EACH ROW EXECUTE FUNCTION "gloss_never"();
CREATE TRIGGER "OriginalChunk_immutable" BEFORE UPDATE ON "OriginalChunk" FOR EACH ROW EXECUTE FUNCTION "gloss_never"();
