/**
 * Global set-up of the tests that need Postgres: one throw-away cluster a run, in a folder that carries the run's process id, so that runs
 * side by side do not meet; the schema is migrated once, into a template. Not durable (fsync off): it is deleted at the end.
 */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "../migrate";
import { findCluster, startCluster, stopCluster } from "../postgres/cluster";
import { isAlive } from "../postgres/postmaster";
import { TEMPLATE } from "./database";

const HOME = path.resolve(".cache/test-pg");

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  mkdirSync(HOME, { recursive: true });
  await clearDead();
  const dataDir = path.join(HOME, String(process.pid));
  const cluster = await startCluster(dataDir, { fsync: "off", full_page_writes: "off", max_connections: "300" });
  const admin = new pg.Client({ connectionString: cluster.url("postgres") });
  await admin.connect();
  await admin.query(`CREATE DATABASE "${TEMPLATE}"`);
  await admin.end();
  await migrate(cluster.url(TEMPLATE));
  project.provide("clusterUrl", cluster.url("postgres"));
  return async () => {
    await stopCluster(cluster);
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** What runs that were killed left: their folder names say whose they were. */
async function clearDead(): Promise<void> {
  for (const name of readdirSync(HOME)) {
    if (isAlive(Number(name))) continue;
    const left = await findCluster(path.join(HOME, name));
    if (left) await stopCluster(left);
    rmSync(path.join(HOME, name), { recursive: true, force: true });
  }
}

declare module "vitest" {
  interface ProvidedContext {
    clusterUrl: string;
  }
}
