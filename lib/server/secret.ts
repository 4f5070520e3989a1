/** The secret that signs the cookies, and the address under which people reach this Gloss. Read at use, so that tests can set them. */

const KNOWN = new Set([
  "changeme",
  "change-me",
  "secret",
  "password",
  "nextauth",
  "nextauth_secret",
  "your-secret",
  "test",
]);

/** What is wrong with a secret, in words, or null. The start refuses with it; the doors stay shut without a good one. */
export function secretFault(value: string | undefined): string | null {
  if (!value)
    return "NEXTAUTH_SECRET is not set. Set it to a long random value, for instance from: openssl rand -base64 32";
  const plain = value.trim().toLowerCase();
  if (KNOWN.has(plain) || plain.length < 16 || new Set(plain).size < 6)
    return "NEXTAUTH_SECRET is too easy to guess. Set it to a long random value, for instance from: openssl rand -base64 32";
  return null;
}

/** Null when there is none that is good enough: then nobody can be signed in. */
export function cookieSecret(): string | null {
  const value = process.env.NEXTAUTH_SECRET;
  return value && secretFault(value) === null ? value : null;
}

/** Scheme, host and port of this Gloss, without a slash at the end. Never taken from a request. */
export function baseUrl(): string {
  const set = process.env.NEXTAUTH_URL;
  if (set) {
    const url = URL.canParse(set) ? new URL(set) : null;
    if (url && /^https?:$/.test(url.protocol)) return url.origin;
  }
  const host = process.env.HOST ?? "127.0.0.1";
  const named = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `http://${named}:${process.env.PORT ?? "3000"}`;
}

export const isHttps = (): boolean => baseUrl().startsWith("https://");
