/**
 * Applies prisma/migrations at start, each in one transaction with its row in `_prisma_migrations`, so that a kill in the middle leaves
 * the schema as it was. The rows are Prisma's own, so that `prisma migrate status|deploy|dev` agree.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { StartRefused } from "./postgres/refused";

export type Migration = {
  readonly name: string;
  readonly sql: string /** SHA-256 of migration.sql, hex */;
  readonly checksum: string;
};

export type SchemaState = {
  /** The newest migration in the database; null: an empty database. */
  readonly at: string | null;
  /** The newest migration of this code. */
  readonly need: string;
  readonly pending: readonly Migration[];
  /** Why this code must not touch the database; null when it may. */
  readonly refusal: string | null;
};

type Applied = { name: string; checksum: string; finished: boolean };

/** Prisma's own lock, so that `prisma migrate deploy` and a start never run at once. */
export const LOCK = 72_707_369;

export function readMigrations(folder = path.join(process.cwd(), "prisma/migrations")): readonly Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/** Compares what the database has with what this code has; reads only. */
export async function schemaState(
  client: Pick<pg.ClientBase, "query">,
  ours: readonly Migration[],
): Promise<SchemaState> {
  const table = await client.query<{ there: boolean }>(
    `SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS there`,
  );
  const applied = table.rows[0]?.there
    ? (
        await client.query<Applied>(
          `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
             FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY migration_name`,
        )
      ).rows
    : [];
  return compare(applied, ours);
}

export function compare(applied: readonly Applied[], ours: readonly Migration[]): SchemaState {
  const at = applied.at(-1)?.name ?? null;
  const need = ours.at(-1)?.name ?? "";
  const byName = new Map(ours.map((migration) => [migration.name, migration]));
  const done = new Set(applied.map(({ name }) => name));
  const pending = ours.filter(({ name }) => !done.has(name));
  return { at, need, pending, refusal: refusal() };

  function refusal(): string | null {
    const unknown = applied.find(({ name }) => !byName.has(name));
    if (unknown) {
      return `The database is newer than this Gloss: its schema is at ${unknown.name}, this Gloss knows ${need}. Start the newer Gloss, or restore the backup that was made before the upgrade.`;
    }
    const failed = applied.find(({ finished }) => !finished);
    if (failed) {
      return `Migration ${failed.name} was begun by another tool and did not finish. Settle it with: npx prisma migrate resolve --rolled-back ${failed.name}`;
    }
    const changed = applied.find(({ name, checksum }) => byName.get(name)?.checksum !== checksum);
    if (changed) {
      return `Migration ${changed.name} is not the one that this database was made with. Use the Gloss that made it, or a new database.`;
    }
    return null;
  }
}

export type MigrateOptions = {
  readonly migrations?: readonly Migration[];
  /** Called once before the first migration of a database that is not empty. If it throws, nothing is migrated. */
  readonly backup?: (state: SchemaState) => Promise<void>;
  readonly say?: (line: string) => void;
};

/**
 * Brings the database up to this code. Several starts at once: one migrates, the others wait for it. Throws StartRefused when the
 * database is newer, or a migration fails; then the schema is as it was before that migration.
 */
export async function migrate(
  url: string,
  options: MigrateOptions = {},
): Promise<{ readonly applied: readonly string[] }> {
  const ours = options.migrations ?? readMigrations();
  const client = new pg.Client({ connectionString: url, application_name: "gloss migrate" });
  await client.connect();
  try {
    const before = await schemaState(client, ours);
    if (before.refusal) throw new StartRefused(before.refusal);
    if (before.pending.length === 0) return { applied: [] };
    await lock(client, options.say);
    // The one before us in the line may have done it.
    const state = await schemaState(client, ours);
    if (state.refusal) throw new StartRefused(state.refusal);
    if (state.pending.length > 0 && state.at !== null) await options.backup?.(state);
    if (state.at === null) await client.query(MIGRATIONS_TABLE);
    for (const migration of state.pending) {
      await client.query("BEGIN");
      await applyMigrations(client, [migration]);
      await client.query("COMMIT");
    }
    return { applied: state.pending.map(({ name }) => name) };
  } finally {
    await client.end();
  }
}

async function lock(client: pg.Client, say?: (line: string) => void): Promise<void> {
  const taken = await client.query<{ got: boolean }>("SELECT pg_try_advisory_lock($1) AS got", [LOCK]);
  if (taken.rows[0]?.got) return;
  say?.("Another start is migrating the database; waiting for it");
  await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
}

/** In the caller's transaction, each with its row. Throws StartRefused when one fails; the caller's transaction is then rolled back. */
export async function applyMigrations(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  for (const { name, sql, checksum } of migrations) {
    try {
      await client.query(sql);
    } catch (error) {
      await client.query("ROLLBACK").catch(() => undefined);
      const why = error instanceof Error ? error.message : String(error);
      throw new StartRefused(`Migration ${name} failed and was rolled back; the data are as they were. ${why}`);
    }
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
  }
}

/** As Prisma makes it. */
export const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;
