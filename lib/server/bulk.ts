/**
 * The bulk side of the database: reading through one snapshot with a cursor, in memory that does not grow with the result, and writing many
 * rows in one statement. Prisma serves everything else.
 */
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import Cursor from "pg-cursor";
import { type Prisma, PrismaClient } from "../../generated/prisma/client";
import { ok, type Result, refuse } from "../result";
import { pool, type Tx, transaction } from "./db";

/** Heavy work of one kind, a few at a time; the rest waits its turn, and is told to come back when that takes too long. */
export class Slots {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(
    slots: number,
    private readonly patience: number,
  ) {
    this.free = slots;
  }

  /** Answers how to give the slot back, or null after `patience` milliseconds without one. */
  async take(): Promise<(() => void) | null> {
    if (this.free > 0) this.free--;
    else if (!(await this.wait())) return null;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    };
  }

  private wait(): Promise<boolean> {
    return new Promise((done) => {
      const mine = () => {
        clearTimeout(timer);
        done(true);
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(mine), 1);
        done(false);
      }, this.patience);
      this.waiting.push(mine);
    });
  }
}

export type Snapshot = {
  /** One value a row: the first column. */
  readonly rows: <R extends pg.QueryResultRow>(text: string, values: readonly unknown[]) => Promise<readonly R[]>;
  /** Rows as they come, a few in memory at a time: `size` answers how many to ask for next, after each row. */
  readonly stream: <R extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[],
    size: (last: R | null) => number,
  ) => AsyncGenerator<R>;
  /** Gives the connection back; harmless when repeated. */
  readonly close: () => Promise<void>;
};

/** A view of the database as it is now, whatever is written meanwhile. Reads only. Close it in any case. */
export async function openSnapshot(): Promise<Snapshot> {
  const client = await pool().connect();
  let broken = false;
  let open = true;
  // A connection that ends between two queries says so by an event; without a listener that would end the process.
  const onError = () => {
    broken = true;
  };
  client.on("error", onError);
  const close = async () => {
    if (!open) return;
    open = false;
    await client.query("ROLLBACK").catch(onError);
    client.off("error", onError);
    client.release(broken);
  };
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    // Compiling a plan costs more than it saves in queries that fetch by index.
    await client.query("SET LOCAL jit = off");
  } catch (error) {
    broken = true;
    await close();
    throw error;
  }
  return {
    rows: async (text, values) => (await client.query({ text, values: [...values] })).rows,
    stream: (text, values, size) => streamed(client, text, values, size),
    close,
  };
}

/** While the rows of one read are worked on, the database already makes those of the next. */
async function* streamed<R extends pg.QueryResultRow>(
  client: pg.PoolClient,
  text: string,
  values: readonly unknown[],
  size: (last: R | null) => number,
): AsyncGenerator<R> {
  const cursor = client.query(new Cursor<R>(text, [...values]));
  // A cursor that has failed is closed by the failure; to close it again would wait for ever for a connection that is gone.
  let failed = false;
  const read = (many: number) => {
    const rows = cursor.read(many);
    rows.catch(() => {
      failed = true; // thrown where it is awaited; a consumer that stops first does not care
    });
    return rows;
  };
  try {
    let rows = await read(size(null));
    while (rows.length > 0) {
      const ahead = read(size(rows.at(-1) ?? null));
      yield* rows;
      rows = await ahead;
    }
  } finally {
    if (!failed) await cursor.close().catch(() => undefined);
  }
}

/** A transaction by two handles: Prisma's, and one that runs bulk statements on the same connection without Prisma's costs. */
export type Bulk = {
  readonly tx: Tx;
  /** How many rows were written. */
  readonly run: (sql: Prisma.Sql) => Promise<number>;
  readonly ask: <R extends object>(sql: Prisma.Sql) => Promise<readonly R[]>;
};

/** For a few rows in an ordinary transaction. */
export const bulkOf = (tx: Tx): Bulk => ({ tx, run: (sql) => tx.$executeRaw(sql), ask: (sql) => tx.$queryRaw(sql) });

/**
 * `transaction` for much work: on a connection of its own, which Prisma's transaction holds while statements go past it straight to pg. Both
 * wait in the connection's one queue, so they are one transaction.
 */
export async function bulkTransaction<T>(
  work: (bulk: Bulk) => Promise<Result<T>>,
  timeout: number,
): Promise<Result<T>> {
  const lane = new pg.Pool({
    connectionString: process.env.DATABASE_URL,
    max: 1,
    connectionTimeoutMillis: 4_000,
    application_name: "gloss bulk",
  });
  let client: pg.PoolClient | null = null;
  lane.on("acquire", (acquired) => {
    client = acquired;
  });
  lane.on("error", () => undefined); // whoever uses the connection is told by the query
  const on = new PrismaClient({ adapter: new PrismaPg(lane) });
  try {
    return await transaction(
      (tx) => {
        const straight = client;
        if (!straight) throw new Error("a transaction began without a connection");
        return work({
          tx,
          run: async ({ text, values }) => (await straight.query({ text, values })).rowCount ?? 0,
          ask: async ({ text, values }) => (await straight.query({ text, values })).rows,
        });
      },
      { timeout, on },
    );
  } finally {
    await on.$disconnect();
    await lane.end().catch(() => undefined);
  }
}

/** Rows as one JSON parameter for `json_populate_recordset`, which writes them ten times as fast as one by one. */
export async function insertRows(
  bulk: Bulk,
  insert: (rows: string) => Prisma.Sql,
  rows: readonly object[],
): Promise<number> {
  if (rows.length === 0) return 0;
  let written = 0;
  for (const batch of batches(rows)) written += await bulk.run(insert(batch));
  return written;
}

/** JSON arrays of rows, each of at most some megabytes (a single larger row stands alone). */
const LARGEST = 8 * 1024 * 1024;

function* batches(rows: readonly object[]): Generator<string> {
  let parts: string[] = [];
  let size = 0;
  for (const row of rows) {
    const json = JSON.stringify(row);
    if (size + json.length > LARGEST && parts.length > 0) {
      yield `[${parts.join(",")}]`;
      parts = [];
      size = 0;
    }
    parts.push(json);
    size += json.length;
  }
  if (parts.length > 0) yield `[${parts.join(",")}]`;
}

export const tooMuchAtOnce = (what: string): Result<never> =>
  refuse("unavailable", `Too many ${what} are running. Nothing was started; try again shortly.`, [], 10);

export const slotOf = async (slots: Slots, what: string): Promise<Result<() => void>> => {
  const release = await slots.take();
  return release ? ok(release) : tooMuchAtOnce(what);
};
