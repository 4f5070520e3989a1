/**
 * Webhooks: where a project's events are told to, set by its editors. Off until whoever runs this Gloss says otherwise, as Gloss reaches
 * nobody by itself. The secret is shown once, and never again by any door, log or audit.
 */
import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { personOf } from "../access/actor";
import { notFound, ok, type Refusal, type Result, refuse } from "../result";
import { isId, projectFor } from "./access";
import { record } from "./audit";
import { type Created, creation, creationHash, idTaken } from "./creation";
import { type Tx, transaction } from "./db";
import { decodeCursor, limitOf, type Page, type PageInput, page } from "./paging";
import type {
  changeWebhookBody,
  createWebhookBody,
  deliveryView,
  newWebhookView,
  WebhookEvent,
  webhooksView,
  webhookView,
} from "./webhooks.schema";
import { bodyOf, webhooksOn } from "./webhooksTell";

type WebhookView = z.infer<typeof webhookView>;
type DeliveryView = z.infer<typeof deliveryView>;

/** More would be another way to send. */
const MOST = 20;

type Row = {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly enabled: boolean;
  readonly failingSince: Date | null;
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
};

const view = ({ id, url, events, enabled, failingSince, disabledAt, createdAt }: Row): WebhookView => ({
  ...{ id, url, enabled },
  events: events as WebhookEvent[],
  failingSince: failingSince?.toISOString() ?? null,
  disabledAt: disabledAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});

const switchedOff = (): Refusal =>
  refuse("conflict", "Whoever runs this Gloss has not switched webhooks on (GLOSS_WEBHOOKS). Nothing was changed.");

export const listWebhooks = (actor: Actor, projectId: string): Promise<Result<z.infer<typeof webhooksView>>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.oversee");
    if (!may.ok) return may;
    const rows = await tx.webhook.findMany({ where: { projectId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
    return ok({ switchedOn: webhooksOn(), items: rows.map(view), nextCursor: null });
  });

/** Refuses: not-found; forbidden; conflict (switched off, too many, or the id is taken). */
export async function createWebhook(
  actor: Actor,
  projectId: string,
  { id, url, events }: z.infer<typeof createWebhookBody>,
): Promise<Result<Created<z.infer<typeof newWebhookView>>>> {
  const secret = randomBytes(32);
  return creation<Created<z.infer<typeof newWebhookView>>>(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit", { lock: true });
    if (!may.ok) return may;
    const hash = creationHash({ projectId, url, events });
    const before = id ? await tx.webhook.findUnique({ where: { id } }) : null;
    if (before)
      return before.creationHash === hash ? ok({ made: false, value: { ...view(before), secret: null } }) : idTaken();
    if (!webhooksOn()) return switchedOff();
    if ((await tx.webhook.count({ where: { projectId } })) >= MOST)
      return refuse("conflict", `A project has at most ${MOST} webhooks. Remove one first.`);
    const row = await tx.webhook.create({
      data: { ...(id ? { id } : {}), projectId, url, events, secret, creationHash: hash, createdBy: personOf(actor) },
    });
    await record(tx, actor, { projectId }, { type: "webhook.created", webhookId: row.id });
    return ok({ made: true, value: { ...view(row), secret: `whsec_${secret.toString("base64")}` } });
  });
}

/** Switching one on again forgets that it failed; what still waits is sent. */
export const changeWebhook = (
  actor: Actor,
  projectId: string,
  webhookId: string,
  { url, events, enabled }: z.infer<typeof changeWebhookBody>,
): Promise<Result<WebhookView>> =>
  editing(actor, projectId, webhookId, async (tx) => {
    if (enabled && !webhooksOn()) return switchedOff();
    const row = await tx.webhook.update({
      where: { id: webhookId },
      data: {
        ...(url === undefined ? {} : { url }),
        ...(events === undefined ? {} : { events }),
        ...(enabled === undefined ? {} : { enabled, failingSince: null, disabledAt: null }),
      },
    });
    await record(tx, actor, { projectId }, { type: "webhook.changed", webhookId });
    return ok(view(row));
  });

/** With what it was told, and what it still was to be. */
export const deleteWebhook = (actor: Actor, projectId: string, webhookId: string): Promise<Result<null>> =>
  editing(actor, projectId, webhookId, async (tx) => {
    await tx.webhook.delete({ where: { id: webhookId } });
    await record(tx, actor, { projectId }, { type: "webhook.deleted", webhookId });
    return ok(null);
  });

/** Sends an event that says nothing, to see whether it arrives. */
export const pingWebhook = (actor: Actor, projectId: string, webhookId: string): Promise<Result<DeliveryView>> =>
  editing(actor, projectId, webhookId, async (tx) => {
    if (!webhooksOn()) return switchedOff();
    const body = bodyOf("ping", new Date(), { projectId });
    const row = await tx.webhookDelivery.create({ data: { projectId, webhookId, event: "ping", body } });
    await record(tx, actor, { projectId }, { type: "webhook.pinged", webhookId });
    return ok(deliveryOf(row));
  });

/** Newest first. They are kept for a month. */
export const listDeliveries = (
  actor: Actor,
  projectId: string,
  webhookId: string,
  input: PageInput = {},
): Promise<Result<Page<DeliveryView>>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.oversee");
    if (!may.ok) return may;
    if (!(await tx.webhook.count({ where: { id: webhookId, projectId } }))) return notFound();
    const after = decodeCursor("-createdAt", ["time", "uuid"], input.cursor);
    if (!after.ok) return after;
    const [at, id] = after.value ?? [null, null];
    const limit = limitOf(input);
    const rows = await tx.$queryRaw<DeliveryRow[]>`
      SELECT * FROM "WebhookDelivery" WHERE "projectId" = ${projectId}::uuid AND "webhookId" = ${webhookId}::uuid
         AND (${at}::text IS NULL OR ("createdAt", "id"::text) < (${at}::timestamptz, ${id}::text))
       ORDER BY "createdAt" DESC, "id"::text DESC LIMIT ${limit + 1}`;
    const listed = page(rows, limit, "-createdAt", (row) => [row.createdAt.toISOString(), row.id]);
    return ok({ ...listed, items: listed.items.map(deliveryOf) });
  });

/** The same again, under the same id, whether it had arrived or not. */
export const replayDelivery = (
  actor: Actor,
  projectId: string,
  webhookId: string,
  deliveryId: string,
): Promise<Result<DeliveryView>> =>
  editing(actor, projectId, webhookId, async (tx) => {
    if (!webhooksOn()) return switchedOff();
    const now = new Date();
    const { count } = await tx.webhookDelivery.updateMany({
      where: { id: deliveryId, projectId, webhookId },
      data: { state: "WAITING", attempts: 0, status: null, fault: null, askedAt: now, dueAt: now },
    });
    if (count === 0) return notFound();
    await record(tx, actor, { projectId }, { type: "webhook.replayed", webhookId });
    return ok(deliveryOf(await tx.webhookDelivery.findUniqueOrThrow({ where: { id: deliveryId } })));
  });

type DeliveryRow = {
  readonly id: string;
  readonly event: string;
  readonly body: string;
  readonly state: "WAITING" | "DELIVERED" | "GIVEN_UP";
  readonly attempts: number;
  readonly status: number | null;
  readonly fault: string | null;
  readonly createdAt: Date;
  readonly lastAt: Date | null;
  readonly dueAt: Date;
};

const STATES = { WAITING: "waiting", DELIVERED: "delivered", GIVEN_UP: "given-up" } as const;

const deliveryOf = ({ id, event, body, state, attempts, status, fault, ...row }: DeliveryRow): DeliveryView => ({
  ...{ id, event, body, attempts, status, fault },
  state: STATES[state],
  createdAt: row.createdAt.toISOString(),
  lastAt: row.lastAt?.toISOString() ?? null,
  dueAt: state === "WAITING" ? row.dueAt.toISOString() : null,
});

const editing = <T>(
  actor: Actor,
  projectId: string,
  webhookId: string,
  work: (tx: Tx) => Promise<Result<T>>,
): Promise<Result<T>> =>
  transaction<T>(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit");
    if (!may.ok) return may;
    if (!isId(webhookId)) return notFound();
    const found = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM "Webhook" WHERE "id" = ${webhookId}::uuid AND "projectId" = ${projectId}::uuid FOR UPDATE`;
    return found.length > 0 ? work(tx) : notFound();
  });
