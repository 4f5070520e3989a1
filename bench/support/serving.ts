/** A production build served by a process of its own, ready and quiet, and what that process holds. */
import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { secondsOf } from "./processor";

export type Served = { readonly port: number; readonly child: ChildProcess };

export async function serve(dir: string, url: string): Promise<Served> {
  const file = path.resolve("bench/support/next-server.ts");
  const env = { ...process.env, DATABASE_URL: url, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const child = fork(file, [dir, "0"], { execArgv: ["--import", "tsx"], env });
  const port = await new Promise<number>((done, fail) => {
    child.once("message", (message: { port: number }) => done(message.port));
    child.once("exit", (code) => fail(new Error(`the server of ${dir} ended with ${code}`)));
  });
  await quiet(child.pid ?? 0);
  return { port, child };
}

/** Next loads every page of an app ahead, after it has said that it is ready. */
async function quiet(pid: number): Promise<void> {
  for (let last = -1, now = secondsOf(pid), until = Date.now() + 60_000; now - last > 0.05 && Date.now() < until; ) {
    await new Promise((done) => setTimeout(done, 1_000));
    [last, now] = [now, secondsOf(pid)];
  }
}

/** MB of resident memory, from Linux's /proc. */
export const residentOf = (pid: number): number => {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Math.round(Number(found?.[1] ?? 0) / 1024);
};
