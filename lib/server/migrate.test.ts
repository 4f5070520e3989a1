import pg from "pg";
import { describe, expect, test } from "vitest";
import { compare, migrate, readMigrations, schemaState } from "./migrate";
import { withDatabase } from "./testing/database";

const migration = (name: string, sql = "SELECT 1", checksum = `sum of ${name}`) => ({ name, sql, checksum });
const applied = (name: string, over: { checksum?: string; finished?: boolean } = {}) => ({
  name,
  checksum: `sum of ${name}`,
  finished: true,
  ...over,
});

describe("compare", () => {
  const ours = [migration("0001_a"), migration("0002_b")];

  test.each([
    { case: "an empty database needs everything", have: [], pending: ["0001_a", "0002_b"], refusal: null },
    { case: "an older one needs the rest", have: [applied("0001_a")], pending: ["0002_b"], refusal: null },
    { case: "an equal one needs nothing", have: [applied("0001_a"), applied("0002_b")], pending: [], refusal: null },
    {
      case: "a newer one is refused, naming both",
      have: [applied("0001_a"), applied("0002_b"), applied("0003_c")],
      pending: [],
      refusal: /newer than this Gloss: its schema is at 0003_c, this Gloss knows 0002_b/,
    },
    {
      case: "another's unfinished migration is refused",
      have: [applied("0001_a", { finished: false })],
      pending: ["0002_b"],
      refusal: /0001_a was begun .* resolve --rolled-back 0001_a/,
    },
    {
      case: "a migration that is not the same is refused",
      have: [applied("0001_a", { checksum: "other" })],
      pending: ["0002_b"],
      refusal: /0001_a is not the one/,
    },
  ])("$case", ({ have, pending, refusal }) => {
    const state = compare(have, ours);
    expect(state.pending.map(({ name }) => name)).toEqual(pending);
    if (refusal) expect(state.refusal).toMatch(refusal);
    else expect(state.refusal).toBeNull();
  });
});

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

const stateOf = async (url: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await schemaState(client, readMigrations());
  } finally {
    await client.end();
  }
};

describe("migrate", () => {
  test("brings an empty database up to the code, and does nothing the second time", () =>
    withDatabase(
      async (url) => {
        const first = await migrate(url);
        expect(first.applied).toEqual(readMigrations().map(({ name }) => name));
        expect((await migrate(url)).applied).toEqual([]);
        expect(await stateOf(url)).toMatchObject({ pending: [], refusal: null });
      },
      { empty: true },
    ));

  test("three starts at once: one migrates, the others wait for it", () =>
    withDatabase(
      async (url) => {
        const done = await Promise.all([migrate(url), migrate(url), migrate(url)]);
        expect(done.map(({ applied: names }) => names.length).sort()).toEqual([0, 0, readMigrations().length]);
      },
      { empty: true },
    ));

  test("a migration that fails in the middle leaves nothing of itself, and the one before it stands", () =>
    withDatabase(
      async (url) => {
        const migrations = [
          migration("0001_a", "CREATE TABLE a (id int); INSERT INTO a VALUES (1);"),
          migration("0002_b", "CREATE TABLE b (id int); UPDATE a SET id = 2; SELECT 1 / 0;"),
        ];
        await expect(migrate(url, { migrations })).rejects.toThrow(
          /0002_b failed and was rolled back.*division by zero/,
        );
        expect(await query(url, "SELECT id FROM a")).toEqual([{ id: 1 }]);
        expect(await query(url, `SELECT to_regclass('b') AS b`)).toEqual([{ b: null }]);
        expect(await query(url, `SELECT migration_name AS name FROM "_prisma_migrations"`)).toEqual([
          { name: "0001_a" },
        ]);
        const mended = [migrations[0] ?? migration(""), migration("0002_b", "CREATE TABLE b (id int)")];
        expect((await migrate(url, { migrations: mended })).applied).toEqual(["0002_b"]);
      },
      { empty: true },
    ));

  test("backs up once before it touches a database with data, and not at all when the backup fails", () =>
    withDatabase(
      async (url) => {
        const first = [migration("0001_a", "CREATE TABLE a (id int)")];
        const more = [
          ...first,
          migration("0002_b", "CREATE TABLE b (id int)"),
          migration("0003_c", "CREATE TABLE c (id int)"),
        ];
        const backups: (string | null)[] = [];
        const backup = async ({ at }: { at: string | null }) => void backups.push(at);
        await migrate(url, { migrations: first, backup });
        expect(backups).toEqual([]);
        const full = async () => Promise.reject(new Error("no space left"));
        await expect(migrate(url, { migrations: more, backup: full })).rejects.toThrow("no space left");
        expect(await query(url, `SELECT to_regclass('b') AS b`)).toEqual([{ b: null }]);
        await migrate(url, { migrations: more, backup });
        expect(backups).toEqual(["0001_a"]);
      },
      { empty: true },
    ));

  test("a database that is newer than the code is refused before anything is written", () =>
    withDatabase(async (url) => {
      await query(
        url,
        `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '9999_future', now())`,
      );
      await expect(migrate(url)).rejects.toThrow(/newer than this Gloss: its schema is at 9999_future/);
    }));
});
