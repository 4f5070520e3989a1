/** Puts a backup into a database in which nobody has worked yet: all of it in one transaction, or nothing. */

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { applyMigrations, LOCK, MIGRATIONS_TABLE, type Migration, readMigrations } from "../migrate";
import { StartRefused } from "../postgres/refused";
import { type Verification, verifyDatabase } from "../verify/verify";
import { type BackupHead, checkBackupFile, NotABackup, type Part, readBackup } from "./file";
import { listTables, quoteName, type Table } from "./tables";

export type RestoreSummary = {
  /** When the backup was made: what was done after that is not in it. */
  readonly made: string;
  readonly rows: Readonly<Record<string, number>>;
  readonly verification: Verification;
};

/**
 * Throws NotABackup when the file is damaged or not one, StartRefused when the database is not empty or the backup is newer than this Gloss;
 * then nothing was changed. A backup of an older Gloss is brought up to this one. Interrupted, it leaves the database as it was.
 */
export async function restoreBackup(databaseUrl: string, file: string): Promise<RestoreSummary> {
  await checkBackupFile(file);
  const parts = readBackup(file);
  const head = await expectHead(parts);
  const { upTo, after } = plan(head, readMigrations());
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "gloss restore" });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    await client.query("BEGIN");
    await refuseUsed(client);
    await clear(client);
    await client.query(MIGRATIONS_TABLE);
    await applyMigrations(client, upTo);
    const rows = await fill(client, parts);
    await applyMigrations(client, after);
    const verification = await verifyDatabase(client);
    await client.query("COMMIT");
    return { made: head.made, rows, verification };
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

async function expectHead(parts: AsyncGenerator<Part>): Promise<BackupHead> {
  const { value } = await parts.next();
  if (value?.kind !== "head") throw new NotABackup("The file does not begin as a backup does.");
  return value.head;
}

/** Which of our migrations the backup was made with, and which came after. */
function plan(
  head: BackupHead,
  ours: readonly Migration[],
): { upTo: readonly Migration[]; after: readonly Migration[] } {
  const same = head.migrations.every(
    ({ name, checksum }, index) => ours[index]?.name === name && ours[index].checksum === checksum,
  );
  if (!same)
    throw new StartRefused(
      `The backup was made by another Gloss: its schema is at ${head.migrations.at(-1)?.name}, this one's at ${ours.at(-1)?.name}. Restore it with the Gloss that made it, or a newer one.`,
    );
  return { upTo: ours.slice(0, head.migrations.length), after: ours.slice(head.migrations.length) };
}

/** A start on a new database leaves its set-up link and what the audit says of it; people and projects are what counts. */
async function refuseUsed(client: pg.Client): Promise<void> {
  for (const name of ["User", "Project"]) {
    const { rows } = await client.query<{ there: boolean }>("SELECT to_regclass($1) IS NOT NULL AS there", [
      quoteName(name),
    ]);
    if (!rows[0]?.there) continue;
    // Nobody may come in between this look and the end.
    await client.query(`LOCK TABLE ${quoteName(name)} IN ACCESS EXCLUSIVE MODE`);
    const { rowCount } = await client.query(`SELECT FROM ${quoteName(name)} LIMIT 1`);
    if (rowCount)
      throw new StartRefused(
        "The database is not empty. A backup is restored only into an empty one; nothing was changed.",
      );
  }
}

/** Takes away the tables, types and functions that the migrations made, and nothing of an extension. */
async function clear(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ sql: string }>(
    `SELECT format('DROP TABLE %s CASCADE', c.oid::regclass) AS sql FROM pg_class c
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
     UNION ALL
     SELECT format('DROP TYPE %s CASCADE', t.oid::regtype) FROM pg_type t
      WHERE t.typnamespace = current_schema()::regnamespace AND t.typtype = 'e'
     UNION ALL
     SELECT format('DROP FUNCTION IF EXISTS %s CASCADE', p.oid::regprocedure) FROM pg_proc p
      WHERE p.pronamespace = current_schema()::regnamespace AND p.proname LIKE 'gloss\\_%'`,
  );
  for (const { sql } of rows) await client.query(sql);
}

/** Rows as they were, numbers and hashes too: without the triggers that would make new ones, with every check and key. */
async function fill(client: pg.Client, parts: AsyncGenerator<Part>): Promise<Record<string, number>> {
  const tables = new Map((await listTables(client)).map((table) => [table.name, table]));
  for (const { name } of tables.values()) {
    await client.query(`ALTER TABLE ${quoteName(name)} DISABLE TRIGGER USER`);
    await client.query(`DELETE FROM ${quoteName(name)}`);
  }
  const rows: Record<string, number> = {};
  for await (const part of parts) {
    if (part.kind === "table") {
      const table = expectTable(tables, part);
      const columns = part.columns.map(quoteName).join(", ");
      const copy = client.query(copyFrom(`COPY ${quoteName(table.name)} (${columns}) FROM STDIN`));
      await pipeline(Readable.from(rowsOf(parts)), copy);
      rows[table.name] = copy.rowCount;
    } else if (part.kind === "end") {
      for (const [name, count] of Object.entries(part.end.rows))
        if (rows[name] !== count)
          throw new NotABackup(`The backup says ${count} rows of ${name} and holds ${rows[name] ?? 0}.`);
    }
  }
  for (const { name } of tables.values()) await client.query(`ALTER TABLE ${quoteName(name)} ENABLE TRIGGER USER`);
  await continueSequences(client);
  return rows;
}

function expectTable(tables: ReadonlyMap<string, Table>, part: { table: string; columns: readonly string[] }): Table {
  const table = tables.get(part.table);
  if (!table || part.columns.some((column) => !table.columns.includes(column)))
    throw new NotABackup(`The backup holds a table ${part.table} that this schema does not know.`);
  return table;
}

async function* rowsOf(parts: AsyncGenerator<Part>): AsyncGenerator<Buffer> {
  for (;;) {
    const { value, done } = await parts.next();
    if (done || value.kind === "table-end") return;
    if (value.kind === "rows") yield value.bytes;
  }
}

/** The next numbers come after those that were restored. */
async function continueSequences(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ sequence: string; table: string; column: string }>(
    `SELECT s.oid::regclass::text AS sequence, t.oid::regclass::text AS table, quote_ident(a.attname) AS column
       FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') AND d.classid = 'pg_class'::regclass
       JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
      WHERE s.relkind = 'S' AND s.relnamespace = current_schema()::regnamespace`,
  );
  for (const { sequence, table, column } of rows)
    await client.query(`SELECT setval($1::regclass, coalesce(max(${column}), 0) + 1, false) FROM ${table}`, [sequence]);
}
