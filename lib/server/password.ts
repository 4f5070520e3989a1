/**
 * Passwords: what is taken, and scrypt over them. Parameters are OWASP's equivalent of N=2^17, p=1 with a quarter of the memory
 * (N=2^15, r=8, p=3: 32 MiB a hash); at most two are worked out at once, so that a burst of sign-ins costs time, never memory.
 */
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { type Fault, ok, type Result, refuse } from "../result";
import { isWellFormed } from "../text/wellformed";

export const MIN_PASSWORD = 10; // code points
export const MAX_PASSWORD = 1000; // code points

const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
const KEY_BYTES = 32;
const AT_ONCE = 2;
const MAX_WAITING = 200;

/** Beginnings and wholes of ten or more characters that stand on every list of leaked passwords, folded as `fold` does. */
const COMMON = new Set(
  `password passwort contrasena motdepasse parola qwerty qwertyuiop qwertyuiopasdfghjkl asdfghjkl asdfghjklzxcvbnm zxcvbnm qazwsxedc
  qazwsx qweasdzxc qweasd 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc zaq12wsx zaqxsw qwe123 abc123 abcdef abcdefg abcdefgh
  abcdefghij iloveyou letmein welcome admin administrator root superman batman spiderman pokemon starwars football baseball basketball
  liverpool manchester barcelona chelsea arsenal princess sunshine monkey dragon master shadow michael jennifer jessica charlie daniel
  computer internet samsung google facebook microsoft windows changeme default secret trustno1 whatever freedom summer winter spring
  autumn january february august september october november december monday friday hello helloworld gloss glossgloss newsroom factcheck
  journalist editor reviewer passphrase mypassword thisismypassword loveme lovely blink182 metallica nirvana
  slipknot jordan hunter killer soccer hockey mustang ferrari mercedes porsche corvette chocolate butterfly unicorn rainbow`.split(
    /\s+/,
  ),
);

const fold = (password: string) =>
  password
    .toLowerCase()
    .replaceAll("@", "a")
    .replaceAll("0", "o")
    .replaceAll("$", "s")
    .replaceAll(/[\s_.-]/g, "");

const RUNS = [
  "01234567890123456789",
  "98765432109876543210",
  "abcdefghijklmnopqrstuvwxyz",
  "zyxwvutsrqponmlkjihgfedcba",
];

function isCommon(password: string): boolean {
  const plain = password.toLowerCase();
  const stem = plain.replace(/[^\p{L}]+$/u, "");
  const spaced = plain.replaceAll(/\s/g, "");
  if (COMMON.has(plain) || COMMON.has(stem) || COMMON.has(fold(plain)) || COMMON.has(fold(stem))) return true;
  if (RUNS.some((run) => run.includes(spaced))) return true;
  // One short piece over and over: aaaaaaaaaa, abcabcabcabc, password1password1.
  return /^(.{1,4})\1+.{0,3}$/su.test(spaced) || new Set(spaced).size < 4 || isRepeatedWord(spaced);
}

function isRepeatedWord(text: string): boolean {
  const piece = /^(.{5,})\1+$/su.exec(text)?.[1];
  return piece !== undefined && (COMMON.has(piece) || COMMON.has(fold(piece)));
}

/** What is wrong with a new password, as faults at `path`. `of`: its owner's e-mail and name, which it may not be. */
export function passwordFaults(password: string, of: readonly string[] = [], path = "password"): Fault[] {
  const fault = (code: string, message: string): Fault[] => [{ path, code, message }];
  if (password.length > MAX_PASSWORD * 2) return fault("too-long", `At most ${MAX_PASSWORD} characters.`);
  if (!isWellFormed(password)) return fault("not-well-formed", "Not text that can be typed.");
  const length = [...password].length;
  if (length > MAX_PASSWORD) return fault("too-long", `At most ${MAX_PASSWORD} characters.`);
  if (length < MIN_PASSWORD)
    return fault("too-short", `At least ${MIN_PASSWORD} characters; a few words in a row are good.`);
  const own = of.flatMap((text) => [text, text.split("@")[0] ?? ""]).map(fold);
  const stem = fold(password.toLowerCase().replace(/[^\p{L}@]+$/u, ""));
  if (isCommon(password) || own.some((text) => text.length > 2 && (text === stem || text === fold(password))))
    return fault("too-common", "This password is among the first that anyone would try. Take another.");
  return [];
}

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<Result<T>> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAX_WAITING)
      return refuse("unavailable", "Too many people sign in at once. Try again.", [], 5);
    await new Promise<void>((go) => waiting.push(go));
  } else running++;
  try {
    return ok(await work());
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

type Cost = { readonly N: number; readonly r: number; readonly p: number };

const derive = (password: string, salt: Buffer, cost: Cost): Promise<Buffer> =>
  new Promise((done, fail) =>
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, { ...cost, maxmem: 256 * cost.N * cost.r }, (error, key) =>
      error ? fail(error) : done(key),
    ),
  );

/** "scrypt$N$r$p$salt$key", base64url. Refuses ("unavailable") when too many are waiting. */
export async function hashPassword(password: string): Promise<Result<string>> {
  const salt = randomBytes(16);
  const key = await inTurn(() => derive(password, salt, COST));
  if (!key.ok) return key;
  const parts = ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64url"), key.value.toString("base64url")];
  return ok(parts.join("$"));
}

const NOBODY = Buffer.alloc(KEY_BYTES);

/** Takes as long when `stored` is null (no such account, or one without a password) as when it is not. */
export async function verifyPassword(password: string, stored: string | null): Promise<Result<boolean>> {
  const [scheme, N, r, p, salt, key] = stored?.split("$") ?? [];
  const known = scheme === "scrypt" && salt !== undefined && key !== undefined;
  const cost = known ? { N: Number(N), r: Number(r), p: Number(p) } : COST;
  const expected = known ? Buffer.from(key, "base64url") : NOBODY;
  // No password is so long; normalising such a text could take hours, and any other takes as long to be found wrong.
  const possible = password.length <= 2 * MAX_PASSWORD;
  const found = await inTurn(() =>
    derive(possible ? password : "", known ? Buffer.from(salt, "base64url") : NOBODY, cost),
  );
  if (!found.ok) return found;
  return ok(expected.length === KEY_BYTES && timingSafeEqual(found.value, expected) && known && possible);
}
