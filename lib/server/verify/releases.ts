/** A release's files are what they were when it was made: every piece is hashed anew, a megabyte in memory at a time. */
import { createHash } from "node:crypto";
import type pg from "pg";

export async function checkReleaseFiles(
  client: pg.ClientBase,
): Promise<{ readonly checked: number; readonly broken: readonly string[] }> {
  const { rows: files } = await client.query<{
    projectId: string;
    number: number;
    name: string;
    size: string;
    sha256: string;
  }>(
    `SELECT f."projectId", f."number", f."name", f."size", f."sha256" FROM "ReleaseFile" f
       JOIN "Release" r ON r."projectId" = f."projectId" AND r."number" = f."number" AND r."state" = 'READY'
      ORDER BY f."projectId", f."number", f."position"`,
  );
  const broken: string[] = [];
  for (const { projectId, number, name, size, sha256 } of files) {
    const hash = createHash("sha256");
    let length = 0;
    for (let n = 0; ; n++) {
      const { rows } = await client.query<{ bytes: Buffer }>(
        `SELECT "bytes" FROM "ReleaseChunk" WHERE "projectId" = $1 AND "number" = $2 AND "name" = $3 AND "n" = $4`,
        [projectId, number, name, n],
      );
      if (!rows[0]) break;
      hash.update(rows[0].bytes);
      length += rows[0].bytes.length;
    }
    if (length !== Number(size) || hash.digest("hex") !== sha256) broken.push(`${projectId}/${number}/${name}`);
  }
  return { checked: files.length, broken };
}
