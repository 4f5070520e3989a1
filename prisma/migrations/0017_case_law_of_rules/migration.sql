-- What changed in the guideline's rules, and which decisions were looked at again since.
CREATE TABLE "RuleChange" (
    "projectId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "anchor" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "labels" TEXT[],
    CONSTRAINT "RuleChange_pkey" PRIMARY KEY ("projectId","version","anchor")
);
CREATE TABLE "DecisionKept" (
    "decisionId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "keptBy" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "DecisionKept_pkey" PRIMARY KEY ("decisionId")
);
CREATE INDEX "DecisionKept_projectId_idx" ON "DecisionKept"("projectId");
CREATE INDEX "Decision_projectId_rule_idx" ON "Decision"("projectId", "rule");
ALTER TABLE "RuleChange" ADD CONSTRAINT "RuleChange_projectId_version_fkey" FOREIGN KEY ("projectId", "version") REFERENCES "GuidelineVersion"("projectId", "version") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DecisionKept" ADD CONSTRAINT "DecisionKept_decisionId_fkey" FOREIGN KEY ("decisionId") REFERENCES "Decision"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------------------
-- By hand, from here.

ALTER TABLE "RuleChange" ADD CONSTRAINT "RuleChange_kind_check" CHECK ("kind" IN ('added', 'changed', 'removed'));
