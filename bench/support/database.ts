/** A throw-away Postgres with the schema, durable as in production, and numbers from several rounds set side by side. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { closeDatabase } from "../../lib/server/db";
import { migrate } from "../../lib/server/migrate";
import { startCluster, stopCluster } from "../../lib/server/postgres/cluster";

/** Sets DATABASE_URL for lib/server while `work` runs. */
export async function withGround(work: (url: string) => Promise<void>): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), "gloss-bench-"));
  const cluster = await startCluster(home, {});
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

/** `--name value` of the command line. */
export function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

export type Measured = {
  readonly name: string;
  readonly perSecond: readonly number[];
  /** Processor seconds of this process, all rounds together. */
  readonly processor: number;
};

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Rounds go through all of the ways in turn, so that a noisy minute hits each alike. */
export async function rounds(
  count: number,
  ways: readonly { readonly name: string; readonly run: () => Promise<number> }[],
): Promise<readonly Measured[]> {
  const results = ways.map(({ name, run }) => ({ name, run, perSecond: [] as number[], processor: 0 }));
  for (let round = 0; round < count; round++)
    for (const way of results) {
      const start = performance.now();
      const used = process.cpuUsage();
      const rows = await way.run();
      way.perSecond.push((rows * 1000) / (performance.now() - start));
      const { user, system } = process.cpuUsage(used);
      way.processor += (user + system) / 1e6;
    }
  return results;
}

/** Against the first. */
export function table(title: string, measured: readonly Measured[]): void {
  const base = median(measured[0]?.perSecond ?? []);
  console.log(`\n${title}\n`);
  console.log("| way | median a second | least | most | ratio | processor s a round, this process |");
  console.log("|---|---|---|---|---|---|");
  for (const { name, perSecond, processor } of measured) {
    const n = (value: number) => Math.round(value).toLocaleString("en");
    console.log(
      `| ${name} | ${n(median(perSecond))} | ${n(Math.min(...perSecond))} | ${n(Math.max(...perSecond))} | ${(median(perSecond) / base).toFixed(2)} | ${(processor / perSecond.length).toFixed(2)} |`,
    );
  }
}

/** The largest resident size while `work` runs, above that before it, in MB. */
export async function peakOf(work: () => Promise<unknown>): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  await work();
  clearInterval(timer);
  return Math.round((most - before) / 1024 / 1024);
}
