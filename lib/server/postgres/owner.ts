/**
 * A running Gloss owns its data dir's cluster: it holds one advisory lock for as long as it lives. The lock ends with the process, however
 * that ends, so there is nothing stale to clean up. When Postgres itself goes away it is started again, on the same port.
 */
import pg from "pg";
import { log, whatFailed } from "../log";
import { type Cluster, findCluster, startCluster, stopCluster } from "./cluster";
import { StartRefused } from "./refused";

/** Held by a running Gloss on the database `gloss`. */
const OWNER_LOCK = 4_705_655;

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

export type OwnedCluster = { readonly url: string; readonly adopted: boolean; stop(): Promise<void> };

/** Starts or adopts the cluster. Throws StartRefused when another Gloss runs on this data dir. */
export async function ownCluster(dataDir: string): Promise<OwnedCluster> {
  let cluster = await startCluster(dataDir);
  let holder: pg.Client | null = null;
  let stopping = false;
  let recovering = Promise.resolve();

  /** False: another process holds the lock. */
  async function take(): Promise<boolean> {
    const client = await lockOf(cluster);
    if (!client) return false;
    client.once("end", () => {
      recovering = recover();
    });
    holder = client;
    return true;
  }

  async function recover(): Promise<void> {
    holder = null;
    for (let wait = 200; !stopping; wait = Math.min(wait * 2, 5_000)) {
      try {
        cluster = await startCluster(dataDir, {}, { port: cluster.port });
        if (await take()) return log.warn({ adopted: cluster.adopted }, "the database was away and is back");
      } catch (error) {
        log.warn({ err: whatFailed(error) }, "the database is away");
      }
      await pause(wait);
    }
  }

  if (!(await take()))
    throw new StartRefused(
      `Another Gloss is running on the data dir ${dataDir}. Stop it first, or set GLOSS_DATA_DIR.`,
    );
  return {
    url: cluster.url(),
    adopted: cluster.adopted,
    async stop() {
      stopping = true;
      await holder?.end().catch(() => undefined);
      await recovering;
      await stopCluster((await findCluster(dataDir)) ?? cluster);
    },
  };
}

/** A connection that holds the lock, or null when somebody else does. */
async function lockOf(cluster: Cluster): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: cluster.url(), application_name: "gloss owner", keepAlive: true });
  client.on("error", () => undefined);
  await client.connect();
  const taken = await client.query<{ got: boolean }>("SELECT pg_try_advisory_lock($1) AS got", [OWNER_LOCK]);
  if (taken.rows[0]?.got) return client;
  await client.end();
  return null;
}

/** For commands: the cluster of a running Gloss, or one that is started for as long as the command takes. */
export async function borrowCluster(dataDir: string): Promise<OwnedCluster> {
  const cluster = await startCluster(dataDir);
  return {
    url: cluster.url(),
    adopted: cluster.adopted,
    async stop() {
      if (cluster.adopted) return;
      // A Gloss that was started meanwhile holds the lock and goes on with this cluster.
      const lock = await lockOf(cluster);
      if (lock) await stopCluster(cluster);
      await lock?.end().catch(() => undefined);
    },
  };
}
