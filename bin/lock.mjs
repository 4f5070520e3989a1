/** One at a time across processes: a file that holds its holder's process id. A holder that died does not hold it any more. */
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export async function withLock(file, work) {
  let told = false;
  while (!take(file)) {
    if (!told) console.error("Another start is preparing Gloss here; waiting for it …");
    told = true;
    await pause(500);
  }
  const release = () => rmSync(file, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.removeListener("exit", release);
    release();
  }
}

function take(file) {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, file); // a lock is never there without its holder's number in it
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  } finally {
    rmSync(mine, { force: true });
  }
  if (!isAlive(Number(readIfThere(file)))) rmSync(file, { force: true });
  return false;
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
