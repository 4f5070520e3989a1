import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(path.join(tmpdir(), "gloss-lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process that takes the lock, notes that it came and went, and ends as `ending` says. */
function holder(lock: string, notes: string, ending = ""): Promise<number | null> {
  const code = `
    import { appendFileSync } from "node:fs";
    import { withLock } from ${JSON.stringify(path.resolve("bin/lock.mjs"))};
    await withLock(${JSON.stringify(lock)}, async () => {
      appendFileSync(${JSON.stringify(notes)}, "in ");
      await new Promise((done) => setTimeout(done, 50));
      ${ending}
      appendFileSync(${JSON.stringify(notes)}, "out ");
    });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: "ignore" });
  return new Promise((done) => child.once("exit", done));
}

test("one at a time, each in the end, and the lock is gone", async () => {
  const lock = path.join(folder, "a.lock");
  const notes = path.join(folder, "a.notes");
  expect(await Promise.all([holder(lock, notes), holder(lock, notes), holder(lock, notes)])).toEqual([0, 0, 0]);
  expect(readFileSync(notes, "utf8")).toBe("in out in out in out ");
  expect(existsSync(lock)).toBe(false);
});

test("a holder that was killed, or that failed, holds it no more", async () => {
  const lock = path.join(folder, "b.lock");
  const notes = path.join(folder, "b.notes");
  await holder(lock, notes, "process.kill(process.pid, 'SIGKILL');");
  expect(existsSync(lock)).toBe(true);
  expect(await holder(lock, notes, "throw new Error('failed');")).toBe(1);
  expect(existsSync(lock)).toBe(false);
  expect(await holder(lock, notes)).toBe(0);
  expect(readFileSync(notes, "utf8")).toBe("in in in out ");
});

test("a lock file without a holder is nobody's", async () => {
  const lock = path.join(folder, "c.lock");
  writeFileSync(lock, "");
  expect(await holder(lock, path.join(folder, "c.notes"))).toBe(0);
});
