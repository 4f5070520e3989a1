/** Starting and stopping, by the command that people use. */
import { connect } from "node:net";
import pg from "pg";
import { findCluster, startCluster, stopCluster } from "../lib/server/postgres/cluster";
import { isAlive } from "../lib/server/postgres/postmaster";
import { type Gloss, isRunning, makeDataDir, removeDataDir, type StartFailed, startGloss } from "./support/gloss";
import { expect, test } from "./support/test";

test.describe.configure({ mode: "serial", timeout: 180_000 });

let dataDir: string;
let started: Gloss[];
test.beforeEach(() => {
  dataDir = makeDataDir();
  started = [];
});
test.afterEach(async () => {
  for (const gloss of started) if (isAlive(gloss.pid)) await gloss.stop();
  const left = await findCluster(dataDir);
  if (left) await stopCluster(left);
  removeDataDir(dataDir);
});

async function start(env: Readonly<Record<string, string>> = {}): Promise<Gloss> {
  const gloss = await startGloss({ dataDir, env });
  if (!isRunning(gloss)) throw new Error(`exit ${gloss.code}: ${gloss.output}`);
  started.push(gloss);
  return gloss;
}

async function startInVain(env: Readonly<Record<string, string>> = {}): Promise<StartFailed> {
  const gloss = await startGloss({ dataDir, env });
  if (!isRunning(gloss)) return gloss;
  started.push(gloss);
  throw new Error(`it started: ${gloss.output()}`);
}

const listens = (url: string): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      done(true);
    });
    socket.once("error", () => done(false));
  });

const readiness = async (gloss: Gloss) => (await fetch(`${gloss.url}/api/health/ready`)).status;

test("a new data dir gets a database, a secret and a set-up link, and a stop leaves nothing running", async ({
  page,
}) => {
  const gloss = await start();
  await expect.poll(() => readiness(gloss)).toBe(200);
  expect(gloss.setupUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/set-up\/[\w-]{40,}$/);
  await page.goto(gloss.setupUrl ?? "");
  await expect(page.getByRole("button", { name: /account/i })).toBeVisible();

  const wrong = await fetch(`${gloss.url}/api/v1/me`, { method: "PUT", body: "{}" });
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS, PATCH"]);
  expect(await wrong.json()).toMatchObject({ title: "method-not-allowed", status: 405 });
  const asked = await fetch(`${gloss.url}/api/v1/me`, {
    method: "OPTIONS",
    headers: { origin: "https://other.example" },
  });
  expect([asked.status, asked.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS, PATCH"]);
  expect([...asked.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);

  const cluster = await findCluster(dataDir);
  expect(await gloss.stop()).toBe(0);
  expect(isAlive(gloss.pid)).toBe(false);
  expect(await findCluster(dataDir)).toBeNull();
  expect(cluster && isAlive(cluster.pid)).toBeFalsy();
  expect(await listens(gloss.url)).toBe(false);
});

test("a second start on the same data dir says so and exits 1, and the first goes on", async () => {
  const gloss = await start();
  const second = await startInVain();
  expect(second.code).toBe(1);
  expect(second.output).toContain(`Another Gloss is running on the data dir ${dataDir}`);
  await expect.poll(() => readiness(gloss)).toBe(200);
});

test("after kill -9 of Gloss the next start takes over the database that still runs", async () => {
  const first = await start();
  const before = await findCluster(dataDir);
  await first.kill();
  expect((await findCluster(dataDir))?.pid).toBe(before?.pid);
  const next = await start();
  expect((await findCluster(dataDir))?.pid).toBe(before?.pid);
  expect(await readiness(next)).toBe(200);
  expect(await next.stop("SIGINT")).toBe(0);
  expect(await findCluster(dataDir)).toBeNull();
});

test("after kill -9 of everything the next start recovers by itself", async () => {
  const first = await start();
  const before = await findCluster(dataDir);
  if (!before) throw new Error("no cluster");
  await first.kill();
  process.kill(before.pid, "SIGKILL");
  const next = await start();
  expect((await findCluster(dataDir))?.pid).not.toBe(before.pid);
  expect(await readiness(next)).toBe(200);
});

test("a database of a newer Gloss is refused before anything is written", async () => {
  expect(await (await start()).stop()).toBe(0);
  const cluster = await startCluster(dataDir);
  const client = new pg.Client({ connectionString: cluster.url() });
  await client.connect();
  await client.query(
    `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '9999_future', now())`,
  );
  await client.end();
  await stopCluster(cluster);
  const refused = await startInVain();
  expect(refused.code).toBe(1);
  expect(refused.output).toContain("The database is newer than this Gloss: its schema is at 9999_future");
  expect(await findCluster(dataDir)).toBeNull();
});

test("a secret that everybody knows, or none for a database of one's own, is refused", async () => {
  const weak = await startInVain({ NEXTAUTH_SECRET: "changeme" });
  expect(weak).toMatchObject({ code: 1, output: expect.stringContaining("NEXTAUTH_SECRET is too easy to guess") });
  const none = await startInVain({ DATABASE_URL: "postgresql://u:canary@127.0.0.1:9/gloss" });
  expect(none).toMatchObject({ code: 1, output: expect.stringContaining("NEXTAUTH_SECRET is not set") });
  expect(none.output).not.toContain("canary");
});

test("two installations have different secrets and database passwords", async () => {
  const { readFileSync } = await import("node:fs");
  const other = makeDataDir();
  const read = (folder: string) => ["secret", "postgres.json"].map((name) => readFileSync(`${folder}/${name}`, "utf8"));
  await (await start()).stop();
  const second = await startGloss({ dataDir: other });
  if (!isRunning(second)) throw new Error(second.output);
  await second.stop();
  const [one, two] = [read(dataDir), read(other)];
  removeDataDir(other);
  expect(one[0]).not.toBe(two[0]);
  expect(one[0]?.trim()).toMatch(/^[\w-]{43}$/);
  expect(JSON.parse(one[1] ?? "").password).not.toBe(JSON.parse(two[1] ?? "").password);
});

test("a port that is taken is named, and nothing is left of the start", async () => {
  const gloss = await start();
  const other = makeDataDir();
  const refused = await startGloss({ dataDir: other, env: { PORT: new URL(gloss.url).port } });
  expect(refused).toMatchObject({ code: 1, output: expect.stringMatching(/Port \d+ of 127\.0\.0\.1 is in use/) });
  expect(await findCluster(other)).toBeNull();
  removeDataDir(other);
});
