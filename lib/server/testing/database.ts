/** A migrated database for each test file, and more of them on demand. */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

export const TEMPLATE = "gloss_template";

export type TestDatabase = { readonly url: string; readonly name: string; drop(): Promise<void> };

const urlOf = (database: string): string => {
  const url = new URL(inject("clusterUrl"));
  url.pathname = `/${database}`;
  return url.href;
};

async function admin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf("postgres") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A database with the whole schema and no data; `{ empty: true }`: without the schema too. Drop it when done. */
export async function makeDatabase(options: { readonly empty?: boolean } = {}): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await admin(`CREATE DATABASE "${name}" ${options.empty ? "" : `TEMPLATE "${TEMPLATE}"`}`);
  return { name, url: urlOf(name), drop: () => admin(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) };
}

/** Runs `work` on a database of its own, dropped afterwards. */
export async function withDatabase<T>(
  work: (url: string) => Promise<T>,
  options?: { readonly empty?: boolean },
): Promise<T> {
  const database = await makeDatabase(options);
  try {
    return await work(database.url);
  } finally {
    await database.drop();
  }
}
