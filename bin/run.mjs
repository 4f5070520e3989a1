/** Child processes of the launchers: none outlives its launcher, and what they say is shown when they fail. */
import { spawn } from "node:child_process";

const running = new Set();

/** Ends the children when this process is told to end; the launcher's own handlers do the rest. */
export function stopChildren(signal = "SIGTERM") {
  for (const child of running) child.kill(signal);
}

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => leave(signal));

let takenOver = false;

/** From here on the caller answers signals itself (and calls stopChildren). */
export function takeOverSignals() {
  takenOver = true;
}

function leave(signal) {
  if (takenOver) return;
  stopChildren(signal);
  process.exit(signal === "SIGINT" ? 130 : 143);
}

/**
 * Runs a program to its end. `quiet`: its output is kept back and shown only when it fails. Throws ChildFailed when it does not exit 0.
 */
export function run(file, first, rest, { quiet = false, ...options } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(file, [...first, ...rest], {
      ...options,
      stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
    });
    running.add(child);
    const said = [];
    child.stdout?.on("data", (chunk) => said.push(chunk));
    child.stderr?.on("data", (chunk) => said.push(chunk));
    child.once("error", fail);
    child.once("close", (code, signal) => {
      running.delete(child);
      if (code === 0) done(Buffer.concat(said).toString());
      else fail(new ChildFailed([...first, ...rest].join(" "), code, signal, Buffer.concat(said).toString()));
    });
  });
}

export class ChildFailed extends Error {
  constructor(command, code, signal, said) {
    super(`${said}\n${command} ended with ${signal ?? code}`.trim());
    this.code = code ?? 1;
    this.said = said;
  }
}
