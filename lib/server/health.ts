/** Whether this Gloss can do its work: the database answers, its schema is this code's, and it keeps what it acknowledges. */
import pg from "pg";
import { ok, type Refusal, type Result, refuse } from "../result";
import { diskWarning } from "./disk";
import { checkDurability } from "./durability";
import { watchHeartbeat } from "./heartbeat";
import { log, whatFailed } from "./log";
import { type Migration, readMigrations, schemaState } from "./migrate";
import { isStopping } from "./shutdown";

let migrations: readonly Migration[] | null = null;

/**
 * Refuses with "unavailable" and the reason, for a load balancer and for whoever looks after the machine. It asks on a connection of its
 * own: a busy pool is no reason to be taken out of service, and a hung database is noticed within seconds.
 */
export async function ready(): Promise<Result<{ readonly status: "ready" }>> {
  if (isStopping()) return unready("Gloss is stopping.");
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL,
    application_name: "gloss health",
    connectionTimeoutMillis: 3_000,
    query_timeout: 3_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    migrations ??= readMigrations();
    const state = await schemaState(client, migrations);
    if (state.refusal) return unready(state.refusal);
    if (state.pending.length > 0)
      return unready(
        `The database's schema is at ${state.at ?? "nothing"}, this Gloss needs ${state.need}. Start it anew: npm start migrates.`,
      );
    const weak = await checkDurability(client);
    if (weak)
      return unready(`The database could lose acknowledged work: ${weak}. Writes are refused until that is mended.`);
    return ok({ status: "ready" });
  } catch (error) {
    log.warn({ err: whatFailed(error) }, "not ready");
    return unready("The database is away.");
  } finally {
    void client.end().catch(() => undefined);
  }
}

const unready = (reason: string): Refusal => refuse("unavailable", reason, [], 5);

const EVERY = 30_000; // ms

async function look(): Promise<void> {
  await ready();
  const full = await diskWarning();
  if (full) log.warn(full);
}

/** Looks now and then without being asked, so that weakened settings stop writes also where nobody probes. */
export async function watchHealth(): Promise<void> {
  await look();
  setInterval(() => void look(), EVERY).unref();
  void watchHeartbeat(isStopping);
}
