/** The bytes of a release's files, in the database: in pieces, written by the job that makes it, read from any place on. */
import { createHash } from "node:crypto";
import { pool, type Tx } from "./db";
import { type Job, JobStopped } from "./jobs";

/** Bytes of a piece; the last of a file is shorter. */
export const CHUNK = 1024 * 1024;

export type Place = { readonly projectId: string; readonly number: number };
export type StoredFile = {
  readonly name: string;
  readonly mediaType: string;
  readonly about: string;
  readonly size: number;
  readonly sha256: string;
};

type NewFile = Pick<StoredFile, "name" | "mediaType" | "about"> & { readonly position: number };

/** A piece is taken only from the runner whose job it is: one that was thought dead writes nothing more. */
const PUT = `
INSERT INTO "ReleaseChunk" ("projectId", "number", "name", "n", "bytes")
SELECT $1::uuid, $2::int, $3, $4::int, $5 WHERE EXISTS
  (SELECT FROM "Job" WHERE "id" = $6::uuid AND "attempt" = $7 AND "state" = 'RUNNING' FOR SHARE)`;

/** Writes the file and answers what it is. Throws JobStopped when the job is no longer the runner's. */
export async function storeFile(
  job: Job,
  { projectId, number }: Place,
  file: NewFile,
  texts: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<StoredFile> {
  const hash = createHash("sha256");
  let size = 0;
  let n = 0;
  let parts: Buffer[] = [];
  let held = 0;
  const put = async (bytes: Buffer) => {
    const { rowCount } = await pool().query(PUT, [projectId, number, file.name, n, bytes, job.id, job.attempt]);
    if (rowCount !== 1) throw new JobStopped("lost");
    n++;
  };
  const flush = async (least: number) => {
    if (held < least || held === 0) return;
    const all = Buffer.concat(parts, held);
    let from = 0;
    for (; all.length - from >= Math.min(least, CHUNK) && from < all.length; from += CHUNK)
      await put(all.subarray(from, from + CHUNK));
    parts = from < all.length ? [all.subarray(from)] : [];
    held = Math.max(0, all.length - from);
  };
  for await (const text of texts) {
    const bytes = typeof text === "string" ? Buffer.from(text, "utf8") : Buffer.from(text);
    hash.update(bytes);
    size += bytes.length;
    parts.push(bytes);
    held += bytes.length;
    await flush(CHUNK);
  }
  await flush(1);
  const stored = { name: file.name, mediaType: file.mediaType, about: file.about, size, sha256: hash.digest("hex") };
  await pool().query(
    `INSERT INTO "ReleaseFile" ("projectId", "number", "name", "position", "mediaType", "about", "size", "sha256")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [projectId, number, file.name, file.position, file.mediaType, file.about, size, stored.sha256],
  );
  return stored;
}

/** What an unfinished release has so far; the database keeps those of a finished one. */
export async function clearFiles(tx: Tx, { projectId, number }: Place): Promise<void> {
  await tx.releaseChunk.deleteMany({ where: { projectId, number } });
  await tx.releaseFile.deleteMany({ where: { projectId, number } });
}

export async function listFiles({ projectId, number }: Place): Promise<readonly StoredFile[]> {
  const { rows } = await pool().query<StoredFile & { size: string }>(
    `SELECT "name", "mediaType", "about", "size", "sha256" FROM "ReleaseFile"
      WHERE "projectId" = $1 AND "number" = $2 ORDER BY "position"`,
    [projectId, number],
  );
  return rows.map((row) => ({ ...row, size: Number(row.size) }));
}

/** Bytes `from` to before `to`, a piece at a time. Throws when one is missing: a file that is short is never whole. */
export async function* readFileBytes(
  { projectId, number }: Place,
  name: string,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; ) {
    const n = Math.floor(at / CHUNK);
    const { rows } = await pool().query<{ bytes: Buffer }>({
      name: "release.chunk",
      text: `SELECT "bytes" FROM "ReleaseChunk" WHERE "projectId" = $1 AND "number" = $2 AND "name" = $3 AND "n" = $4`,
      values: [projectId, number, name, n],
    });
    const bytes = rows[0]?.bytes.subarray(at - n * CHUNK, to - n * CHUNK);
    if (!bytes || bytes.length === 0) throw new Error(`release ${number}: ${name} ends at ${at}`);
    yield bytes;
    at += bytes.length;
  }
}

/** Lines of JSON, one at a time. */
export async function* readJsonLines<T>(place: Place, file: Pick<StoredFile, "name" | "size">): AsyncGenerator<T> {
  let rest = Buffer.alloc(0);
  for await (const bytes of readFileBytes(place, file.name, 0, file.size)) {
    rest = rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([rest, bytes]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield JSON.parse(rest.subarray(0, end).toString("utf8"));
      rest = rest.subarray(end + 1);
    }
  }
}

export async function readWhole(place: Place, file: Pick<StoredFile, "name" | "size">): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const bytes of readFileBytes(place, file.name, 0, file.size)) parts.push(bytes);
  return Buffer.concat(parts).toString("utf8");
}
