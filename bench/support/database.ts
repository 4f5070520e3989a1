/** A throw-away Postgres with the schema, durable as in production, and numbers from several rounds set side by side. */
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import pg from "pg";
import { closeDatabase } from "../../lib/server/db";
import { migrate } from "../../lib/server/migrate";
import { startCluster, stopCluster } from "../../lib/server/postgres/cluster";
import { secondsOfTree } from "./processor";

let postmaster = 0;

/** Processor seconds that the throw-away Postgres has used so far. */
export const databaseSeconds = (): number => secondsOfTree(postmaster);

/** Sets DATABASE_URL for lib/server while `work` runs. */
export async function withGround(work: (url: string) => Promise<void>): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), "gloss-bench-"));
  const cluster = await startCluster(home, {});
  postmaster = cluster.pid;
  try {
    const admin = new pg.Client({ connectionString: cluster.url("postgres") });
    await admin.connect();
    await admin.query("CREATE DATABASE bench");
    await admin.end();
    const url = cluster.url("bench");
    await migrate(url);
    process.env.DATABASE_URL = url;
    await work(url);
  } finally {
    await closeDatabase();
    await stopCluster(cluster);
    rmSync(home, { recursive: true, force: true });
  }
}

/** A connection of the bench's own. When a bench fails its Postgres ends first; what is shown then is why it failed, not that. */
export function clientOf(url: string): pg.Client {
  return new pg.Client({ connectionString: url }).on("error", () => undefined);
}

/** `--name value` of the command line. */
export function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

export type Measured = {
  readonly name: string;
  readonly perSecond: readonly number[];
  /** Processor seconds of the process that was measured and of Postgres, all rounds together. */
  readonly processor: number;
  readonly database: number;
  /** How many rows or requests all rounds together. */
  readonly done: number;
};

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Rounds go through all of the ways in turn, so that a noisy minute hits each alike. */
export async function rounds(
  count: number,
  ways: readonly { readonly name: string; readonly run: () => Promise<number> }[],
): Promise<readonly Measured[]> {
  const results = ways.map(({ name, run }) => ({
    ...{ name, run, perSecond: [] as number[] },
    ...{ processor: 0, database: 0, done: 0 },
  }));
  for (let round = 0; round < count; round++)
    for (const way of results) {
      const start = performance.now();
      const used = process.cpuUsage();
      const there = databaseSeconds();
      const rows = await way.run();
      way.perSecond.push((rows * 1000) / (performance.now() - start));
      const { user, system } = process.cpuUsage(used);
      way.processor += (user + system) / 1e6;
      // A connection that was closed counts when its process has ended and been waited for.
      await new Promise((done) => setTimeout(done, 500));
      way.database += databaseSeconds() - there;
      way.done += rows;
    }
  return results;
}

/** Against the first: by the clock, and by processor time, which other work on the machine changes less. */
export function table(title: string, measured: readonly Measured[]): void {
  const cost = (one: Measured | undefined) => (one ? (one.processor + one.database) / one.done : 0);
  const base = median(measured[0]?.perSecond ?? []);
  const [load] = loadavg();
  console.log(`\n${title} (load ${load?.toFixed(1)})\n`);
  console.log("| way | median a second | least | most | ratio | µs of processor each: here | Postgres | ratio |");
  console.log("|---|---|---|---|---|---|---|---|");
  for (const one of measured) {
    const n = (value: number) => Math.round(value).toLocaleString("en");
    const each = (seconds: number) => Math.round((seconds * 1e6) / one.done).toLocaleString("en");
    const { name, perSecond } = one;
    const speed = [median(perSecond), Math.min(...perSecond), Math.max(...perSecond)].map(n);
    const ratios = { clock: median(perSecond) / base, cost: cost(measured[0]) / cost(one) };
    const cells = [name, ...speed, ratios.clock.toFixed(2), each(one.processor), each(one.database)];
    console.log(`| ${[...cells, ratios.cost.toFixed(2)].join(" | ")} |`);
  }
}

/** Collects garbage, which a program may only when it is told that it may. */
function collect(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

export type Peak = { readonly live: number; readonly resident: number };

/** The most that `work` holds above what was held before it, in MB: on the heap and in buffers; and of resident memory. */
export async function peakOf(work: () => Promise<unknown>): Promise<Peak> {
  const held = () => {
    const { heapUsed, external, rss } = process.memoryUsage();
    return { live: heapUsed + external, resident: rss };
  };
  collect();
  const before = held();
  const most = { ...before };
  const timer = setInterval(() => {
    const now = held();
    most.live = Math.max(most.live, now.live);
    most.resident = Math.max(most.resident, now.resident);
  }, 10);
  await work();
  clearInterval(timer);
  const mb = (bytes: number) => Math.round(bytes / 1024 / 1024);
  return { live: mb(most.live - before.live), resident: mb(most.resident - before.resident) };
}

export const peakInWords = ({ live, resident }: Peak): string =>
  `at most ${live} MB more on the heap and in buffers, ${resident} MB more resident`;
