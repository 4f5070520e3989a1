/** The embedded Postgres, started for real: these tests need no database of the run's own. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { chooseAccount } from "./account";
import { type Cluster, findCluster, startCluster, stopCluster } from "./cluster";
import { freePort, readCredentials, writeCredentials } from "./credentials";
import { borrowCluster, ownCluster } from "./owner";
import { isAlive, isPostmasterOf, readPostmaster } from "./postmaster";

const homes: string[] = [];

/** A data dir's place; `open`: one that other accounts may enter, as /var/lib is, and a root home is not. */
function home({ open = true } = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), "gloss-cluster-"));
  chmodSync(folder, open ? 0o755 : 0o700);
  homes.push(folder);
  return path.join(folder, "data");
}

/** Making a cluster takes seconds, and is not what most of these are about: they begin with a copy of one that ran before. */
let pristine: Promise<string> | null = null;

async function used(): Promise<string> {
  pristine ??= (async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "gloss-cluster-"));
    chmodSync(folder, 0o755);
    await stopCluster(await startCluster(path.join(folder, "data")));
    return folder;
  })();
  const dataDir = home();
  cpSync(path.join(await pristine, "data"), dataDir, { recursive: true });
  const credentials = readCredentials(dataDir);
  if (!credentials) throw new Error("the copy is incomplete");
  writeCredentials(dataDir, { ...credentials, port: await freePort() });
  return dataDir;
}

afterAll(async () => {
  if (pristine) rmSync(await pristine, { recursive: true, force: true });
});

afterEach(async () => {
  for (const folder of homes.splice(0)) {
    const left = await findCluster(path.join(folder, "data"));
    if (left) await stopCluster(left);
    rmSync(folder, { recursive: true, force: true });
  }
});

async function ask<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

const folderOf = (cluster: Cluster) => path.join(cluster.dataDir, "postgres");

/** SIGKILL for Postgres and all its children, as a power cut does. */
async function cutPower(cluster: Cluster): Promise<void> {
  const backends = await ask<{ pid: number }>(
    cluster.url(),
    "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()",
  );
  for (const pid of [cluster.pid, ...backends.map((row) => row.pid)]) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  }
  while (isPostmasterOf(cluster.pid, folderOf(cluster))) await new Promise((done) => setTimeout(done, 10));
}

/** Where root has no way into a closed folder for another account, a start says so and names the cure: tried once, below. */
const closed = process.getuid?.() !== 0 || spawnSync("unshare", ["--user", "--map-user=65534", "true"]).status === 0;

describe.each([
  { where: "in a folder that others may enter", open: true },
  { where: "in a folder that is closed to others, as a root home is", open: !closed },
])("$where", ({ open }) => {
  test("is made, keeps its data and its port over a restart, and leaves no process", async () => {
    const dataDir = home({ open });
    const first = await startCluster(dataDir);
    expect(first.adopted).toBe(false);
    await ask(first.url(), "CREATE TABLE kept AS SELECT 42 AS value");
    await stopCluster(first);
    expect(isAlive(first.pid) && isPostmasterOf(first.pid, folderOf(first))).toBe(false);
    expect(existsSync(path.join(folderOf(first), "postmaster.pid"))).toBe(false);

    const second = await startCluster(dataDir);
    expect(second.url()).toBe(first.url());
    expect(await ask(second.url(), "SELECT value FROM kept")).toEqual([{ value: 42 }]);
  });

  test("recovers what was committed after SIGKILL of everything", async () => {
    const dataDir = open ? await used() : home({ open });
    const first = await startCluster(dataDir);
    await ask(first.url(), "CREATE TABLE kept AS SELECT 42 AS value");
    await cutPower(first);
    expect(existsSync(path.join(folderOf(first), "postmaster.pid"))).toBe(true);

    const second = await startCluster(dataDir);
    expect(second).toMatchObject({ adopted: false });
    expect(await ask(second.url(), "SELECT value FROM kept")).toEqual([{ value: 42 }]);
  });
});

test("where there is no way into a closed folder, the refusal names the cure", () => {
  const dataDir = home({ open: false });
  mkdirSync(dataDir);
  if (process.getuid?.() !== 0) return expect(chooseAccount(dataDir, dataDir)).toEqual({ kind: "self" });
  const before = process.env.PATH;
  process.env.PATH = ""; // no unshare
  try {
    expect(() => chooseAccount(dataDir, dataDir)).toThrow(
      /cannot enter .*Set GLOSS_DATA_DIR to a folder that others can enter/,
    );
  } finally {
    process.env.PATH = before;
  }
});

test("listens on 127.0.0.1 only, with a password, and its files are their owner's", async () => {
  const dataDir = await used();
  const cluster = await startCluster(dataDir);
  const settings = await ask<{ name: string; setting: string }>(
    cluster.url(),
    `SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'fsync', 'synchronous_commit', 'full_page_writes') ORDER BY name`,
  );
  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: "on",
    full_page_writes: "on",
    synchronous_commit: "on",
    listen_addresses: "127.0.0.1",
  });
  const wrong = new URL(cluster.url());
  wrong.password = "guess";
  await expect(ask(wrong.href, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
  expect(statSync(path.join(dataDir, "postgres.json")).mode & 0o777).toBe(0o600);
  expect(statSync(path.join(dataDir, "postgres.log")).mode & 0o777).toBe(0o600);
  expect(statSync(folderOf(cluster)).mode & 0o777).toBe(0o700);
});

test("the role of Gloss owns its database, in UTF-8, and is no superuser", async () => {
  const cluster = await startCluster(await used());
  expect(
    await ask(
      cluster.url(),
      `SELECT r.rolsuper AS super, pg_get_userbyid(d.datdba) AS owner, pg_encoding_to_char(d.encoding) AS encoding
         FROM pg_roles r, pg_database d WHERE r.rolname = current_user AND d.datname = current_database()`,
    ),
  ).toEqual([{ super: false, owner: "gloss", encoding: "UTF8" }]);
});

test("one that still runs is adopted, not started a second time", async () => {
  const dataDir = await used();
  const orphan = await startCluster(dataDir);
  const adopted = await startCluster(dataDir);
  expect(adopted).toMatchObject({ adopted: true, pid: orphan.pid, port: orphan.port });
});

test("a port that something else has taken meanwhile is left to it", async () => {
  const one = await used();
  const other = await used();
  const first = await startCluster(one);
  await stopCluster(first);
  const file = path.join(other, "postgres.json");
  const second = await startCluster(other);
  await stopCluster(second);
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), port: first.port }));
  const squatter = await startCluster(one);
  const moved = await startCluster(other);
  expect(moved.port).not.toBe(squatter.port);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ port: moved.port });
  expect(await ask(moved.url(), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("a pid file that a crash left, whose number a stranger has now, does not keep it from starting", async () => {
  const dataDir = await used();
  const cluster = await startCluster(dataDir);
  await cutPower(cluster);
  const file = path.join(folderOf(cluster), "postmaster.pid");
  const [, ...rest] = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, [process.pid, ...rest].join("\n"));
  expect(readPostmaster(folderOf(cluster))?.pid).toBe(process.pid);
  expect(await startCluster(dataDir)).toMatchObject({ adopted: false });
  expect(isAlive(process.pid)).toBe(true);
});

test("a first start that was cut short is made anew", async () => {
  const dataDir = home();
  mkdirSync(path.join(dataDir, "postgres.new-999999/cluster"), { recursive: true });
  writeFileSync(path.join(dataDir, "postgres.new-999999/cluster/PG_VERSION"), "18\n");
  const cluster = await startCluster(dataDir);
  expect(existsSync(path.join(dataDir, "postgres.new-999999"))).toBe(false);
  expect(await ask(cluster.url(), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("data of another Postgres version are refused, and not touched", async () => {
  const dataDir = await used();
  const cluster = await startCluster(dataDir);
  await stopCluster(cluster);
  writeFileSync(path.join(folderOf(cluster), "PG_VERSION"), "12\n");
  await expect(startCluster(dataDir)).rejects.toMatchObject({
    name: "StartRefused",
    message: /made by Postgres 12; this Gloss brings/,
  });
});

describe("owning a data dir", () => {
  test("a second owner is refused while the first lives, and not after it", async () => {
    const dataDir = await used();
    const first = await ownCluster(dataDir);
    await expect(ownCluster(dataDir)).rejects.toMatchObject({
      name: "StartRefused",
      message: /Another Gloss is running on the data dir/,
    });
    await first.stop();
    expect(await findCluster(dataDir)).toBeNull();
    const next = await ownCluster(dataDir);
    expect(await ask(next.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await next.stop();
  });

  test("two that begin at the same moment on a new data dir: one owns it, the other is refused", async () => {
    const dataDir = home();
    const both = await Promise.allSettled([ownCluster(dataDir), ownCluster(dataDir)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    for (const one of both) {
      if (one.status === "fulfilled") await one.value.stop();
      else expect(one.reason).toMatchObject({ name: "StartRefused" });
    }
    expect(await findCluster(dataDir)).toBeNull();
  });

  test("Postgres that goes away is started again on the same port, with what was committed", async () => {
    const dataDir = await used();
    const owned = await ownCluster(dataDir);
    await ask(owned.url, "CREATE TABLE kept AS SELECT 42 AS value");
    const before = await findCluster(dataDir);
    if (!before) throw new Error("no cluster");
    await cutPower(before);
    const again = async () => {
      const now = await findCluster(dataDir);
      return now && now.pid !== before.pid ? now : null;
    };
    while (!(await again())) await new Promise((done) => setTimeout(done, 50));
    expect(await ask(owned.url, "SELECT value FROM kept")).toEqual([{ value: 42 }]);
    await owned.stop();
    expect(await findCluster(dataDir)).toBeNull();
  });

  test("a command borrows the cluster of a running Gloss, and stops only one that it started itself", async () => {
    const dataDir = await used();
    const alone = await borrowCluster(dataDir);
    await alone.stop();
    expect(await findCluster(dataDir)).toBeNull();

    const owned = await ownCluster(dataDir);
    const beside = await borrowCluster(dataDir);
    await beside.stop();
    expect(await ask(owned.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await owned.stop();
  });

  test("a Gloss that starts while a command has the cluster goes on with it when the command ends", async () => {
    const dataDir = await used();
    const command = await borrowCluster(dataDir);
    const owned = await ownCluster(dataDir);
    await command.stop();
    expect(await ask(owned.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await owned.stop();
  });
});
