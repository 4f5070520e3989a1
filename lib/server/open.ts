/** The database of a command that works without a server: DATABASE_URL's, or the data dir's, whether a Gloss runs on it or not. */
import pg from "pg";
import { closeDatabase } from "./db";
import { readPlace } from "./env";
import { migrate, readMigrations, schemaState } from "./migrate";
import { borrowCluster } from "./postgres/owner";
import { StartRefused } from "./postgres/refused";
import { awaitDatabase } from "./reach";

export type Opened = { readonly url: string; close(): Promise<void> };

/**
 * Sets DATABASE_URL for `db.ts`; `close` ends what was opened. `schema: "current"` (unless told) makes the schema of an empty database and
 * refuses an older one, which a start brings up to date; "any" leaves it as it is, for backup and restore. Throws StartRefused.
 */
export async function openDatabase(schema: "current" | "any" = "current"): Promise<Opened> {
  const { databaseUrl, dataDir } = readPlace(process.env);
  const cluster = databaseUrl === null ? await borrowCluster(dataDir) : null;
  const url = databaseUrl ?? cluster?.url ?? "";
  const close = async () => {
    await closeDatabase();
    await cluster?.stop();
  };
  try {
    await awaitDatabase(url, 10);
    if (schema === "current") await expectCurrent(url);
  } catch (error) {
    await close();
    throw error;
  }
  process.env.DATABASE_URL = url;
  return { url, close };
}

async function expectCurrent(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: "gloss command" });
  await client.connect();
  const state = await schemaState(client, readMigrations()).finally(() => client.end());
  if (state.refusal) throw new StartRefused(state.refusal);
  if (state.at === null) await migrate(url);
  else if (state.pending.length > 0)
    throw new StartRefused(
      `The database's schema is at ${state.at}, this Gloss needs ${state.need}. Start it once: npm start backs up and migrates.`,
    );
}
