/**
 * How many requests a minute a token, or a signed-in person, may send. Counted in the memory of this instance: the path that saves a span has
 * no round trip to spare for it, and an instance that was just started owes nobody a refusal (docs/decisions/016-the-api.md). Told in the
 * headers of draft-ietf-httpapi-ratelimit-headers-11.
 */
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Actor } from "../access/actor";
import { type Refusal, refuse } from "../result";

const WINDOW = 60; // seconds
/** Requests in it when GLOSS_RATE_LIMIT says nothing: far beyond what people do, within what one instance can. */
export const RATE = 30_000;

type Shared = { readonly limit: number; readonly counter: RateLimiterMemory };

/** Routes are bundled apart, and count together. */
const global = globalThis as typeof globalThis & { glossRates?: Shared };

/** 0: nothing is counted. */
const limitOf = (): number => Number(process.env.GLOSS_RATE_LIMIT?.trim() || RATE);

function counter(): Shared | null {
  const limit = limitOf();
  if (limit === 0) return null;
  if (global.glossRates?.limit !== limit)
    global.glossRates = { limit, counter: new RateLimiterMemory({ points: limit, duration: WINDOW }) };
  return global.glossRates;
}

export type Counted = {
  readonly refusal: Refusal | null;
  readonly headers: Readonly<Record<string, string>>;
};

const keyOf = ({ userId, via }: Actor): string => (via.kind === "token" ? `token ${via.tokenId}` : `user ${userId}`);

/** Counts one request. */
export async function countRequest(actor: Actor): Promise<Counted> {
  const shared = counter();
  if (!shared) return { refusal: null, headers: {} };
  const left = await shared.counter.consume(keyOf(actor)).catch((over: unknown) => {
    if (over instanceof RateLimiterRes) return over;
    throw over;
  });
  const seconds = Math.max(1, Math.ceil(left.msBeforeNext / 1000));
  return {
    refusal:
      left.consumedPoints > shared.limit
        ? refuse("too-many", `More than ${shared.limit} requests in a minute. Nothing was changed.`, [], seconds)
        : null,
    headers: {
      "RateLimit-Policy": `"default";q=${shared.limit};w=${WINDOW}`,
      RateLimit: `"default";r=${left.remainingPoints};t=${seconds}`,
    },
  };
}
