-- Where a project's events are told to, and what was told.
CREATE TYPE "DeliveryState" AS ENUM ('WAITING', 'DELIVERED', 'GIVEN_UP');
CREATE TABLE "Webhook" (
  "id" UUID NOT NULL,
  "projectId" UUID NOT NULL,
  "url" TEXT NOT NULL,
  "events" TEXT[],
  "secret" BYTEA NOT NULL,
  "enabled" BOOLEAN NOT NULL DEFAULT true,
  "failingSince" TIMESTAMPTZ(3),
  "disabledAt" TIMESTAMPTZ(3),
  "creationHash" TEXT NOT NULL,
  "createdBy" UUID,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "Webhook_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Webhook_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  -- By hand: a secret of fewer bytes could be guessed.
  CONSTRAINT "Webhook_secret_check" CHECK (length("secret") >= 24)
);
CREATE UNIQUE INDEX "Webhook_projectId_id_key" ON "Webhook"("projectId", "id");
CREATE TABLE "WebhookDelivery" (
  "id" UUID NOT NULL,
  "projectId" UUID NOT NULL,
  "webhookId" UUID NOT NULL,
  "event" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  "state" "DeliveryState" NOT NULL DEFAULT 'WAITING',
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "status" INTEGER,
  "fault" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "askedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "lastAt" TIMESTAMPTZ(3),
  CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "WebhookDelivery_projectId_webhookId_fkey" FOREIGN KEY ("projectId", "webhookId")
    REFERENCES "Webhook"("projectId", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  -- By hand.
  CONSTRAINT "WebhookDelivery_attempts_check" CHECK ("attempts" >= 0)
);
CREATE INDEX "WebhookDelivery_projectId_webhookId_createdAt_idx" ON "WebhookDelivery"("projectId", "webhookId", "createdAt");
CREATE INDEX "WebhookDelivery_state_dueAt_idx" ON "WebhookDelivery"("state", "dueAt");
