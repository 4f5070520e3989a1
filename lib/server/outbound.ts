/**
 * Requests that Gloss makes itself, to addresses that people gave it: the only way out. A name is resolved once, every address it has is
 * looked at, and the connection goes to those very addresses, so that a name that resolves to another one a moment later wins nothing.
 * Each redirect is looked at in the same way. No cookies, no credentials, no proxy, nothing kept between two requests.
 */
import { lookup } from "node:dns/promises";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import ipaddr from "ipaddr.js";
import { invalid, ok, type Refusal, type Result, refuse } from "../result";
import { errorText } from "./db";

export type OutboundLimits = {
  /** Of the answer's body, unpacked. */
  readonly bytes: number;
  /** For all of it, redirects and names too. */
  readonly totalMs: number;
  /** Without a byte. */
  readonly idleMs: number;
  /** 0: a redirect is an answer like others. Only GET follows any. */
  readonly redirects: number;
};

export type OutboundHead = {
  readonly status: number;
  /** The last of the redirects. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
};
export type OutboundAnswer = OutboundHead & { readonly body: Uint8Array };

export type Outbound = {
  readonly url: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly limits: OutboundLimits;
  /** `address:port` pairs ("127.0.0.1:4000", "[::1]:4000") that are not looked at: for tests, and for what an administrator names. */
  readonly allow?: readonly string[];
  /** Only the answer's head is wanted: its body is not read, and is empty. */
  readonly headOnly?: true;
  /** May refuse an answer before its body is read. */
  readonly look?: (head: OutboundHead) => Refusal | null;
  readonly resolve?: (name: string) => Promise<readonly string[]>;
};

const USER_AGENT = "Gloss (a self-hosted annotation workbench)";
const LONGEST_URL = 2_048;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
/** What goes on to another origin after a redirect. */
const HARMLESS: readonly string[] = ["accept", "accept-language"];

const says = (code: string, message: string): Refusal => invalid([{ path: "url", code, message }], message);

/**
 * Refuses with a fault at `url`: bad-url, not-http, credentials, unknown-host, private-address, too-many-redirects, timeout, unreachable,
 * bad-encoding; too-large. An answer of any status is a value.
 */
export async function outbound(asked: Outbound): Promise<Result<OutboundAnswer>> {
  const { totalMs, redirects } = asked.limits;
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), totalMs);
  const allow = new Set(asked.allow ?? []);
  const resolve = asked.resolve ?? resolved;
  try {
    let at = urlOf(asked.url);
    let headers = asked.headers ?? {};
    for (let hop = 0; ; hop++) {
      if (!at.ok) return at;
      const url = at.value;
      const addresses = await untilAborted(addressesOf(url, allow, resolve), deadline.signal);
      if (!addresses.ok) return addresses;
      const response = await send({ ...asked, headers }, url, addresses.value, deadline.signal);
      const head: OutboundHead = { status: response.statusCode ?? 0, url: url.href, headers: flat(response) };
      const to = head.headers.location;
      const follows = (asked.method ?? "GET") === "GET" && redirects > 0 && REDIRECTS.includes(head.status);
      if (!follows || to === undefined) return await taken(response, head, asked, deadline.signal);
      response.destroy();
      if (hop === redirects) return says("too-many-redirects", `The address redirects more than ${redirects} times.`);
      at = urlOf(to, url);
      if (at.ok && at.value.origin !== url.origin)
        headers = Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.includes(name.toLowerCase())));
    }
  } catch (error) {
    if (deadline.signal.aborted) return says("timeout", `The address did not answer within ${totalMs / 1000} seconds.`);
    return failed(error);
  } finally {
    clearTimeout(timer);
    deadline.abort();
  }
}

/** An address as people write it; the WHATWG parser makes dotted quads of decimal, octal and hexadecimal ones. */
function urlOf(written: string, base?: URL): Result<URL> {
  if (written.length > LONGEST_URL || !URL.canParse(written, base))
    return says("bad-url", "This is not a web address.");
  const url = new URL(written, base);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return says("not-http", "Only http and https addresses are fetched.");
  if (url.username !== "" || url.password !== "")
    return says("credentials", "An address with a user name or password in it is not fetched.");
  url.hash = "";
  return ok(url);
}

async function addressesOf(
  url: URL,
  allow: ReadonlySet<string>,
  resolve: (name: string) => Promise<readonly string[]>,
): Promise<Result<readonly string[]>> {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const addresses = isIP(host) ? [host] : await resolve(host).catch(() => []);
  if (addresses.length === 0) return says("unknown-host", "No server of this name could be found.");
  // One that must not be reached is enough: a name that has both means no good.
  const good = (one: string) => isPublic(one) || allow.has(`${isIP(one) === 6 ? `[${one}]` : one}:${port}`);
  if (addresses.every(good)) return ok(addresses);
  return says("private-address", "This address is not on the public internet, and is not fetched.");
}

const resolved = async (name: string): Promise<readonly string[]> =>
  (await lookup(name, { all: true })).map(({ address }) => address);

/** In a public range, and a cloud's own door to its machines all the same. */
const DOORS: readonly string[] = ["168.63.129.16"];

/** Whether it is an address that anybody on the internet could reach. What cannot be read is not. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address) || address.includes("%")) return false;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === "unicast" && !DOORS.includes(parsed.toString());
  if (parsed.isIPv4MappedAddress()) return isPublic(parsed.toIPv4Address().toString());
  // NAT64's well-known prefix: what stands behind it is in the last four bytes.
  if (parsed.match(ipaddr.IPv6.parse("64:ff9b::"), 96)) return isPublic(parsed.toByteArray().slice(12).join("."));
  return parsed.range() === "unicast" && parsed.match(ipaddr.IPv6.parse("2000::"), 3);
}

/** The answer as it begins. Errors reject. */
function send(
  { method = "GET", headers = {}, body, limits }: Outbound,
  url: URL,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const door = url.protocol === "https:" ? https : http;
  const pinned = addresses.map((address) => ({ address, family: isIP(address) }));
  return new Promise((done, fail) => {
    const request = door.request(url, {
      method,
      signal,
      agent: new door.Agent({ keepAlive: false }),
      timeout: limits.idleMs,
      headers: { "User-Agent": USER_AGENT, Accept: "*/*", "Accept-Encoding": "gzip, deflate, br", ...headers },
      lookup: (_, options, found) => {
        const [first] = pinned;
        if (options.all) found(null, pinned);
        else if (first) found(null, first.address, first.family);
      },
    });
    let answer: IncomingMessage | null = null;
    request.on("timeout", () => (answer ?? request).destroy(new Idle(limits.idleMs)));
    request.on("error", fail);
    request.on("response", (response) => {
      answer = response;
      done(response);
    });
    request.end(body);
  });
}

class Idle extends Error {
  constructor(readonly ms: number) {
    super("idle");
  }
}

const flat = (response: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(response.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value] as const],
    ),
  );

async function taken(
  response: IncomingMessage,
  head: OutboundHead,
  { limits, look, headOnly }: Outbound,
  signal: AbortSignal,
): Promise<Result<OutboundAnswer>> {
  const refusal = look?.(head) ?? null;
  if (headOnly && !refusal) {
    response.destroy();
    return ok({ ...head, body: new Uint8Array() });
  }
  const unpacked = refusal ? null : unpack(response, head.headers["content-encoding"]);
  if (!unpacked) {
    response.destroy();
    return refusal ?? says("bad-encoding", "The answer is packed in a way that is not read.");
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of unpacked as AsyncIterable<Uint8Array>) {
      signal.throwIfAborted();
      size += chunk.length;
      if (size > limits.bytes) {
        const message = `The answer is larger than ${limits.bytes} bytes.`;
        return refuse("too-large", message, [{ path: "url", code: "too-large", message }]);
      }
      chunks.push(chunk);
    }
  } finally {
    response.destroy();
    unpacked.destroy();
  }
  // A sender that goes away in the middle leaves no error behind where the length was not said.
  if (!response.complete) return says("unreachable", "The answer broke off.");
  return ok({ ...head, body: Buffer.concat(chunks, size) });
}

function unpack(response: IncomingMessage, encoding: string | undefined): Readable | null {
  const through = (unpacker: ReturnType<typeof createGunzip>) => {
    response.on("error", (error) => unpacker.destroy(error));
    response.on("close", () => response.complete || unpacker.destroy(new Error("broke off")));
    return response.pipe(unpacker);
  };
  const name = encoding?.trim().toLowerCase() || "identity";
  if (name === "identity") return response;
  if (name === "gzip" || name === "x-gzip") return through(createGunzip());
  if (name === "deflate") return through(createInflate());
  return name === "br" ? through(createBrotliDecompress()) : null;
}

function failed(error: unknown): Refusal {
  if (error instanceof Idle) return says("timeout", `The address was silent for ${error.ms / 1000} seconds.`);
  const text = errorText(error);
  if (/Z_|zlib|ERR__ERROR|incorrect header|BROTLI|decompress/i.test(text))
    return says("bad-encoding", "The answer says that it is packed, and cannot be unpacked.");
  if (/CERT|TLS|SSL|self.signed/i.test(text)) return says("unreachable", "The server's certificate is not valid.");
  return says("unreachable", "The server could not be reached, or broke off.");
}

/** Looking up a name cannot be called off, but need not be waited for. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    signal.addEventListener("abort", () => fail(signal.reason), { once: true });
    work.then(done, fail);
  });
}
