/**
 * Notices a database that hangs: it takes connections and answers nothing. Nobody is told by it, so whoever waits would wait for the query's
 * own time limit, which long work needs to be long. Two heartbeats missed, and every connection is ended.
 */
import pg from "pg";
import { dropConnections } from "./db";
import { log } from "./log";

const BEAT = 1_500; // ms between heartbeats
const PATIENCE = 3_000; // ms for one

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms).unref());

/** Beats until `until` says so. `hung` is called when the second heartbeat in a row is missed. */
export async function watchHeartbeat(until: () => boolean, hung: () => void = dropConnections): Promise<void> {
  let client: pg.Client | null = null;
  let missed = 0;
  while (!until()) {
    try {
      client ??= await connect();
      await client.query("SELECT 1");
      missed = 0;
      await pause(BEAT);
    } catch (error) {
      client?.end().catch(() => undefined);
      client = null;
      const slow = /timeout/i.test(String(error));
      missed = slow ? missed + 1 : 0;
      if (missed === 2) {
        log.warn("the database hangs; its connections are ended");
        hung();
      }
      // One that refuses connections has told everybody already.
      if (!slow) await pause(BEAT);
    }
  }
  await client?.end().catch(() => undefined);
}

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL,
    application_name: "gloss heartbeat",
    connectionTimeoutMillis: PATIENCE,
    query_timeout: PATIENCE,
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
