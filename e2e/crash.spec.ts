/** What "saved" is worth: Gloss and Postgres are killed, or Postgres is stopped, under scripts that go on sending changes. */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { findCluster, startCluster, stopCluster } from "../lib/server/postgres/cluster";
import { isAlive } from "../lib/server/postgres/postmaster";
import { type Gloss, isRunning, makeDataDir, removeDataDir, startGloss } from "./support/gloss";
import { ADMIN } from "./support/people";
import { type Script, scriptOf } from "./support/script";
import { expect, test } from "./support/test";

test.describe.configure({ timeout: 180_000 });

const CLIENTS = 16;
const EACH = 20;
const TEXT = "The ferry was late again, the harbour office said, and nobody would say why.\n";
const admin = { GLOSS_ADMIN_EMAIL: ADMIN.email, GLOSS_ADMIN_PASSWORD: ADMIN.password };

let dataDir: string;
let gloss: Gloss | null;
test.beforeEach(() => {
  dataDir = makeDataDir();
  gloss = null;
});
test.afterEach(async () => {
  if (gloss && isAlive(gloss.pid)) await gloss.stop();
  const left = await findCluster(dataDir);
  if (left) await stopCluster(left);
  removeDataDir(dataDir);
});

async function start(env: Readonly<Record<string, string>>): Promise<Gloss> {
  const started = await startGloss({ dataDir, env: { ...admin, ...env } });
  if (!isRunning(started)) throw new Error(`exit ${started.code}: ${started.output}`);
  gloss = started;
  return started;
}

/** Four articles, each assigned to whoever asks. */
async function makeReviews(script: Script): Promise<readonly string[]> {
  const me = await script.get<{ id: string }>("GET", "/api/v1/me");
  const project = await script.get<{ id: string }>("POST", "/api/v1/projects", { name: "Storm" });
  const reviews: string[] = [];
  for (let n = 0; n < 4; n++) {
    const body = { title: `Ferry ${n}`, text: TEXT, outlet: `Outlet ${n}` };
    const article = await script.get<{ id: string }>("POST", `/api/v1/projects/${project.id}/articles`, body);
    const review = await script.get<{ id: string }>("POST", `/api/v1/articles/${article.id}/reviews`, {
      reviewerId: me.id,
    });
    reviews.push(review.id);
  }
  return reviews;
}

type Sent = { readonly id: string; readonly review: string };

/** The change's id is the span's too, so that what is stored can be held against what was sent. */
const changeOf = ({ id }: Sent) => ({
  changes: [{ id, kind: "span.put", span: { id, base: 0, start: 4, end: 9, label: "CLAIM", quote: "ferry" } }],
});

/**
 * Sixteen clients send until each is done or is refused: by no answer at all, or by a 503 that says when to come again. `when` is called
 * once, when so many are acknowledged. Answers what was acknowledged and what was not.
 */
async function storm(script: Script, all: readonly Sent[], after: number, strike: () => unknown) {
  const acknowledged: Sent[] = [];
  const refused: Sent[] = [];
  const client = async (own: readonly Sent[]) => {
    for (const [n, one] of own.entries()) {
      const answer = await script.ask("POST", `/api/v1/reviews/${one.review}/changes`, changeOf(one)).catch(() => null);
      if (answer?.status === 200) {
        acknowledged.push(one);
        if (acknowledged.length === after) await strike();
        continue;
      }
      if (answer) expect([answer.status, Number(answer.headers.get("retry-after")) > 0]).toEqual([503, true]);
      refused.push(...own.slice(n));
      return;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(all.filter((_, k) => k % CLIENTS === n))));
  return { acknowledged, refused };
}

async function stored(script: Script, reviews: readonly string[]) {
  const found = await Promise.all(
    reviews.map((id) => script.get<{ version: number; spans: { id: string }[] }>("GET", `/api/v1/reviews/${id}`)),
  );
  return {
    ids: found.flatMap(({ spans }) => spans.map(({ id }) => id)).sort(),
    versions: found.reduce((sum, { version }) => sum + version, 0),
  };
}

const readiness = async (url: string) => (await fetch(`${url}/api/health/ready`).catch(() => null))?.status;

/** SIGKILL for Postgres and all its children, as a power cut does. */
async function killPostgres(): Promise<void> {
  const cluster = await findCluster(dataDir);
  if (!cluster) throw new Error("no cluster");
  const client = new pg.Client({ connectionString: cluster.url() });
  client.on("error", () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()",
  );
  for (const pid of [cluster.pid, ...rows.map((row) => row.pid)])
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself meanwhile.
    }
  await client.end().catch(() => undefined);
}

test("killed in a storm of changes from 16 clients, first Gloss and then Postgres: what was acknowledged is there once, and sending the rest again completes it", async () => {
  const first = await start({});
  const script = await scriptOf(first.url, ADMIN);
  const reviews = await makeReviews(script);
  const changes = () =>
    Array.from({ length: CLIENTS * EACH }, (_, n) => ({ id: randomUUID(), review: reviews[n % reviews.length] ?? "" }));
  const complete: Sent[] = [];

  async function survive(strike: () => unknown, recovered: () => Promise<unknown>) {
    const all = changes();
    const { acknowledged, refused } = await storm(script, all, 100, strike);
    expect(refused.length).toBeGreaterThan(0);
    expect(acknowledged.length + refused.length).toBe(all.length);
    await recovered();
    const there = new Set((await stored(script, reviews)).ids);
    expect([...complete, ...acknowledged].filter(({ id }) => !there.has(id))).toEqual([]);
    // Each was answered or not, and may have been stored or not: sending it again is always right.
    for (let rest: readonly Sent[] = refused; rest.length > 0; )
      rest = (await storm(script, rest, 0, () => undefined)).refused;
    complete.push(...all);
    expect(await stored(script, reviews)).toEqual({
      ids: complete.map(({ id }) => id).sort(),
      versions: complete.length,
    });
  }

  await survive(
    () => first.kill(),
    () => start({ PORT: new URL(first.url).port }),
  );
  const second = gloss;
  await survive(killPostgres, () => expect.poll(() => readiness(first.url), { timeout: 60_000 }).toBe(200));
  // It was Postgres alone that was started again.
  expect(gloss).toBe(second);
  expect(isAlive(second?.pid ?? 0)).toBe(true);
  expect(await second?.stop()).toBe(0);
});

test("a database that is stopped and started under a running Gloss: 503 with Retry-After meanwhile, then well again without a restart", async () => {
  const place = makeDataDir();
  let cluster = await startCluster(place);
  try {
    const running = await start({ DATABASE_URL: cluster.url(), NEXTAUTH_SECRET: `${randomUUID()}${randomUUID()}` });
    const script = await scriptOf(running.url, ADMIN);
    const [review = ""] = await makeReviews(script);
    const send = (id: string) => script.ask("POST", `/api/v1/reviews/${review}/changes`, changeOf({ id, review }));
    const [before, meanwhile] = [randomUUID(), randomUUID()];
    expect((await send(before)).status).toBe(200);

    await stopCluster(cluster);
    for (const away of [await send(meanwhile), await script.ask("GET", "/api/v1/projects")]) {
      expect(away.status).toBe(503);
      expect(Number(away.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(away.headers.get("content-type")).toBe("application/problem+json");
      expect(await away.json()).toMatchObject({ title: "unavailable", detail: expect.stringContaining("away") });
    }
    expect((await fetch(`${running.url}/api/health/live`)).status).toBe(200);
    expect(await readiness(running.url)).toBe(503);

    cluster = await startCluster(place);
    await expect.poll(() => readiness(running.url)).toBe(200);
    expect((await send(meanwhile)).status).toBe(200);
    const { spans } = await script.get<{ spans: { id: string }[] }>("GET", `/api/v1/reviews/${review}`);
    expect(spans.map(({ id }) => id).sort()).toEqual([before, meanwhile].sort());
    expect(isAlive(running.pid)).toBe(true);
    expect(await running.stop()).toBe(0);
  } finally {
    await stopCluster(cluster);
    removeDataDir(place);
  }
});
