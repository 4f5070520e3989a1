import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ok, refuse } from "../result";
import { record } from "./audit";
import { prisma, transaction } from "./db";
import { importFiles } from "./imports";
import { type Desk, makeDesk } from "./testing/desk";
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  pingWebhook,
  replayDelivery,
} from "./webhooks";
import type { WebhookEvent } from "./webhooks.schema";
import { sendDue, waitAfter } from "./webhooksSend";

type Heard = { readonly headers: IncomingHttpHeaders; readonly body: string };

let server: Server;
let address = "";
let heard: Heard[] = [];
let status = 204;
let answer = (response: ServerResponse) => void response.writeHead(status).end();

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      heard.push({ headers: request.headers, body });
      answer(response);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const at = server.address();
  address = `127.0.0.1:${typeof at === "object" && at ? at.port : 0}`;
});
afterAll(() => server.close());

let desk: Desk;
beforeEach(async () => {
  process.env.GLOSS_WEBHOOKS = "1";
  process.env.GLOSS_WEBHOOKS_ALLOW = address;
  await prisma().webhook.deleteMany();
  desk = await makeDesk();
  heard = [];
  status = 204;
});
afterEach(() => {
  delete process.env.GLOSS_WEBHOOKS;
  delete process.env.GLOSS_WEBHOOKS_ALLOW;
});

const made = async (events: WebhookEvent[] = ["article.settled"], url = `http://${address}/hook`) => {
  const hook = await createWebhook(desk.editor.actor, desk.projectId, { url, events });
  if (!hook.ok) throw new Error(hook.message);
  return hook.value.value;
};
const settled = (articleId: string) =>
  transaction(async (tx) => ok(await record(tx, null, desk, { type: "article.settled", articleId })));
const deliveries = async (webhookId: string) => {
  const listed = await listDeliveries(desk.editor.actor, desk.projectId, webhookId);
  if (!listed.ok) throw new Error(listed.message);
  return listed.value.items;
};
const makeDue = () => prisma().$executeRaw`UPDATE "WebhookDelivery" SET "dueAt" = now() - interval '1 second'`;
const ARTICLE = "3f0c6a52-9a57-4d1b-8f5e-0d6f6d1f1a11";

describe("what is told", () => {
  it("is signed as the Standard Webhooks specification says, with a secret that was shown once", async () => {
    const { id, secret } = await made();
    await settled(ARTICLE);
    expect(await sendDue()).toBe(1);
    const [one] = heard;
    if (!one || !secret) throw new Error("nothing was heard");
    expect(JSON.parse(one.body)).toEqual({
      type: "article.settled",
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: { projectId: desk.projectId, articleId: ARTICLE },
    });
    const { "webhook-id": webhookId, "webhook-timestamp": at, "webhook-signature": signature } = one.headers;
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    expect(key.length).toBe(32);
    expect(signature).toBe(`v1,${createHmac("sha256", key).update(`${webhookId}.${at}.${one.body}`).digest("base64")}`);
    expect(Math.abs(Number(at) - Date.now() / 1000)).toBeLessThan(60);
    expect(await deliveries(id)).toMatchObject([
      { id: webhookId, state: "delivered", attempts: 1, status: 204, dueAt: null },
    ]);
    // By no door again, and not in the audit.
    const key64 = secret.slice("whsec_".length);
    const told = JSON.stringify([
      await listWebhooks(desk.editor.actor, desk.projectId),
      await deliveries(id),
      await prisma().auditEntry.findMany({ where: { projectId: desk.projectId }, select: { type: true, data: true } }),
    ]);
    expect(told).toContain("webhook.created");
    expect(told).not.toContain(key64);
  });

  it("is written with what it tells, or not at all", async () => {
    const { id } = await made();
    await transaction(async (tx) => {
      await record(tx, null, desk, { type: "article.settled", articleId: ARTICLE });
      return refuse("conflict", "It comes to nothing.");
    });
    expect(await deliveries(id)).toEqual([]);
  });

  it("is what was asked for: an import and a release, by counts and number only", async () => {
    const all = await made(["import.done", "release.ready"]);
    const none = await made(["article.settled"]);
    const line = JSON.stringify({ title: "A title that stays here", text: "A text that stays here." });
    const open = async function* () {
      yield Buffer.from(`${line}\n`);
    };
    const options = { format: "jsonl", onError: "abort", as: "reviews" } as const;
    expect(await importFiles(desk.editor.actor, desk.projectId, options, [{ name: null, open }])).toMatchObject({
      ok: true,
    });
    await transaction(async (tx) =>
      ok(await record(tx, null, desk, { type: "release.made", number: 3, manifestSha256: "x", articles: 1 })),
    );
    expect((await deliveries(all.id)).map(({ body }) => JSON.parse(body)).reverse()).toMatchObject([
      { type: "import.done", data: { projectId: desk.projectId, articles: { created: 1, duplicate: 0 } } },
      { type: "release.ready", data: { projectId: desk.projectId, release: 3 } },
    ]);
    expect(JSON.stringify(await deliveries(all.id))).not.toContain("stays here");
    expect(await deliveries(none.id)).toEqual([]);
  });

  it("is nothing while whoever runs Gloss has not switched it on", async () => {
    const { id } = await made();
    delete process.env.GLOSS_WEBHOOKS;
    await settled(ARTICLE);
    expect(await deliveries(id)).toEqual([]);
    const { actor } = desk.editor;
    const wanted = { url: "https://desk.example/hook", events: ["import.done" as const] };
    expect(await createWebhook(actor, desk.projectId, wanted)).toMatchObject({ ok: false, code: "conflict" });
    expect(await pingWebhook(actor, desk.projectId, id)).toMatchObject({ ok: false, code: "conflict" });
    expect(await listWebhooks(actor, desk.projectId)).toMatchObject({ value: { switchedOn: false, items: [{ id }] } });
  });

  it("is told once, however many instances look", async () => {
    await made();
    for (let n = 0; n < 5; n++) await settled(ARTICLE);
    const sent = await Promise.all([sendDue(), sendDue(), sendDue()]);
    expect(sent.reduce((sum, n) => sum + n, 0)).toBe(5);
    expect(new Set(heard.map(({ headers }) => headers["webhook-id"])).size).toBe(5);
  });
});

describe("what does not arrive", () => {
  it("is tried again later, and is given up after a day", async () => {
    const { id } = await made();
    await settled(ARTICLE);
    status = 500;
    await sendDue();
    expect(await sendDue()).toBe(0);
    expect(await deliveries(id)).toMatchObject([{ state: "waiting", attempts: 1, status: 500 }]);
    await prisma()
      .$executeRaw`UPDATE "WebhookDelivery" SET "dueAt" = now() - interval '1 second', "askedAt" = now() - interval '1 day'`;
    await sendDue();
    expect(await deliveries(id)).toMatchObject([{ state: "given-up", attempts: 2, dueAt: null }]);
    expect(await listWebhooks(desk.editor.actor, desk.projectId)).toMatchObject({
      value: { items: [{ enabled: true, failingSince: expect.any(String) }] },
    });
  });

  it.each([
    [1, 5],
    [2, 15],
    [5, 405],
    [20, 4 * 60 * 60],
  ])("waits longer each time: %i attempts, about %i s", (attempts, seconds) => {
    expect([waitAfter(attempts, 0), waitAfter(attempts, 0.5), waitAfter(attempts, 1)]).toEqual([
      Math.round(seconds * 0.8),
      seconds,
      Math.round(seconds * 1.2),
    ]);
  });

  it("is replayed under the same id, to the byte, also when it had arrived", async () => {
    const { id } = await made();
    await settled(ARTICLE);
    await sendDue();
    const [first] = await deliveries(id);
    const again = await replayDelivery(desk.editor.actor, desk.projectId, id, first?.id ?? "");
    expect(again).toMatchObject({ ok: true, value: { state: "waiting", attempts: 0 } });
    await sendDue();
    expect(heard.map(({ body }) => body)).toEqual([first?.body, first?.body]);
    expect(heard.map(({ headers }) => headers["webhook-id"])).toEqual([first?.id, first?.id]);
  });

  it.each([
    ["nobody wants it (410)", 410, "now()"],
    ["nothing arrived for days", 503, "now() - interval '73 hours'"],
  ])("switches the webhook off when %s, and an editor on again", async (_, answer, since) => {
    const { id } = await made();
    await settled(ARTICLE);
    await prisma().$executeRawUnsafe(`UPDATE "Webhook" SET "failingSince" = ${since}`);
    status = answer;
    await sendDue();
    const { actor } = desk.editor;
    expect(await listWebhooks(actor, desk.projectId)).toMatchObject({
      value: { items: [{ enabled: false, disabledAt: expect.any(String) }] },
    });
    await makeDue();
    expect(await sendDue(), "one that is off is told nothing").toBe(0);
    expect(await prisma().auditEntry.count({ where: { projectId: desk.projectId, type: "webhook.disabled" } })).toBe(1);
    expect(await changeWebhook(actor, desk.projectId, id, { enabled: true })).toMatchObject({
      value: { enabled: true, disabledAt: null, failingSince: null },
    });
    status = 200;
    expect(await sendDue(), "what waited is told").toBe(1);
    expect(await deliveries(id)).toMatchObject([{ state: "delivered" }]);
  });

  it("never goes to an address that is not public, unless the operator named it", async () => {
    const { id } = await made();
    process.env.GLOSS_WEBHOOKS_ALLOW = "127.0.0.1:1";
    expect(await pingWebhook(desk.editor.actor, desk.projectId, id)).toMatchObject({ value: { event: "ping" } });
    await sendDue();
    expect(heard).toEqual([]);
    expect(await deliveries(id)).toMatchObject([
      { state: "waiting", status: null, fault: expect.stringMatching(/public internet/) },
    ]);
  });

  it.each<[string, typeof answer]>([
    ["a large body", (response) => void response.writeHead(200).end("a".repeat(70_000))],
    ["a packing that is not read", (response) => void response.writeHead(200, { "Content-Encoding": "zstd" }).end("x")],
    ["a body that never ends", (response) => void response.writeHead(200).write("a")],
  ])("is not what was answered with %s: the status counts", async (_, odd) => {
    const usual = answer;
    answer = odd;
    const { id } = await made();
    await settled(ARTICLE);
    await sendDue();
    answer = usual;
    expect(await deliveries(id)).toMatchObject([{ state: "delivered", attempts: 1, status: 200, fault: null }]);
  });

  it("goes away with its webhook, and those of others stay", async () => {
    const one = await made();
    const other = await made();
    await settled(ARTICLE);
    expect(await deleteWebhook(desk.editor.actor, desk.projectId, one.id)).toMatchObject({ ok: true });
    expect(await prisma().webhookDelivery.count()).toBe(1);
    expect(await deliveries(other.id)).toHaveLength(1);
  });
});
