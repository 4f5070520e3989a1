import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeDatabase, type TestDatabase, withDatabase } from "../testing/database";
import { connect, insertRows, type Rows, TEXT } from "../testing/rows";
import { verifyDatabase } from "../verify/verify";
import { TRAILER_BYTES } from "./file";
import { restoreBackup } from "./restore";
import { writeBackup } from "./write";

const folder = mkdtempSync(path.join(tmpdir(), "gloss-backup-"));
const file = path.join(folder, "a.gloss-backup");
let source: TestDatabase;
let rows: Rows;

beforeAll(async () => {
  source = await makeDatabase();
  await withClient(source.url, async (client) => {
    rows = await insertRows(client);
    // What COPY must carry unharmed: its own marks, backslashes, tabs, line breaks, an empty string beside a null.
    await client.query(`UPDATE "User" SET "name" = $1`, ["\\.\n\t\\N \\\\ \u00a0é\n\\.\n"]);
    await client.query(`UPDATE "Article" SET "outlet" = '', "author" = NULL`);
  });
  await writeBackup(source.url, file);
});
afterAll(async () => {
  await source.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function withClient<T>(
  url: string,
  work: (client: Awaited<ReturnType<typeof connect>>) => Promise<T>,
): Promise<T> {
  const client = await connect(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every table's rows as JSON, sorted: equal for equal databases. */
const everything = (url: string) =>
  withClient(url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations' ORDER BY 1`,
    );
    const all: Record<string, string[]> = {};
    for (const { name } of tables) {
      const { rows: found } = await client.query<{ row: string }>(
        `SELECT to_jsonb(t)::text AS row FROM "${name}" t ORDER BY 1`,
      );
      all[name] = found.map(({ row }) => row);
    }
    return all;
  });

const isEmpty = (url: string) =>
  withClient(url, async (client) => {
    const { rows: found } = await client.query<{ users: string }>(`SELECT count(*) AS users FROM "User"`);
    return found[0]?.users === "0";
  });

describe("a backup", () => {
  test("restores every row of every table, and the restored database verifies", () =>
    withDatabase(async (url) => {
      const summary = await restoreBackup(url, file);
      expect(await everything(url)).toEqual(await everything(source.url));
      expect(summary.rows).toMatchObject({ User: 1, Span: 2, AuditEntry: 9, AuditHead: 3 });
      expect(summary.verification).toMatchObject({ breached: 0, counts: { quotes: 5, auditEntries: 9, texts: 1 } });
    }));

  test("restores into a database that has no tables yet", () =>
    withDatabase(
      async (url) => {
        await restoreBackup(url, file);
        expect(await everything(url)).toEqual(await everything(source.url));
      },
      { empty: true },
    ));

  test("what comes after a restore goes on from there: numbers, chains, checks and triggers", () =>
    withDatabase(async (url) => {
      await restoreBackup(url, file);
      await withClient(url, async (client) => {
        await client.query(`INSERT INTO "AuditEntry" ("stream", "type", "data") VALUES ('instance', 'next', '{}')`);
        const next = await client.query(`SELECT "seq" FROM "AuditEntry" WHERE "type" = 'next'`);
        expect(next.rows).toEqual([{ seq: 4 }]);
        const article = `INSERT INTO "Article" ("id", "projectId", "textId", "textLength", "title", "duplicateKey")
          SELECT gen_random_uuid(), "projectId", "textId", "textLength", 'second', repeat('a', 64) FROM "Article" RETURNING "position"::int`;
        expect((await client.query(article)).rows).toEqual([{ position: 2 }]);
        await expect(client.query(`DELETE FROM "AuditEntry"`)).rejects.toMatchObject({ code: "GL001" });
        expect((await verifyDatabase(client)).breached).toBe(0);
      });
    }));

  test("holds one moment: what is written meanwhile is not half in it", async () => {
    await withDatabase(async (url) => {
      await restoreBackup(url, file);
      let stop = false;
      const writer = withClient(url, async (client) => {
        for (let n = 0; !stop; n++)
          await client.query(
            `INSERT INTO "AuditEntry" ("stream", "type", "data") VALUES ('instance', 'busy', jsonb_build_object('n', $1::int))`,
            [n],
          );
      });
      const busy = path.join(folder, "busy.gloss-backup");
      await writeBackup(url, busy);
      stop = true;
      await writer;
      await withDatabase(async (other) => {
        expect((await restoreBackup(other, busy)).verification.breached).toBe(0);
      });
    });
  });

  test("is readable for its owner only, overwrites nothing, and leaves nothing half written", async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(writeBackup(source.url, file)).rejects.toThrow(/is there already/);
    await expect(writeBackup(source.url, path.join(folder, "nowhere/b"))).rejects.toThrow(/ENOENT/);
    expect(readdirSync(folder).filter((name) => name.includes("partial"))).toEqual([]);
  });

  test("can be read without Gloss", () => {
    const bytes = readFileSync(file);
    const lines = gunzipSync(bytes.subarray(0, -TRAILER_BYTES)).toString("utf8").split("\n");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ "gloss-backup": 1 });
    expect(lines.find((line) => line.startsWith(rows.textId))).toContain(TEXT.split("\n")[0]);
  });
});

describe("a damaged file is refused, and nothing is changed", () => {
  const damaged = path.join(folder, "damaged.gloss-backup");
  const size = () => statSync(file).size;

  test.each([
    { where: "the gzip head's time, which nothing else looks at", at: () => 5 },
    { where: "the middle", at: () => Math.floor(size() / 2) },
    { where: "the last byte of the data", at: () => size() - TRAILER_BYTES - 1 },
    { where: "the checksum", at: () => size() - 10 },
    { where: "the checksum's name", at: () => size() - TRAILER_BYTES + 3 },
    { where: "the last byte", at: () => size() - 1 },
  ])("one flipped byte in $where", ({ at }) =>
    withDatabase(async (url) => {
      const bytes = readFileSync(file);
      bytes.writeUInt8(bytes.readUInt8(at()) ^ 1, at());
      writeFileSync(damaged, bytes);
      await expect(restoreBackup(url, damaged)).rejects.toMatchObject({ name: "NotABackup" });
      expect(await isEmpty(url)).toBe(true);
    }),
  );

  test.each([0, 10, 72, 73, 200])("cut down to %i bytes", (length) =>
    withDatabase(async (url) => {
      copyFileSync(file, damaged);
      truncateSync(damaged, length);
      await expect(restoreBackup(url, damaged)).rejects.toMatchObject({ name: "NotABackup" });
      expect(await isEmpty(url)).toBe(true);
    }),
  );
});

test("a database with people in it is not restored over", () =>
  withDatabase(async (url) => {
    await withClient(url, (client) =>
      client.query(`INSERT INTO "User" ("id", "email", "name") VALUES (gen_random_uuid(), 'a@b.example', 'A')`),
    );
    await expect(restoreBackup(url, file)).rejects.toThrow(/not empty/);
    expect(await isEmpty(url)).toBe(false);
  }));

test("what a first start left, a set-up link and its audit, is no obstacle and is gone afterwards", () =>
  withDatabase(async (url) => {
    await withClient(url, async (client) => {
      await client.query(
        `INSERT INTO "OneTimeLink" ("id", "secretHash", "kind", "expiresAt") VALUES (gen_random_uuid(), 'x', 'SETUP', now() + interval '1 day')`,
      );
      await client.query(`INSERT INTO "AuditEntry" ("stream", "type", "data") VALUES ('instance', 'link.made', '{}')`);
    });
    await restoreBackup(url, file);
    expect(await everything(url)).toEqual(await everything(source.url));
  }));

test("a backup of a newer Gloss is refused", () =>
  withDatabase(async (newer) => {
    await restoreBackup(newer, file);
    await withClient(newer, (client) =>
      client.query(
        `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '9999_future', now())`,
      ),
    );
    const future = path.join(folder, "future.gloss-backup");
    await writeBackup(newer, future);
    await withDatabase(async (url) => {
      await expect(restoreBackup(url, future)).rejects.toThrow(/made by another Gloss: its schema is at 9999_future/);
      expect(await isEmpty(url)).toBe(true);
    });
  }));
