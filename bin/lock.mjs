/** One at a time across processes: a file that holds its holder's process id. A holder that died does not hold it any more. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";

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
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  const holder = Number(readIfThere(file));
  if (holder > 0 && !isAlive(holder)) rmSync(file, { force: true });
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
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
