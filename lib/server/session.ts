/**
 * Who is asking: a Bearer token, or next-auth's cookie, which carries nothing but the id of a session row. Both are looked up on every
 * request, so that what ends a session, a token, an account or a role ends it at once and on every instance.
 */
import { createHash } from "node:crypto";
import { decode, encode } from "next-auth/jwt";
import type { Actor } from "../access/actor";
import { pool } from "./db";
import { baseUrl, cookieSecret, isHttps } from "./secret";

/** A session ends when it was idle for so long, and in any case after SESSION_DAYS. */
export const SESSION_IDLE_DAYS = 14;
export const SESSION_DAYS = 90;
export const SESSION_SECONDS = SESSION_DAYS * 24 * 60 * 60;

export const cookieName = (): string => (isHttps() ? "__Host-next-auth.session-token" : "next-auth.session-token");

export const cookieOptions = () => ({ httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() }) as const;

export const hashSecret = (secret: string): string => createHash("sha256").update(secret).digest("hex");

const TOKEN = /^gloss_[A-Za-z0-9_-]{43}$/;
const BEARER = /^Bearer +(\S+) *$/i;

/** A valid token's or session's actor. A Bearer header that is not valid is nobody, whatever the cookie says. */
export async function actorOf(request: Request): Promise<Actor | null> {
  const authorization = request.headers.get("authorization") ?? "";
  if (/^Bearer\b/i.test(authorization)) return actorOfToken(BEARER.exec(authorization)?.[1] ?? "");
  return actorOfCookies(request.headers.get("cookie") ?? "");
}

/** For server components and server actions. */
export async function currentActor(): Promise<Actor | null> {
  const { headers } = await import("next/headers");
  return actorOfCookies((await headers()).get("cookie") ?? "");
}

async function actorOfToken(secret: string): Promise<Actor | null> {
  if (!TOKEN.test(secret)) return null;
  const { rows } = await pool().query<{
    id: string;
    readOnly: boolean;
    projectId: string | null;
    userId: string;
    name: string;
    isAdmin: boolean;
    used: boolean;
  }>({
    name: "session.token", // prepared, as it is asked with every request
    text: `SELECT t."id", t."readOnly", t."projectId", u."id" AS "userId", u."name", u."isAdmin",
            coalesce(t."lastUsedAt" > now() - interval '1 minute', false) AS "used"
       FROM "ApiToken" t JOIN "User" u ON u."id" = t."userId"
      WHERE t."secretHash" = $1 AND t."revokedAt" IS NULL AND (t."expiresAt" IS NULL OR t."expiresAt" > now())
        AND u."disabledAt" IS NULL AND u."email" IS NOT NULL`,
    values: [hashSecret(secret)],
  });
  const row = rows[0];
  if (!row) return null;
  if (!row.used)
    await pool().query(
      `UPDATE "ApiToken" SET "lastUsedAt" = now()
        WHERE "id" = $1 AND ("lastUsedAt" IS NULL OR "lastUsedAt" <= now() - interval '1 minute')`,
      [row.id],
    );
  return {
    userId: row.userId,
    name: row.name,
    isAdmin: row.isAdmin,
    via: { kind: "token", tokenId: row.id, readOnly: row.readOnly, projectId: row.projectId },
  };
}

async function actorOfCookies(header: string): Promise<Actor | null> {
  const sessionId = await sessionIdOf(header);
  if (!sessionId) return null;
  const { rows } = await pool().query<{ userId: string; name: string; isAdmin: boolean; seen: boolean }>({
    name: "session.cookie",
    text: `SELECT u."id" AS "userId", u."name", u."isAdmin", s."lastSeenAt" > now() - interval '1 minute' AS "seen"
       FROM "Session" s JOIN "User" u ON u."id" = s."userId"
      WHERE s."id" = $1 AND s."revokedAt" IS NULL AND s."expiresAt" > now()
        AND u."disabledAt" IS NULL AND u."email" IS NOT NULL`,
    values: [sessionId],
  });
  const row = rows[0];
  if (!row) return null;
  if (!row.seen)
    await pool().query(
      `UPDATE "Session" SET "lastSeenAt" = now(),
              "expiresAt" = least("createdAt" + make_interval(days => $2), now() + make_interval(days => $3))
        WHERE "id" = $1 AND "lastSeenAt" <= now() - interval '1 minute' AND "revokedAt" IS NULL`,
      [sessionId, SESSION_DAYS, SESSION_IDLE_DAYS],
    );
  return { userId: row.userId, name: row.name, isAdmin: row.isAdmin, via: { kind: "session", sessionId } };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The session id that a Cookie header carries, if it was signed here; says nothing of whether that session still lives. */
export async function sessionIdOf(header: string): Promise<string | null> {
  const secret = cookieSecret();
  const value = readCookies(header)[cookieName()];
  if (!secret || !value) return null;
  try {
    const sid: unknown = (await decode({ token: value, secret }))?.sid;
    return typeof sid === "string" && UUID.test(sid) ? sid : null;
  } catch {
    return null;
  }
}

/** The first value of each name, as browsers send the most fitting first. */
export function readCookies(header: string): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null);
  for (const part of header.split(";")) {
    const at = part.indexOf("=");
    const name = part.slice(0, at).trim();
    if (at > 0 && cookies[name] === undefined) cookies[name] = unquote(part.slice(at + 1).trim());
  }
  return cookies;
}

function unquote(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The cookie for a session that was just made without next-auth's own sign-in (set-up, invitation); for `cookies().set(...)`. */
export async function sessionCookie(sessionId: string, userId: string) {
  const secret = cookieSecret();
  if (!secret) throw new Error("there is no good NEXTAUTH_SECRET");
  return {
    name: cookieName(),
    value: await encode({ token: { sub: userId, sid: sessionId }, secret, maxAge: SESSION_SECONDS }),
    ...cookieOptions(),
    maxAge: SESSION_SECONDS,
  };
}

/**
 * Whether a write that comes with a cookie was sent by a page of this Gloss. Browsers send Origin with every write and cannot forge it or
 * Host; a write without it is refused. The own address is NEXTAUTH_URL's, or that which the browser asked (Host).
 */
export function sameOrigin(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = request.headers.get("origin");
  if (!origin || origin === "null") return false;
  if (origin === baseUrl()) return true;
  const host = request.headers.get("host");
  if (!host) return false;
  return origin === `https://${host}` || (!isHttps() && origin === `http://${host}`);
}
