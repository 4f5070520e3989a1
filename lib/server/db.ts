/** The one pool, the Prisma client on it, and transactions. `DATABASE_URL` is read at first use, so that tests can set it. */
import { Socket } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { type Prisma, PrismaClient } from "../../generated/prisma/client";
import { type Refusal, type Result, refuse } from "../result";
import { weakened } from "./durability";
import { log, whatFailed } from "./log";

export type Tx = Prisma.TransactionClient;

type Handles = { readonly pool: pg.Pool; readonly prisma: PrismaClient; readonly sockets: ReadonlySet<Socket> };
const global = globalThis as typeof globalThis & { glossDatabase?: Handles };

function open(): Handles {
  const connectionString = process.env.DATABASE_URL;
  if (!connectionString) throw new Error("DATABASE_URL is not set");
  const sockets = new Set<Socket>();
  const pool = new pg.Pool({
    connectionString,
    stream: () => {
      const socket = new Socket();
      sockets.add(socket);
      return socket.once("close", () => sockets.delete(socket));
    },
    max: Number(process.env.GLOSS_POOL ?? 12),
    connectionTimeoutMillis: 4000,
    query_timeout: 60_000,
    application_name: "gloss",
  });
  // A server may say that it ends a connection in the same breath as it says that it is ready, before whoever takes the client can listen.
  pool.on("connect", (client) => client.on("error", () => undefined));
  // Without a listener a restarted database would end the process.
  pool.on("error", (error) => log.warn({ err: whatFailed(error) }, "a database connection was lost"));
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }), sockets };
}

function handles(): Handles {
  global.glossDatabase ??= open();
  return global.glossDatabase;
}

export const prisma = (): PrismaClient => handles().prisma;
export const pool = (): pg.Pool => handles().pool;

export async function closeDatabase(): Promise<void> {
  const open = global.glossDatabase;
  delete global.glossDatabase;
  await open?.prisma.$disconnect();
  await open?.pool.end().catch(() => undefined);
}

/** Ends every connection at once: whoever waits on one is told that the database is away. The pool opens new ones when it is asked. */
export function dropConnections(): void {
  for (const socket of global.glossDatabase?.sockets ?? []) socket.destroy();
}

class Rollback extends Error {
  constructor(readonly refusal: Refusal) {
    super("refused");
  }
}

const RETRIED = /40001|40P01|P2034|TransactionWriteConflict|deadlock detected|could not serialize/;
const AWAY =
  /P1001|P1002|P1008|P1017|P2024|P2037|57P01|57P02|57P03|08006|08001|08003|53300|ECONNREFUSED|ECONNRESET|EPIPE|Connection terminated|connection error and is not queryable|Client was closed|connection timeout|timeout exceeded when trying to connect|Server has closed the connection|DatabaseNotReachable|SocketTimeout|ConnectionClosed|the database system is/i;

/** Everything an error says of itself and its causes, for matching only: never shown to anyone. */
export function errorText(error: unknown, depth = 0): string {
  if (depth > 4 || typeof error !== "object" || error === null) return String(error);
  const parts: string[] = [];
  for (const key of ["name", "code", "kind", "originalCode", "message"]) {
    const value: unknown = Reflect.get(error, key);
    if (typeof value === "string") parts.push(value);
  }
  const cause: unknown = Reflect.get(error, "cause");
  if (cause) parts.push(errorText(cause, depth + 1));
  const errors: unknown = Reflect.get(error, "errors");
  if (Array.isArray(errors)) for (const inner of errors) parts.push(errorText(inner, depth + 1));
  return parts.join(" ");
}

export const isDatabaseAway = (error: unknown): boolean => AWAY.test(errorText(error));
export const isUniqueViolation = (error: unknown): boolean =>
  /P2002|23505|UniqueConstraintViolation/.test(errorText(error));

export const databaseAway = (): Refusal =>
  refuse("unavailable", "The database is away. Nothing was changed; try again shortly.", [], 5);

/** A transaction that got no connection in time, or that took longer than it may: it was rolled back, or never began. */
const BUSY = /P2028/;

const tooBusy = (): Refusal =>
  refuse("unavailable", "Too much is going on at once. Nothing was changed; try again.", [], 1);

const FULL = /53100|No space left on device|could not extend file/;

const diskFull = (): Refusal =>
  refuse(
    "unavailable",
    "The database's disk is full. Nothing was changed; whoever runs this Gloss must make room.",
    [],
    30,
  );

/** With durability switched off "saved" would be no promise (durability.ts). */
function refuseWeakened(): Refusal | null {
  const weak = weakened();
  return weak
    ? refuse("unavailable", `The database could lose what it says it saved (${weak}). Nothing was changed.`, [], 30)
    : null;
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** What to do after a failed attempt: answer with a refusal, or try again (null). Throws what nobody expects. */
async function afterFailure(error: unknown, attempt: number): Promise<Refusal | null> {
  if (error instanceof Rollback) return error.refusal;
  if (RETRIED.test(errorText(error))) {
    if (attempt >= 8) return tooBusy();
    await pause(Math.random() * 20 * 2 ** attempt);
    return null;
  }
  if (isDatabaseAway(error)) return databaseAway();
  if (BUSY.test(errorText(error))) return tooBusy();
  if (FULL.test(errorText(error))) return diskFull();
  throw error;
}

/**
 * Tries work that is all or nothing: conflicts between transactions are tried again with jitter; a database that is away is the refusal
 * "unavailable".
 */
export async function guarded<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  const weak = refuseWeakened();
  if (weak) return weak;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const refusal = await afterFailure(error, attempt);
      if (refusal) return refusal;
    }
  }
}

/** Runs a use case's work in one transaction, guarded. A refusal rolls everything back. */
export const transaction = <T>(
  work: (tx: Tx) => Promise<Result<T>>,
  /** Milliseconds; long work (an import) names its own, and runs `on` a client of its own. */
  { timeout = 60_000, on }: { readonly timeout?: number; readonly on?: PrismaClient } = {},
): Promise<Result<T>> =>
  guarded(() =>
    (on ?? prisma()).$transaction(
      async (tx) => {
        const result = await work(tx);
        if (!result.ok) throw new Rollback(result);
        return result;
      },
      { maxWait: 8_000, timeout },
    ),
  );

async function onClient<T>(work: (client: pg.PoolClient) => Promise<Result<T>>): Promise<Result<T>> {
  const client = await pool().connect();
  let broken = false;
  // A connection that ends between two queries says so by an event; without a listener that would end the process.
  const onError = () => {
    broken = true;
  };
  client.on("error", onError);
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query(result.ok ? "COMMIT" : "ROLLBACK");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(onError);
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}

/** `transaction` on a bare connection, for the one path that is too hot for Prisma (changes.ts). */
export const directTransaction = <T>(work: (client: pg.PoolClient) => Promise<Result<T>>): Promise<Result<T>> =>
  guarded(() => onClient(work));
