/** Structured log on standard error: one JSON object a line. Never pass article text, marks, passwords, tokens or cookies. */
import pino from "pino";

export const log = pino(
  { level: process.env.GLOSS_LOG ?? "info", base: null },
  pino.destination({ fd: 2, sync: false }),
);

/**
 * What failed and where, for the log: name, code and places in the code, of the error and its causes. Never the message, for databases
 * and parsers put into it what they were given; but that of a call to the operating system, which names a path or an address, and our own
 * refusals, which were written for people.
 */
export function whatFailed(error: unknown, depth = 0): object {
  if (depth > 4 || typeof error !== "object" || error === null) return { name: typeof error };
  const word = (key: string): string | undefined => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === "string" && /^[\w.-]{1,60}$/.test(value) ? value : undefined;
  };
  const stack: unknown = Reflect.get(error, "stack");
  const at = typeof stack === "string" ? stack.split("\n").filter((line) => /^\s+at /.test(line)) : [];
  const cause: unknown = Reflect.get(error, "cause");
  return {
    name: word("name"),
    ...(word("syscall") || word("name") === "StartRefused" ? { says: Reflect.get(error, "message") } : {}),
    code: word("originalCode") ?? word("code") ?? word("kind"),
    at: at.slice(0, 12).map((line) => line.trim()),
    ...(cause ? { cause: whatFailed(cause, depth + 1) } : {}),
  };
}
