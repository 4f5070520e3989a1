/** Writes the whole database, as it stands at one moment, into one checksummed file; people go on working meanwhile. */
import { createHash } from "node:crypto";
import { createWriteStream, existsSync, rmSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { StartRefused } from "../postgres/refused";
import { listTables, quoteName } from "./tables";

export type BackupSummary = {
  readonly file: string;
  readonly made: string;
  readonly rows: Readonly<Record<string, number>>;
};

/** Throws StartRefused when `file` is there already: a backup overwrites nothing. The file is whole or not there. */
export async function writeBackup(databaseUrl: string, file: string): Promise<BackupSummary> {
  const target = path.resolve(file);
  if (existsSync(target)) throw new StartRefused(`${file} is there already. A backup overwrites nothing.`);
  const partial = `${target}.partial-${process.pid}`;
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "gloss backup" });
  await client.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const summary: { made: string; rows: Record<string, number> } = { made: "", rows: {} };
    const hash = createHash("sha256");
    const hashed = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
      flush(done) {
        done(null, `\nsha256:${hash.digest("hex")}\n`);
      },
    });
    const out = createWriteStream(partial, { mode: 0o600, flags: "wx" });
    await pipeline(Readable.from(contents(client, summary)), createGzip({ level: 5 }), hashed, out);
    await client.query("COMMIT");
    const handle = await open(partial, "r+");
    await handle.sync();
    await handle.close();
    await rename(partial, target);
    return { file: target, ...summary };
  } finally {
    rmSync(partial, { force: true });
    await client.end();
  }
}

async function* contents(
  client: pg.Client,
  summary: { made: string; rows: Record<string, number> },
): AsyncGenerator<Buffer | string> {
  const { rows } = await client.query<{ made: string; migrations: unknown }>(
    `SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS made,
            (SELECT json_agg(json_build_object('name', migration_name, 'checksum', checksum) ORDER BY migration_name)
               FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL) AS migrations`,
  );
  summary.made = rows[0]?.made ?? "";
  yield `${JSON.stringify({ "gloss-backup": 1, made: summary.made, migrations: rows[0]?.migrations })}\n`;
  for (const { name, columns } of await listTables(client)) {
    yield `${JSON.stringify({ table: name, columns })}\n`;
    const copy = client.query(copyTo(`COPY ${quoteName(name)} (${columns.map(quoteName).join(", ")}) TO STDOUT`));
    for await (const chunk of copy) yield chunk;
    summary.rows[name] = copy.rowCount;
    yield "\\.\n";
  }
  yield `${JSON.stringify({ rows: summary.rows })}\n`;
}
