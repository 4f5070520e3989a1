/** Processor time by process, from Linux's /proc: what a way costs whatever else the machine does meanwhile. */
import { readdirSync, readFileSync } from "node:fs";

/** /proc counts in hundredths of a second on every Linux that there is. */
const TICK = 0.01;

type Stat = { readonly parent: number; readonly own: number; readonly reaped: number };

function statOf(pid: number | string): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold anything; what follows it is plain.
    const fields = text
      .slice(text.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const [parent = 0] = fields.slice(1);
    const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11);
    return { parent, own: (user + system) * TICK, reaped: (childUser + childSystem) * TICK };
  } catch {
    return null;
  }
}

/** Seconds that a process has used so far; 0 where there is no /proc. */
export const secondsOf = (pid: number): number => statOf(pid)?.own ?? 0;

/** The same of a process with all its children, those that have ended too: a whole Postgres. */
export function secondsOfTree(pid: number): number {
  const top = statOf(pid);
  if (!top) return 0;
  const below = readdirSync("/proc").flatMap((name) => {
    const stat = /^\d+$/.test(name) ? statOf(name) : null;
    return stat?.parent === pid ? [stat.own] : [];
  });
  return top.own + top.reaped + below.reduce((sum, own) => sum + own, 0);
}
