/** On a durable Postgres of its own: the one that the other tests share runs without fsync. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ok } from "../result";
import { closeDatabase, directTransaction, pool, transaction } from "./db";
import { ready } from "./health";
import { watchHeartbeat } from "./heartbeat";
import { migrate, readMigrations } from "./migrate";
import { type Cluster, startCluster, stopCluster } from "./postgres/cluster";
import { awaitDatabase } from "./reach";
import { withDatabase } from "./testing/database";
import { connect } from "./testing/rows";

const before = process.env.DATABASE_URL;
const folder = mkdtempSync(path.join(tmpdir(), "gloss-health-"));
chmodSync(folder, 0o755);
let cluster: Cluster;

beforeAll(async () => {
  cluster = await startCluster(path.join(folder, "data"));
  await migrate(cluster.url());
  await closeDatabase();
  process.env.DATABASE_URL = cluster.url();
});
afterAll(async () => {
  await closeDatabase();
  process.env.DATABASE_URL = before;
  await stopCluster(cluster);
  rmSync(folder, { recursive: true, force: true });
});

async function sql(...statements: readonly string[]): Promise<void> {
  const client = await connect(cluster.url());
  for (const statement of statements) await client.query(statement);
  await client.end();
}

const write = () =>
  transaction(async (tx) => {
    await tx.$executeRaw`INSERT INTO "rate_limit" ("key") VALUES (gen_random_uuid()::text)`;
    return ok("written");
  });

const direct = () =>
  directTransaction(async (client) => {
    await client.query(`INSERT INTO "rate_limit" ("key") VALUES (gen_random_uuid()::text)`);
    return ok("written");
  });

const reason = async () => {
  const answer = await ready();
  return answer.ok ? "ready" : answer.message;
};

test("a sound database is ready", async () => {
  expect(await ready()).toEqual(ok({ status: "ready" }));
  expect(await write()).toEqual(ok("written"));
});

test("weakened settings make it unready with the reason, and stop writes until they are mended", async () => {
  await sql("ALTER ROLE gloss SET synchronous_commit = off");
  expect(await ready()).toMatchObject({ ok: false, code: "unavailable", retryAfter: 5 });
  expect(await reason()).toBe(
    "The database could lose acknowledged work: synchronous_commit is off. Writes are refused until that is mended.",
  );
  expect(await write()).toMatchObject({ ok: false, code: "unavailable" });
  expect(await direct()).toMatchObject({ ok: false, code: "unavailable" });
  await sql("ALTER ROLE gloss RESET synchronous_commit");
  expect(await reason()).toBe("ready");
  expect(await write()).toEqual(ok("written"));
});

test("settings stronger than on are sound", async () => {
  await sql("ALTER ROLE gloss SET synchronous_commit = remote_apply");
  expect(await reason()).toBe("ready");
  await sql("ALTER ROLE gloss RESET synchronous_commit");
});

test("a schema that is behind or ahead is named with what is needed", async () => {
  const [last, previous] = readMigrations().toReversed();
  await sql(`UPDATE "_prisma_migrations" SET migration_name = '9999_future' WHERE migration_name = '${last?.name}'`);
  expect(await reason()).toMatch(`newer than this Gloss: its schema is at 9999_future, this Gloss knows ${last?.name}`);
  await sql(
    `UPDATE "_prisma_migrations" SET rolled_back_at = now(), migration_name = '${last?.name}' WHERE migration_name = '9999_future'`,
  );
  expect(await reason()).toBe(
    `The database's schema is at ${previous?.name}, this Gloss needs ${last?.name}. Start it anew: npm start migrates.`,
  );
  await sql(`UPDATE "_prisma_migrations" SET rolled_back_at = NULL`);
  expect(await reason()).toBe("ready");
});

test("a database that goes away and comes back: unready and refusing meanwhile, well afterwards, in one process", async () => {
  await stopCluster(cluster);
  expect(await reason()).toBe("The database is away.");
  expect(await write()).toMatchObject({ ok: false, code: "unavailable", retryAfter: 5 });
  await expect(awaitDatabase(cluster.url(), 0)).rejects.toMatchObject({
    name: "StartRefused",
    message: `The database at 127.0.0.1:${cluster.port} does not answer. Gloss was not started.`,
  });
  const back = startCluster(path.join(folder, "data"));
  await awaitDatabase(cluster.url());
  cluster = await back;
  expect(await reason()).toBe("ready");
  expect(await write()).toEqual(ok("written"));
});

test("a database that hangs is noticed, and forgiven when it goes on", async () => {
  process.kill(cluster.pid, "SIGSTOP");
  expect(await reason()).toBe("The database is away.");
  process.kill(cluster.pid, "SIGCONT");
  expect(await reason()).toBe("ready");
});

test("a transaction that takes longer than it may is refused, and leaves nothing", async () => {
  const key = `slow ${process.pid}`;
  const slow = await transaction(
    async (tx) => {
      await tx.$executeRaw`INSERT INTO "rate_limit" ("key") VALUES (${key})`;
      await tx.$executeRaw`SELECT pg_sleep(0.5)`;
      await tx.$executeRaw`SELECT 1`;
      return ok("written");
    },
    { timeout: 100 },
  );
  expect(slow).toMatchObject({ ok: false, code: "unavailable", retryAfter: 1 });
  const { rows } = await pool().query(`SELECT 1 FROM "rate_limit" WHERE "key" = $1`, [key]);
  expect(rows).toEqual([]);
});

/** The backends of every connection, once the heartbeat's is among them. */
async function untilBeating(): Promise<readonly number[]> {
  for (;;) {
    const { rows } = await pool().query<{ pid: number; application_name: string }>(
      "SELECT pid, application_name FROM pg_stat_activity WHERE backend_type = 'client backend'",
    );
    if (rows.some((row) => row.application_name === "gloss heartbeat")) return rows.map(({ pid }) => pid);
  }
}

test("work that waits on a database that hangs is refused, long before its own time limit, and goes on afterwards", async () => {
  let over = false;
  const watching = watchHeartbeat(() => over);
  expect(await write()).toEqual(ok("written"));
  const backends = await untilBeating();
  const processes = [cluster.pid, ...backends];
  for (const pid of processes) process.kill(pid, "SIGSTOP");
  const refused = await Promise.all([write(), write(), direct()]);
  for (const pid of processes) process.kill(pid, "SIGCONT");
  for (const answer of refused) expect(answer).toMatchObject({ ok: false, code: "unavailable" });
  over = true;
  await watching;
  expect(await write()).toEqual(ok("written"));
  expect(await direct()).toEqual(ok("written"));
});

test("a database that turns Gloss away is named without its password", async () => {
  const url = new URL(cluster.url());
  url.password = "canary";
  const refused = await awaitDatabase(url.href, 0).catch((error: unknown) => String(error));
  expect(refused).toContain(
    `The database at 127.0.0.1:${cluster.port} turned Gloss away: password authentication failed`,
  );
  expect(refused).not.toContain("canary");
});

test("a database that cannot hold every text is refused", () =>
  withDatabase(async (url) => {
    const client = await connect(url);
    const name = `ascii_${process.pid}`;
    await client.query(
      `CREATE DATABASE ${name} ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0`,
    );
    const ascii = new URL(url);
    ascii.pathname = `/${name}`;
    await expect(awaitDatabase(ascii.href, 0)).rejects.toThrow(
      /encoding is SQL_ASCII. Gloss needs one made with ENCODING 'UTF8'/,
    );
    await client.query(`DROP DATABASE ${name}`);
    await client.end();
  }));
