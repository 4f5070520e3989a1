/**
 * `npm run bench -- start [--rounds 5] [--cold 1]`: how long until "Gloss is ready". Cold: a clone of this repository's last commit, packages
 * by npm ci out of npm's own cache, generated client, production build, empty data dir. Warm: the same folder and data dir again; nothing
 * may be made. Then the steps of a warm start one by one.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { option } from "./support/database";

const root = path.resolve(import.meta.dirname, "..");
const seconds = (ms: number) => (ms / 1000).toFixed(1);
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

type Started = { readonly ms: number; readonly made: readonly string[]; readonly child: ChildProcess };

const inHome = (folder: string, home: string, args: readonly string[]) =>
  spawn(process.execPath, [...args], {
    cwd: folder,
    env: {
      ...process.env,
      PORT: "0",
      GLOSS_DATA_DIR: home,
      DATABASE_URL: "",
      npm_config_prefer_offline: "true",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });

/** `made`: the steps that said how long they took. */
function started(folder: string, home: string): Promise<Started> {
  const start = performance.now();
  const child = inHome(folder, home, ["bin/start.mjs"]);
  const made: string[] = [];
  let said = "";
  return new Promise((done, fail) => {
    const hear = (chunk: Buffer) => {
      const text = chunk.toString();
      said += text;
      made.push(...(text.match(/^.+ … done in \d+ s$/gm) ?? []));
      if (text.includes("Gloss is ready at")) done({ ms: performance.now() - start, made, child });
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => fail(new Error(`the start ended with ${code}\n${said}`)));
  });
}

async function stopped({ child }: Started): Promise<number> {
  const start = performance.now();
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  await ended;
  return performance.now() - start;
}

const steps = (folder: string, home: string) =>
  new Promise<Record<string, number>>((done, fail) => {
    const child = inHome(folder, home, [path.join(root, "bench/support/warm-steps.mjs"), folder]);
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk;
    });
    child.stderr?.resume();
    child.once("exit", (code) => (code === 0 ? done(JSON.parse(said.trim().split("\n").at(-1) ?? "{}")) : fail(said)));
  });

const place = mkdtempSync(path.join(tmpdir(), "gloss-bench-start-"));
const cold = option("cold", 1) > 0;
const folder = cold ? path.join(place, "clone") : root;
const home = path.join(place, "data");
try {
  if (cold) {
    spawnSync("git", ["clone", "-q", root, folder], { stdio: "inherit" });
    const first = await started(folder, home);
    console.log(`\nCold start: ${seconds(first.ms)} s (load ${loadavg()[0]?.toFixed(1)})`);
    for (const line of first.made) console.log(`- ${line}`);
    await stopped(first);
  } else await stopped(await started(folder, home));

  const times: number[] = [];
  const ends: number[] = [];
  for (let n = 0; n < option("rounds", 5); n++) {
    const again = await started(folder, home);
    if (again.made.length > 0) throw new Error(`a warm start made something: ${again.made.join(", ")}`);
    times.push(again.ms);
    ends.push(await stopped(again));
  }
  console.log(
    `\nWarm start: ${seconds(median(times))} s, ${seconds(Math.min(...times))} to ${seconds(Math.max(...times))}; stop ${seconds(median(ends))} s (load ${loadavg()[0]?.toFixed(1)})\n`,
  );
  const taken: Record<string, number>[] = [];
  for (let n = 0; n < option("rounds", 5); n++) taken.push(await steps(folder, home));
  console.log("| step of a warm start | ms, median |\n|---|---|");
  for (const name of Object.keys(taken[0] ?? {}))
    console.log(`| ${name} | ${Math.round(median(taken.map((one) => one[name] ?? 0)))} |`);
} finally {
  rmSync(place, { recursive: true, force: true });
}
