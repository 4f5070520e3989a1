/**
 * Delivers what waits: signed as the Standard Webhooks specification says, tried again further and further apart until a day is over. Any
 * instance takes what is due under a row lock and holds it for a lease; one that dies lets go of it. So it may arrive twice, under one id.
 */
import { createHmac } from "node:crypto";
import { ok } from "../result";
import { record } from "./audit";
import { isDatabaseAway, pool, transaction } from "./db";
import { log, whatFailed } from "./log";
import { outbound } from "./outbound";
import { isStopping, onShutdown } from "./shutdown";
import { addressesOf } from "./switches";
import { webhooksOn } from "./webhooksTell";

const LOOK = 2_000; // ms between two looks for what is due
const AT_ONCE = 10;
/** Longer than an attempt may take; seconds. */
const LEASE = 60;
const DAY = 24 * 60 * 60; // seconds
/** A webhook that nothing reached for so long is switched off; seconds. */
const PATIENCE = 3 * DAY;
const KEPT_DAYS = 30;
/** First, and at most; seconds. Each is three times the one before. */
const WAIT = { first: 5, most: 4 * 60 * 60 } as const;

/** An answer's body says nothing: whatever it is, the status is what counts. */
const LIMITS = { bytes: 0, totalMs: 15_000, idleMs: 10_000, redirects: 0 } as const;

type Due = {
  readonly id: string;
  readonly projectId: string;
  readonly webhookId: string;
  readonly body: string;
  readonly attempts: number;
  readonly url: string;
  readonly secret: Buffer;
};

/** `webhook-signature`: HMAC-SHA256 over id, time and body with points between. */
export const signatureOf = (secret: Uint8Array, id: string, seconds: number, body: string): string =>
  `v1,${createHmac("sha256", secret).update(`${id}.${seconds}.${body}`).digest("base64")}`;

/** Seconds until the next attempt, a fifth more or less, so that many do not come at once. */
export const waitAfter = (attempts: number, random = Math.random()): number =>
  Math.round(Math.min(WAIT.most, WAIT.first * 3 ** (attempts - 1)) * (0.8 + 0.4 * random));

async function takeDue(): Promise<readonly Due[]> {
  const { rows } = await pool().query<Due>(
    `UPDATE "WebhookDelivery" d
        SET "attempts" = d."attempts" + 1, "lastAt" = now(), "dueAt" = now() + make_interval(secs => $2)
       FROM "Webhook" w
      WHERE w."id" = d."webhookId" AND d."id" IN (
        SELECT o."id" FROM "WebhookDelivery" o JOIN "Webhook" h ON h."id" = o."webhookId"
          JOIN "Project" p ON p."id" = o."projectId" AND p."deletedAt" IS NULL
         WHERE o."state" = 'WAITING' AND o."dueAt" <= now() AND (h."enabled" OR o."event" = 'ping')
         ORDER BY o."dueAt" LIMIT $1 FOR UPDATE OF o SKIP LOCKED)
      RETURNING d."id", d."projectId", d."webhookId", d."body", d."attempts", w."url", w."secret"`,
    [AT_ONCE, LEASE],
  );
  return rows;
}

type Outcome = { readonly status: number | null; readonly fault: string | null };

async function attempt({ id, url, secret, body }: Due): Promise<Outcome> {
  const seconds = Math.floor(Date.now() / 1000);
  const answer = await outbound({
    url,
    method: "POST",
    body,
    headers: {
      "Content-Type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(seconds),
      "webhook-signature": signatureOf(secret, id, seconds, body),
    },
    limits: LIMITS,
    headOnly: true,
    allow: addressesOf("GLOSS_WEBHOOKS_ALLOW"),
  });
  return answer.ok ? { status: answer.value.status, fault: null } : { status: null, fault: answer.message };
}

async function arrived({ id, webhookId, attempts }: Due, status: number | null): Promise<void> {
  await pool().query(
    `WITH "done" AS (UPDATE "WebhookDelivery" SET "state" = 'DELIVERED', "status" = $3, "fault" = NULL
                      WHERE "id" = $1 AND "attempts" = $4 AND "state" = 'WAITING')
     UPDATE "Webhook" SET "failingSince" = NULL WHERE "id" = $2 AND "failingSince" IS NOT NULL`,
    [id, webhookId, status, attempts],
  );
}

/** A replay meanwhile began anew: this attempt then says nothing of it. */
async function failed({ id, webhookId, projectId, attempts }: Due, { status, fault }: Outcome): Promise<void> {
  await pool().query(
    `UPDATE "WebhookDelivery" SET "status" = $2, "fault" = $3, "dueAt" = now() + make_interval(secs => $4),
            "state" = (CASE WHEN "askedAt" + make_interval(secs => $5) < now() + make_interval(secs => $4)
                            THEN 'GIVEN_UP' ELSE 'WAITING' END)::"DeliveryState"
      WHERE "id" = $1 AND "attempts" = $6 AND "state" = 'WAITING'`,
    [id, status, fault, waitAfter(attempts), DAY, attempts],
  );
  await pool().query(`UPDATE "Webhook" SET "failingSince" = now() WHERE "id" = $1 AND "failingSince" IS NULL`, [
    webhookId,
  ]);
  // 410: whoever is there wants no more of it.
  await transaction(async (tx) => {
    const off = await tx.$executeRaw`
      UPDATE "Webhook" SET "enabled" = false, "disabledAt" = now()
       WHERE "id" = ${webhookId}::uuid AND "enabled"
         AND (${status === 410} OR "failingSince" < now() - make_interval(secs => ${PATIENCE}::int))`;
    if (off > 0) await record(tx, null, { projectId }, { type: "webhook.disabled", webhookId });
    return ok(null);
  });
}

/** Delivers what is due now, and answers how many that were. */
export async function sendDue(): Promise<number> {
  const due = await takeDue();
  await Promise.all(
    due.map(async (one) => {
      const outcome = await attempt(one);
      const { status } = outcome;
      await (status !== null && status >= 200 && status < 300 ? arrived(one, status) : failed(one, outcome));
    }),
  );
  return due.length;
}

const forgetOld = () =>
  pool().query(
    `DELETE FROM "WebhookDelivery" WHERE "state" <> 'WAITING' AND "createdAt" < now() - make_interval(days => $1)`,
    [KEPT_DAYS],
  );

/** Starts looking. Called once a process; does nothing where webhooks are switched off. */
export function watchWebhooks(): void {
  const process = globalThis as typeof globalThis & { glossWebhooks?: true };
  if (process.glossWebhooks || !webhooksOn()) return;
  process.glossWebhooks = true;
  let busy: Promise<void> | null = null;
  let looks = 0;
  const look = async () => {
    try {
      if (looks++ % 1_800 === 0) await forgetOld(); // at the start, and about once an hour
      while (!isStopping() && (await sendDue()) > 0);
    } catch (error) {
      if (!isDatabaseAway(error)) log.error({ err: whatFailed(error) }, "webhooks could not be sent");
    }
  };
  const timer = setInterval(() => {
    busy ??= look().finally(() => {
      busy = null;
    });
  }, LOOK);
  timer.unref();
  onShutdown(async () => {
    clearInterval(timer);
    await busy;
  });
}
