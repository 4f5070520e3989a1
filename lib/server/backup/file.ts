/**
 * A backup file: gzip of lines, then a line `sha256:HEX` over every byte before it. Inside, as `zcat` shows it: a first line of JSON that
 * says what it is, then for each table a line of JSON, its rows as Postgres' COPY writes them and a line `\.`, and a last line of JSON with
 * the number of rows of each.
 */
import { createHash } from "node:crypto";
import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { z } from "zod";

export const TRAILER = /^\nsha256:([0-9a-f]{64})\n$/;
export const TRAILER_BYTES = 73;

const Head = z.strictObject({
  "gloss-backup": z.literal(1),
  made: z.iso.datetime(),
  migrations: z.array(z.strictObject({ name: z.string(), checksum: z.string() })).min(1),
});
const TableLine = z.strictObject({ table: z.string(), columns: z.array(z.string()).min(1) });
const End = z.strictObject({ rows: z.record(z.string(), z.number().int()) });

export type BackupHead = z.infer<typeof Head>;
export type BackupEnd = z.infer<typeof End>;

export type Part =
  | { readonly kind: "head"; readonly head: BackupHead }
  | { readonly kind: "table"; readonly table: string; readonly columns: readonly string[] }
  | { readonly kind: "rows"; readonly bytes: Buffer }
  | { readonly kind: "table-end" }
  | { readonly kind: "end"; readonly end: BackupEnd };

export class NotABackup extends Error {
  override readonly name = "NotABackup";
}

/** Reads the whole file once. Throws NotABackup when a single byte is not as it was written. */
export async function checkBackupFile(file: string): Promise<void> {
  const { size } = statSync(file);
  if (size <= TRAILER_BYTES) throw new NotABackup(`${file} is not a backup, or it is cut short.`);
  const trailer = Buffer.alloc(TRAILER_BYTES);
  const handle = openSync(file, "r");
  readSync(handle, trailer, 0, TRAILER_BYTES, size - TRAILER_BYTES);
  closeSync(handle);
  const said = TRAILER.exec(trailer.toString("latin1"))?.[1];
  if (!said) throw new NotABackup(`${file} is not a backup, or it is cut short.`);
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { end: size - TRAILER_BYTES - 1 }), hash);
  if (hash.digest("hex") !== said)
    throw new NotABackup(`${file} is damaged: its checksum is not the one that was written.`);
}

const END_OF_ROWS = Buffer.from("\n\\.\n");
const MAX_LINE = 1024 * 1024;

/** The parts of a file that was checked. `rows` come as they stand in the file, cut anywhere. */
export async function* readBackup(file: string): AsyncGenerator<Part> {
  const raw = createReadStream(file, { end: statSync(file).size - TRAILER_BYTES - 1, highWaterMark: 256 * 1024 });
  let rest: Buffer = Buffer.alloc(0);
  let inRows = false;
  let first = true;
  for await (const chunk of raw.pipe(createGunzip({ chunkSize: 256 * 1024 }))) {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      if (inRows) {
        const end = rest.indexOf(END_OF_ROWS);
        // The mark may be cut in two by the chunk's edge: its length but one is held back.
        const upTo = end >= 0 ? end + 1 : Math.max(0, rest.length - END_OF_ROWS.length + 1);
        const from = first ? 1 : 0; // the line break before the first row belongs to the table's own line
        if (upTo > from) yield { kind: "rows", bytes: rest.subarray(from, upTo) };
        if (upTo > 0) first = false;
        if (end < 0) {
          rest = rest.subarray(upTo);
          break;
        }
        rest = rest.subarray(end + END_OF_ROWS.length);
        inRows = false;
        yield { kind: "table-end" };
      } else {
        const end = rest.indexOf("\n");
        if (end < 0) {
          if (rest.length > MAX_LINE) throw new NotABackup("a line of the backup is too long");
          break;
        }
        const part = readLine(rest.subarray(0, end).toString("utf8"));
        yield part;
        inRows = part.kind === "table";
        first = inRows;
        rest = rest.subarray(inRows ? end : end + 1);
      }
    }
  }
  if (inRows || rest.length > 0) throw new NotABackup("the backup ends in the middle");
}

function readLine(line: string): Part {
  const value: unknown = JSON.parse(line);
  const head = Head.safeParse(value);
  if (head.success) return { kind: "head", head: head.data };
  const table = TableLine.safeParse(value);
  if (table.success) return { kind: "table", ...table.data };
  const end = End.safeParse(value);
  if (end.success) return { kind: "end", end: end.data };
  throw new NotABackup("a line of the backup is of no kind that this Gloss knows");
}
