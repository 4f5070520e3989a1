/** A Gloss of one's own, started as people start it: `npm start` on a free port with a data dir in .cache. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";

export type Gloss = {
  readonly url: string;
  /** The one-time link to make the first account, when there is no account yet. */
  readonly setupUrl: string | null;
  readonly dataDir: string;
  /** Of the process that serves; npm is above it. */
  readonly pid: number;
  /** What it printed so far. */
  output(): string;
  /** Sends the signal to npm, and ends with the exit code when all is over. Keeps the data dir. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** SIGKILL for Gloss itself: nothing is cleaned up. */
  kill(): Promise<void>;
};

const HOME = path.resolve(".cache/e2e");

export function makeDataDir(): string {
  mkdirSync(HOME, { recursive: true });
  return mkdtempSync(path.join(HOME, "data-"));
}

export const removeDataDir = (dataDir: string): void => rmSync(dataDir, { recursive: true, force: true });

export type StartFailed = { readonly code: number | null; readonly output: string };

/** Environment over the surroundings' own, from which what would point at another Gloss is taken out. */
export async function startGloss(options: {
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<Gloss | StartFailed> {
  const env: NodeJS.ProcessEnv = { ...process.env, PORT: "0" };
  for (const name of ELSEWHERE) delete env[name];
  Object.assign(env, options.env, { GLOSS_DATA_DIR: options.dataDir });
  const child = spawn("npm", ["start", "--silent"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const ended = new Promise<number | null>((done) => child.once("exit", done));
  const ready = new Promise<boolean>((done) => {
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      if (READY.test(output) && STARTED.test(output)) done(true);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    void ended.then(() => done(false));
  });
  if (!(await ready)) return { code: await ended, output };
  return running(child, options.dataDir, ended, () => output);
}

export const isRunning = (gloss: Gloss | StartFailed): gloss is Gloss => "url" in gloss;

const ELSEWHERE = ["DATABASE_URL", "NEXTAUTH_URL", "NEXTAUTH_SECRET", "NODE_ENV", "GLOSS_LOG"];
const READY = /^Gloss is ready at (\S+)$/m;
const STARTED = /"pid":(\d+)/;
const SETUP = /works once\): (\S+)$/m;

function running(child: ChildProcess, dataDir: string, ended: Promise<number | null>, output: () => string): Gloss {
  const pid = Number(STARTED.exec(output())?.[1] ?? child.pid);
  return {
    url: READY.exec(output())?.[1] ?? "",
    setupUrl: SETUP.exec(output())?.[1] ?? null,
    dataDir,
    pid,
    output,
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      return ended;
    },
    async kill() {
      process.kill(pid, "SIGKILL");
      await ended;
    },
  };
}
