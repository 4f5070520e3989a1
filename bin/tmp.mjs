/**
 * Where a run of ours and the tools in it put things aside: .cache/tmp, never the system's own folder. Import it before anything else asks
 * for a temporary folder; child processes inherit it.
 */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const home = fileURLToPath(new URL("../.cache/tmp", import.meta.url));
const isOurs = () => process.env.TMPDIR?.startsWith(home) ?? false;

/** One folder for all: what is kept there (tsx's cache) serves the next run too. */
export function shareTmp() {
  if (!isOurs()) enter(home);
}

/** A folder of this run alone, gone with the process; of runs that were killed, now. */
export function ownTmp() {
  if (isOurs()) return;
  mkdirSync(home, { recursive: true });
  for (const name of readdirSync(home)) {
    const pid = /^run-(\d+)$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(path.join(home, name), { recursive: true, force: true });
  }
  const own = path.join(home, `run-${process.pid}`);
  enter(own);
  process.on("exit", () => rmSync(own, { recursive: true, force: true, maxRetries: 3 }));
}

function enter(folder) {
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
