/**
 * What `npm start` and `npm run dev` do once the packages are there: database, build, migrations, first administrator, app; and the way
 * back, in reverse, when Gloss is asked to end. Exits 0 when asked to, 1 when it cannot start.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { backUpBeforeMigration } from "./backup/automatic";
import { closeDatabase } from "./db";

import { readEnv, type StartEnv } from "./env";
import { log, whatFailed } from "./log";
import { migrate } from "./migrate";
import { ownCluster } from "./postgres/owner";
import { StartRefused } from "./postgres/refused";
import { awaitDatabase } from "./reach";
import { baseUrl } from "./secret";
import { listen } from "./serve";
import { prepareInstance } from "./setup";

import { runShutdown } from "./shutdown";

export type StartOptions = {
  readonly root: string;
  readonly dev: boolean;
  /** Makes the production build when it is not there; `stopChildren` ends it when Gloss is asked to end meanwhile. */
  readonly build: () => Promise<void>;
  readonly stopChildren: () => void;
};

/** Seconds that answers in hand get before they are cut off. */
const GRACE = 25;

export async function start(options: StartOptions): Promise<never> {
  const asked = untilAskedToEnd(options.stopChildren);
  const undo: (() => Promise<void>)[] = [];
  let code = 0;
  try {
    await bringUp(options, undo, () => asked.done);
    await asked.promise;
  } catch (error) {
    code = asked.done ? 0 : 1;
    if (code === 1) sayWhy(error);
  }
  for (const step of undo.reverse()) {
    await step().catch((error: unknown) => {
      code = 1;
      sayWhy(error);
    });
  }
  process.exit(code);
}

function sayWhy(error: unknown): void {
  if (error instanceof StartRefused) console.error(error.message);
  else log.fatal({ err: whatFailed(error) }, "Gloss could not go on");
}

/** Each step that leaves something behind puts its undoing into `undo` before the next begins. */
async function bringUp(options: StartOptions, undo: (() => Promise<void>)[], ended: () => boolean): Promise<void> {
  const env = readEnv(process.env);
  mkdirSync(env.dataDir, { recursive: true, mode: 0o700 });
  const databaseUrl = env.databaseUrl ?? (await embedded(env, undo));
  const server = await listen(env.host, env.port);
  undo.push(async () => {
    await runShutdown();
    await server.stop(GRACE);
    await closeDatabase();
  });
  if (!options.dev) await options.build();
  if (ended()) return;

  Object.assign(process.env, {
    DATABASE_URL: databaseUrl,
    GLOSS_DATA_DIR: env.dataDir,
    HOST: env.host,
    PORT: String(server.port),
    GLOSS_BUILD: options.dev ? "" : readFileSync(path.join(options.root, ".next", "BUILD_ID"), "utf8").trim(),
    NEXTAUTH_SECRET: env.secret ?? keptSecret(env.dataDir),
  });
  process.env.NEXTAUTH_URL = baseUrl();

  await awaitDatabase(databaseUrl);
  await migrate(databaseUrl, {
    say: console.error,
    backup: async () => void (await backUpBeforeMigration(databaseUrl, env.dataDir)),
  });
  const { setupUrl } = await prepareInstance({ admin: env.admin, sample: env.sample });
  // Next opens a pool of its own: its copy of the database client is another than this one.
  await closeDatabase();
  if (ended()) return;

  await server.serve({ dev: options.dev, dir: options.root, host: env.host });
  log.info({ pid: process.pid, dataDir: env.dataDir, embedded: env.databaseUrl === null }, "started");
  const link = setupUrl ? `Make the first account here (the link works once): ${setupUrl}\n` : "";
  process.stdout.write(`${link}Gloss is ready at ${localUrl(env.host, server.port)}\n`);
}

async function embedded(env: StartEnv, undo: (() => Promise<void>)[]): Promise<string> {
  const cluster = await ownCluster(env.dataDir);
  undo.push(() => cluster.stop());
  if (cluster.adopted) log.info("took over the database that an earlier Gloss left running");
  return cluster.url;
}

/** The secret that signs the cookies, made at random once for a data dir. */
export function keptSecret(dataDir: string): string {
  const file = path.join(dataDir, "secret");
  try {
    writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return readFileSync(file, "utf8").trim();
}

/** Where this machine reaches Gloss, whatever address people use. */
function localUrl(host: string, port: number): string {
  const reached = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}`;
}

/** Ctrl-C comes twice, from the terminal and from npm; only the first counts. A closed terminal or pipe is no reason to fall over. */
function untilAskedToEnd(stopChildren: () => void): { readonly promise: Promise<void>; readonly done: boolean } {
  const state = { done: false };
  const promise = new Promise<void>((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
      process.on(signal, () => {
        if (state.done) return;
        state.done = true;
        stopChildren();
        resolve();
      });
    }
  });
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);
  // One failed task does not take the desk down; what it was part of has answered 500.
  process.on("uncaughtException", (error) => log.error({ err: whatFailed(error) }, "uncaught"));
  process.on("unhandledRejection", (error) => log.error({ err: whatFailed(error) }, "unhandled"));
  return {
    promise,
    get done() {
      return state.done;
    },
  };
}
