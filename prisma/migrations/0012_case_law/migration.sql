-- Case law: the words that a case is about and those that its members mark, folded and hashed, so that earlier rulings on the same words
-- are found by an index. The first is the whole case's. Cases that were found before this are filled in by the next start
-- (lib/server/cases-words.ts), because folding is not the database's.
ALTER TABLE "Case" ADD COLUMN "words" TEXT[] DEFAULT ARRAY[]::TEXT[];
-- How unsure the reviews leave it (lib/cases/queue-order.ts), for the order that begins with the hardest; null where it is not known yet.
ALTER TABLE "Case" ADD COLUMN "unsure" DOUBLE PRECISION;

-- By hand, from here.
CREATE INDEX "Case_words" ON "Case" USING gin ("words");
CREATE INDEX "Case_without_words" ON "Case" ("id") WHERE "words" = '{}' AND "status" <> 'CLOSED';
CREATE INDEX "Case_unsure_order" ON "Case" ("projectId", (coalesce("unsure", 0)) DESC, "id");
CREATE INDEX "Decision_reason" ON "Decision" ("projectId", "reasonCode") WHERE "live";
CREATE INDEX "Decision_mine" ON "Decision" ("projectId", "adjudicatorId") WHERE "live";
