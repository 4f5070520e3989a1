/**
 * One embedded Postgres cluster in a data dir: made when it is not there, started, or adopted when it still runs because the Gloss that
 * started it was killed. It listens on 127.0.0.1 only, with a password, on a random port that it keeps.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import pg from "pg";
import { type Account, asAccount, chooseAccount } from "./account";
import { findPrograms, type Programs } from "./binaries";
import { type Credentials, freePort, makeCredentials, readCredentials, writeCredentials } from "./credentials";
import { isAlive, isPostmasterOf, readPostmaster } from "./postmaster";
import { StartRefused } from "./refused";

export type Cluster = {
  readonly dataDir: string;
  readonly port: number;
  readonly pid: number;
  /** It ran before this process; otherwise this process started it. */
  readonly adopted: boolean;
  /** Connection string of the role `gloss`; database `gloss` unless told. */
  url(database?: string): string;
};

/** Postgres settings of this run, such as `{ fsync: "off" }` for tests. */
export type Settings = Readonly<Record<string, string>>;

const LOG_LIMIT_BYTES = 16 * 1024 * 1024;
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** `on.port`: that port or none; otherwise the port last used, or another when something else has taken it. */
export async function startCluster(dataDir: string, settings: Settings = {}, on?: { port: number }): Promise<Cluster> {
  const home = path.resolve(dataDir);
  const folder = path.join(home, "postgres");
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const account = chooseAccount(home, folder);
  // Whoever Postgres runs as must be able to pass through; every file in the data dir has a mode of its own.
  if (account.kind === "other") chmodSync(home, statSync(home).mode | 0o111);
  const programs = findPrograms(home, account);

  let credentials = readCredentials(home);
  if (!existsSync(path.join(folder, "PG_VERSION"))) {
    credentials = await makeCredentials();
    makeCluster(programs, account, home, folder, credentials);
  }
  if (!credentials) {
    throw new StartRefused(
      `${path.join(home, "postgres.json")} is missing: it holds the database's password. Restore it from a copy.`,
    );
  }
  refuseOtherVersion(programs, folder);

  const running = await runningPostmaster(folder);
  if (running) return prepared(home, running, true, credentials);
  giveTo(account, folder);
  const port = on?.port ?? (await freePort(credentials.port));
  const started = await launch(programs, account, home, folder, port, settings);
  if (started.port !== credentials.port) writeCredentials(home, { ...credentials, port: started.port });
  return prepared(home, started, started.adopted, credentials);
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. Ends when the process is gone. */
export async function stopCluster({ pid, dataDir }: Cluster): Promise<void> {
  const folder = path.join(dataDir, "postgres");
  if (!isPostmasterOf(pid, folder)) return;
  process.kill(pid, "SIGINT");
  for (let waited = 0; isPostmasterOf(pid, folder); waited += 20) {
    if (waited > 60_000) throw new Error(`Postgres (process ${pid}) did not stop within a minute`);
    await pause(20);
  }
}

/** The live Postgres of this data dir, for commands that join it; null when none runs. Changes nothing. */
export async function findCluster(dataDir: string): Promise<Cluster | null> {
  const home = path.resolve(dataDir);
  const credentials = readCredentials(home);
  const running = credentials ? await runningPostmaster(path.join(home, "postgres")) : null;
  return credentials && running ? describe(home, running, true, credentials) : null;
}

function describe(
  dataDir: string,
  at: { pid: number; port: number },
  adopted: boolean,
  credentials: Credentials,
): Cluster {
  const url = (database = "gloss") => `postgresql://gloss:${credentials.password}@127.0.0.1:${at.port}/${database}`;
  return { dataDir, pid: at.pid, port: at.port, adopted, url };
}

/** Into a folder of its own first, so that a make that is cut short leaves no half a cluster. */
function makeCluster(
  programs: Programs,
  account: Account,
  home: string,
  folder: string,
  credentials: Credentials,
): void {
  for (const name of readdirSync(home)) {
    const owner = /^postgres\.new-(\d+)$/.exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) rmSync(path.join(home, name), { recursive: true, force: true });
  }
  const partial = path.join(home, `postgres.new-${process.pid}`);
  mkdirSync(partial, { mode: 0o700 });
  const passwordFile = path.join(partial, "password");
  const cluster = path.join(partial, "cluster");
  mkdirSync(cluster, { mode: 0o700 });
  writeFileSync(passwordFile, `${credentials.superuserPassword}\n`, { mode: 0o600 });
  giveTo(account, partial);
  const command = asAccount(account, programs.initdb, [
    ...["-D", cluster, "-U", "postgres", `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--encoding=UTF8"],
    ...["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions"],
  ]);
  const made = spawnSync(command.file, command.args, {
    ...command.ids,
    env: environment(),
    cwd: "/",
    encoding: "utf8",
  });
  if (made.status !== 0) {
    rmSync(partial, { recursive: true, force: true });
    throw new StartRefused(
      `The database could not be made in ${home}: ${made.error?.message ?? ""}${made.stderr}`.trim(),
    );
  }
  if (existsSync(path.join(folder, "PG_VERSION"))) {
    rmSync(partial, { recursive: true, force: true });
    throw new StartRefused(`Another Gloss is making a database in ${home} at this moment.`);
  }
  writeCredentials(home, credentials);
  renameSync(cluster, folder);
  rmSync(partial, { recursive: true, force: true });
}

function refuseOtherVersion(programs: Programs, folder: string): void {
  const made = readFileSync(path.join(folder, "PG_VERSION"), "utf8").trim();
  const said = spawnSync(programs.postgres, ["--version"], { encoding: "utf8", env: environment() }).stdout ?? "";
  const brought = /(\d+)/.exec(said)?.[1];
  if (brought === undefined || brought === made) return;
  throw new StartRefused(
    `The database in ${folder} was made by Postgres ${made}; this Gloss brings Postgres ${brought}. ` +
      "Back it up with the Gloss that made it, and restore the backup into a new data dir.",
  );
}

/** The cluster's live postmaster once it takes connections, or null when there is none; waits for one that is on its way up or down. */
async function runningPostmaster(folder: string): Promise<{ pid: number; port: number } | null> {
  for (let waited = 0; ; waited += 50) {
    const found = readPostmaster(folder);
    if (!found) return null;
    if (!isPostmasterOf(found.pid, folder)) {
      // Left by a crash. A live stranger with the same number would make Postgres refuse to start.
      if (isAlive(found.pid)) rmSync(path.join(folder, "postmaster.pid"), { force: true });
      return null;
    }
    if (found.status === "ready") return { pid: found.pid, port: found.port };
    if (waited > 120_000)
      throw new StartRefused(`Postgres (process ${found.pid}) has been "${found.status}" for two minutes.`);
    await pause(50);
  }
}

async function launch(
  programs: Programs,
  account: Account,
  home: string,
  folder: string,
  port: number,
  settings: Settings,
): Promise<{ pid: number; port: number; adopted: boolean }> {
  const logFile = path.join(home, "postgres.log");
  for (let attempt = 1; ; attempt++) {
    const log = openSync(logFile, "a", 0o600);
    if (fstatSync(log).size > LOG_LIMIT_BYTES) truncateSync(logFile);
    const before = fstatSync(log).size;
    const options = {
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      logging_collector: "off",
      ...settings,
    };
    const command = asAccount(account, programs.postgres, [
      ...["-D", folder, "-p", String(port)],
      ...Object.entries(options).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ]);
    // A session of its own: Ctrl-C reaches Gloss, which finishes the requests in hand before it stops Postgres.
    const child = spawn(command.file, command.args, {
      ...command.ids,
      ...{ env: environment(), cwd: "/", detached: true, stdio: ["ignore", log, log] },
    });
    closeSync(log);
    child.unref();
    const ready = await becomesReady(child, folder);
    if (ready) return { ...ready, adopted: false };
    const other = await runningPostmaster(folder);
    if (other) return { ...other, adopted: true };
    // A just killed postmaster's last children may still hold its shared memory for a moment.
    if (attempt === 5) {
      const said = readFileSync(logFile, "utf8").slice(before).trim().split("\n").slice(-6).join("\n");
      throw new StartRefused(`The database did not start:\n${said || "Postgres said nothing"}\nMore in ${logFile}`);
    }
    await pause(300 * attempt);
  }
}

/** The child's pid and port once it takes connections; null when it ended before. */
async function becomesReady(child: ChildProcess, folder: string): Promise<{ pid: number; port: number } | null> {
  let ended = false;
  child.once("exit", () => {
    ended = true;
  });
  child.once("error", () => {
    ended = true;
  });
  while (!ended) {
    const found = readPostmaster(folder);
    if (found && found.pid === child.pid && found.status === "ready") return { pid: found.pid, port: found.port };
    await pause(15);
  }
  return null;
}

/** The role and the database, made when they are not there (a first start may have been cut short between the two). */
async function prepared(
  home: string,
  at: { pid: number; port: number },
  adopted: boolean,
  credentials: Credentials,
): Promise<Cluster> {
  const cluster = describe(home, at, adopted, credentials);
  const superuser = { host: "127.0.0.1", port: at.port, user: "postgres", password: credentials.superuserPassword };
  const client = new pg.Client({ ...superuser, database: "postgres", connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const there = await client.query<{ role: boolean; database: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gloss') AS role,
              EXISTS (SELECT FROM pg_database WHERE datname = 'gloss') AS database`,
    );
    // CREATEDB: prisma migrate dev needs a shadow database, and tests make their own.
    if (!there.rows[0]?.role) {
      await client.query(`CREATE ROLE gloss LOGIN CREATEDB PASSWORD ${client.escapeLiteral(credentials.password)}`);
    }
    if (!there.rows[0]?.database) await client.query("CREATE DATABASE gloss OWNER gloss");
  } finally {
    await client.end();
  }
  return cluster;
}

/** Makes `folder` and all in it the account's own; nothing is done when it is already. */
function giveTo(account: Account, folder: string): void {
  if (account.kind === "self") return;
  const to = account.kind === "other" ? account : { uid: 0, gid: 0 };
  const inside = path.join(folder, "cluster");
  if (statSync(folder).uid === to.uid && (!existsSync(inside) || statSync(inside).uid === to.uid)) return;
  chownSync(folder, to.uid, to.gid);
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    lchownSync(path.join(folder, name), to.uid, to.gid);
}

/** Nothing of Gloss's own environment: it holds secrets. */
const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH ?? "",
  LC_ALL: "C",
  TZ: "UTC",
  NODE_ENV: process.env.NODE_ENV,
});
