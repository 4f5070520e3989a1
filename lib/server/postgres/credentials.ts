/** `postgres.json` in the data dir: the port last used and the passwords, made at random with the cluster. Readable by its owner only. */
import { randomBytes } from "node:crypto";
import { chownSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";

export type Credentials = {
  readonly port: number;
  /** Of the superuser `postgres`: makes the role and the database, and nothing else. */
  readonly superuserPassword: string;
  /** Of the role `gloss`, which owns the database `gloss` and is no superuser, as on any managed Postgres. */
  readonly password: string;
};

const file = (dataDir: string) => path.join(dataDir, "postgres.json");

export function readCredentials(dataDir: string): Credentials | null {
  try {
    return JSON.parse(readFileSync(file(dataDir), "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Whole or not at all; owned by the data dir's owner, so that a start as root does not lock an ordinary user out. */
export function writeCredentials(dataDir: string, credentials: Credentials): void {
  const partial = `${file(dataDir)}.${process.pid}`;
  writeFileSync(partial, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  if (process.getuid?.() === 0) {
    const { uid, gid } = statSync(dataDir);
    chownSync(partial, uid, gid);
  }
  renameSync(partial, file(dataDir));
}

export const makeCredentials = async (): Promise<Credentials> => ({
  port: await freePort(),
  superuserPassword: randomBytes(24).toString("hex"),
  password: randomBytes(24).toString("hex"),
});

/** A free port of 127.0.0.1; `wanted` when that one is free. */
export async function freePort(wanted?: number): Promise<number> {
  if (wanted !== undefined && (await listens(wanted)) !== null) return wanted;
  const port = await listens(0);
  if (port === null) throw new Error("127.0.0.1 has no free port");
  return port;
}

const listens = (port: number): Promise<number | null> =>
  new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(null));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : null));
    });
  });
