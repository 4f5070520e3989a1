/**
 * Attempts to sign in, counted in Postgres (table rate_limit), so that every instance sees them and a restart forgets nothing.
 * An account is tried from one address at most 10 times in 15 minutes; an address fails at most 100 times a day, and after that has one
 * attempt every 15 minutes. So whoever knows their password waits a quarter of an hour at most. Refused attempts count for nothing.
 */
import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { ok, type Result, refuse } from "../result";
import { pool } from "./db";

const QUARTER = 15 * 60; // seconds

const limiter = (keyPrefix: string, points: number, duration: number) =>
  new RateLimiterPostgres({
    storeClient: pool(),
    storeType: "pool",
    tableName: "rate_limit",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix,
    points,
    duration,
  });

/** Built for each attempt, since tests change the pool; they hold no state of their own. */
const limiters = () => ({
  account: limiter("sign-in", 10, QUARTER),
  day: limiter("sign-in-day", 100, 24 * 60 * 60),
  slow: limiter("sign-in-slow", 1, QUARTER),
});

/** Keys hold no address of anyone in clear. */
const keyOf = (...parts: readonly string[]) => createHash("sha256").update(parts.join("\n")).digest("base64url");

/** Null when there was a point left; otherwise the seconds until there is one. */
async function take(from: RateLimiterPostgres, key: string): Promise<number | null> {
  try {
    await from.consume(key);
    return null;
  } catch (error) {
    if (error instanceof RateLimiterRes) return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw error;
  }
}

const tooMany = (seconds: number) =>
  refuse("too-many", `Too many attempts. Try again in ${Math.ceil(seconds / 60)} min.`, [], seconds);

export type Attempt = { forgive(): Promise<void> };

/** Counts an attempt before the password is looked at; `forgive` takes it back when the password was right. */
export async function countAttempt(email: string, address: string): Promise<Result<Attempt>> {
  const { account, day, slow } = limiters();
  const who = keyOf(email, address);
  const where = keyOf(address);
  const blocked = await take(account, who);
  if (blocked !== null) return tooMany(blocked);
  if ((await take(day, where)) !== null) {
    const wait = await take(slow, where);
    if (wait !== null) {
      await account.reward(who);
      return tooMany(wait);
    }
  }
  return ok({
    async forgive() {
      await account.delete(who);
      await day.reward(where);
      await slow.delete(where);
    },
  });
}

/** Counters that ended long ago; called at the start. */
export async function forgetOldAttempts(): Promise<void> {
  await pool().query(`DELETE FROM "rate_limit" WHERE "expire" < extract(epoch FROM now() - interval '1 hour') * 1000`);
}

/** Set by our own server from the socket, over whatever the client sent (bin/). */
export const PEER_HEADER = "x-gloss-peer";

/**
 * The address that an attempt comes from. Behind GLOSS_PROXIES (number, default 0) trusted proxies it is what the outermost of them wrote
 * into X-Forwarded-For; otherwise the socket's. IPv6 counts by its /64, which is what one household or attacker has.
 */
export function clientAddress(headers: Headers): string {
  const forwarded = (headers.get("x-forwarded-for") ?? "").split(",").map((part) => part.trim());
  const proxies = Number(process.env.GLOSS_PROXIES ?? 0);
  const chosen = proxies > 0 ? forwarded.at(-proxies) : (headers.get(PEER_HEADER) ?? forwarded.at(-1));
  const address = (chosen || "unknown").replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  return isIPv6(address) ? prefix64(address) : address.slice(0, 64);
}

function prefix64(address: string): string {
  const [head = "", tail] = address.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(Math.max(0, zeros)).fill("0"), ...right]
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ""))
    .join(":");
}
