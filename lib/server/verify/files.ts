/** Stored files are what they were: every piece is hashed anew, a megabyte in memory at a time. */
import { createHash } from "node:crypto";
import type pg from "pg";

type Checked = { readonly checked: number; readonly broken: readonly string[] };
type File = { readonly id: string; readonly of: readonly unknown[]; readonly size: string; readonly sha256: string };

export const checkReleaseFiles = (client: pg.ClientBase): Promise<Checked> =>
  checkFiles(
    client,
    `SELECT concat_ws('/', f."projectId", f."number", f."name") AS "id", json_build_array(f."projectId", f."number", f."name") AS "of",
            f."size", f."sha256" FROM "ReleaseFile" f
       JOIN "Release" r ON r."projectId" = f."projectId" AND r."number" = f."number" AND r."state" = 'READY'
      ORDER BY f."projectId", f."number", f."position"`,
    `SELECT "bytes" FROM "ReleaseChunk" WHERE "projectId" = $2 AND "number" = $3 AND "name" = $4 AND "n" = $1`,
  );

export const checkOriginals = (client: pg.ClientBase): Promise<Checked> =>
  checkFiles(
    client,
    `SELECT "textId" AS "id", json_build_array("textId") AS "of", "size", "sha256" FROM "Original" ORDER BY "textId"`,
    `SELECT "bytes" FROM "OriginalChunk" WHERE "textId" = $2 AND "n" = $1`,
  );

/** `piece`: one of them, by its number and what `files` says it is `of`. */
async function checkFiles(client: pg.ClientBase, files: string, piece: string): Promise<Checked> {
  const { rows } = await client.query<File>(files);
  const broken: string[] = [];
  for (const { id, of, size, sha256 } of rows) {
    const hash = createHash("sha256");
    let length = 0;
    for (let n = 0; ; n++) {
      const { rows } = await client.query<{ bytes: Buffer }>(piece, [n, ...of]);
      if (!rows[0]) break;
      hash.update(rows[0].bytes);
      length += rows[0].bytes.length;
    }
    if (length !== Number(size) || hash.digest("hex") !== sha256) broken.push(id);
  }
  return { checked: rows.length, broken };
}
