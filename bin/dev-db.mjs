/**
 * A Postgres to try things on: prints the DATABASE_URL of a migrated database in .cache/dev-pg, which goes on running.
 * `node bin/dev-db.mjs stop` ends it; `node bin/dev-db.mjs reset` ends it and deletes its data.
 */
import { rmSync } from "node:fs";
import "./tsx.mjs";

const { findCluster, startCluster, stopCluster } = await import("../lib/server/postgres/cluster.ts");
const { migrate } = await import("../lib/server/migrate.ts");

const home = new URL("../.cache/dev-pg", import.meta.url).pathname;
const command = process.argv[2];
if (command === "stop" || command === "reset") {
  const running = await findCluster(home);
  if (running) await stopCluster(running);
  if (command === "reset") rmSync(home, { recursive: true, force: true });
} else {
  const cluster = await startCluster(home);
  await migrate(cluster.url());
  console.log(cluster.url());
}
