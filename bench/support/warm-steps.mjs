/** `node warm-steps.mjs FOLDER`: the steps of a warm start of the Gloss in FOLDER (bin/serve.mjs, lib/server/start.ts), each timed. Prints JSON. */
import path from "node:path";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const from = (file) => import(pathToFileURL(path.join(folder, file)).href);
process.chdir(folder);
process.env.NODE_ENV = "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";
process.env.NEXTAUTH_SECRET ??= "bench bench bench 0123456789";

const taken = {};
const timed = async (name, work) => {
  const start = performance.now();
  const value = await work();
  taken[name] = performance.now() - start;
  return value;
};

taken["Node itself"] = performance.now(); // since the process began
const { preparePackages, prepareBuild } = await from("bin/prepare.mjs");
await timed("are the packages and the client there", preparePackages);
await timed("tsx", () => from("bin/tsx.mjs"));
await timed("loading the start's code, Next and Prisma in it", () => from("lib/server/start.ts"));
const { ownCluster } = await from("lib/server/postgres/owner.ts");
const cluster = await timed("Postgres", () => ownCluster(process.env.GLOSS_DATA_DIR));
await timed("is the build there", prepareBuild);
process.env.DATABASE_URL = cluster.url;
const { migrate } = await from("lib/server/migrate.ts");
await timed("are migrations pending", () => migrate(cluster.url, {}));
const { prepareInstance } = await from("lib/server/setup.ts");
const { closeDatabase } = await from("lib/server/db.ts");
await timed("the first account and the sample", async () => {
  await prepareInstance({ admin: null, sample: false });
  await closeDatabase();
});
const { listen } = await from("lib/server/serve.ts");
await timed("Next", async () => {
  const server = await listen("127.0.0.1", 0);
  await server.serve({ dev: false, dir: folder, host: "127.0.0.1" });
});
console.log(JSON.stringify(taken));
await cluster.stop();
process.exit(0);
