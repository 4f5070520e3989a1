/**
 * Global set-up of the tests that need Postgres: one throw-away cluster a run, in a folder that carries the run's process id, so that runs
 * side by side do not meet. It is a copy of one that was made and migrated once for these migrations. Not durable (fsync off).
 */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate, readMigrations } from "../migrate";
import { type Cluster, findCluster, startCluster, stopCluster } from "../postgres/cluster";
import { freePort, readCredentials, writeCredentials } from "../postgres/credentials";
import { isAlive } from "../postgres/postmaster";
import { TEMPLATE } from "./database";

const HOME = path.resolve(".cache/test-pg");
const SETTINGS = { fsync: "off", full_page_writes: "off", max_connections: "300" };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  mkdirSync(HOME, { recursive: true });
  await clearDead();
  const made = await madeOnce();
  const dataDir = path.join(HOME, String(process.pid));
  cpSync(made, dataDir, { recursive: true });
  const credentials = readCredentials(dataDir);
  if (!credentials) throw new Error(`${made} is incomplete: delete it`);
  writeCredentials(dataDir, { ...credentials, port: await freePort() });
  const cluster = await startCluster(dataDir, SETTINGS);
  project.provide("clusterUrl", cluster.url("postgres"));
  return async () => {
    await stopCluster(cluster);
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** A stopped cluster with the migrated template in it. */
async function madeOnce(): Promise<string> {
  const hash = createHash("sha256");
  for (const { checksum } of readMigrations()) hash.update(checksum);
  const folder = path.join(HOME, `made-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  const cluster = await startCluster(partial, SETTINGS);
  try {
    await makeTemplate(cluster);
  } finally {
    await stopCluster(cluster);
  }
  try {
    renameSync(partial, folder);
  } catch (error) {
    // Another run was quicker.
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

async function makeTemplate(cluster: Cluster): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.url("postgres") });
  await client.connect();
  await client.query(`CREATE DATABASE "${TEMPLATE}"`);
  await client.end();
  await migrate(cluster.url(TEMPLATE));
}

/** What runs that were killed left: the number that ends a folder's name says whose it was. */
async function clearDead(): Promise<void> {
  for (const name of readdirSync(HOME)) {
    const pid = /^(?:made-\w+\.)?(\d+)$/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
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
