/**
 * The one connection by which this process hears that something happened in a project (LISTEN), whichever instance did it, and hands it to
 * those who look. What is sent is a project's id and nothing else: each looker reads for themselves what they may see.
 */
import pg from "pg";
import { Prisma } from "../../generated/prisma/client";
import { log, whatFailed } from "./log";
import { onShutdown } from "./shutdown";

const CHANNEL = "gloss_live";

/** Part of the transaction that did it: heard when that is committed. Equal words of one transaction are said once. */
export const tell = (projectId: string): Prisma.Sql => Prisma.sql`SELECT pg_notify(${CHANNEL}, ${projectId})`;

type Hear = () => void;
type Hub = { readonly hears: Map<string, Set<Hear>>; client: pg.Client | null; opening: boolean; ended: boolean };

const shared = globalThis as typeof globalThis & { glossLive?: Hub };

/** Next bundles copies of this module; the connection is the process's. */
function hub(): Hub {
  if (!shared.glossLive) {
    const made: Hub = { hears: new Map(), client: null, opening: false, ended: false };
    shared.glossLive = made;
    onShutdown(async () => {
      made.ended = true;
      await made.client?.end().catch(() => undefined);
    });
  }
  return shared.glossLive;
}

/** Milliseconds; what is missed meanwhile is found by the lookers' own looking every few seconds. */
const AGAIN = 3_000;

/** `hear` is called after each thing that happens in the project, until what is answered is called. */
export function listen(projectId: string, hear: Hear): () => void {
  const { hears } = hub();
  const own = hears.get(projectId) ?? new Set();
  hears.set(projectId, own.add(hear));
  void open();
  return () => {
    own.delete(hear);
    if (own.size === 0) hears.delete(projectId);
    if (hears.size === 0) void close();
  };
}

async function open(): Promise<void> {
  const live = hub();
  if (live.client || live.opening || live.ended) return;
  live.opening = true;
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL,
    connectionTimeoutMillis: 4_000,
    keepAlive: true,
    application_name: "gloss live",
  });
  const lost = () => {
    if (live.client === client) live.client = null;
    if (live.hears.size > 0 && !live.ended) setTimeout(() => void open(), AGAIN).unref();
  };
  client.on("error", () => undefined); // the end follows
  client.on("end", lost);
  client.on("notification", ({ payload }) => {
    for (const hear of live.hears.get(payload ?? "") ?? []) hear();
  });
  try {
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
    live.client = client;
  } catch (error) {
    log.warn({ err: whatFailed(error) }, "nobody hears at once what others decide; they look every few seconds");
    await client.end().catch(() => undefined);
  }
  live.opening = false;
  if (live.ended || live.hears.size === 0) void close();
}

async function close(): Promise<void> {
  const live = hub();
  const { client } = live;
  live.client = null;
  await client?.end().catch(() => undefined);
}
