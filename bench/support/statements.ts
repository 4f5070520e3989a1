/** Counts what every client of this process asks the database, but for the frame of transactions, and how long the answers took. */
import pg from "pg";

export const asked = { statements: 0, roundTrips: 0 };
/** Statement to its number and milliseconds, while `profile` is on. */
export const took = new Map<string, { times: number; ms: number }>();
export const profile = { on: false };

const query = pg.Client.prototype.query;
pg.Client.prototype.query = function counted(this: pg.Client, ...args: [never]) {
  const [first]: unknown[] = args;
  const text = typeof first === "string" ? first : first instanceof Object ? String(Reflect.get(first, "text")) : "";
  asked.roundTrips++;
  if (!/^\s*(BEGIN|COMMIT|ROLLBACK|SET)/i.test(text)) asked.statements++;
  const answer = query.apply(this, args);
  if (profile.on && answer instanceof Promise) {
    const start = performance.now();
    void answer.then(() => {
      const key = text.replaceAll(/\s+/g, " ").slice(0, 110);
      const known = took.get(key) ?? { times: 0, ms: 0 };
      took.set(key, { times: known.times + 1, ms: known.ms + performance.now() - start });
    });
  }
  return answer;
} as typeof query;
