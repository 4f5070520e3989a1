/**
 * Signing in and out. next-auth keeps the cookie, its CSRF token and its sign-in protocol; what a session is, is a row of ours. next-auth
 * can answer neither 429 nor 503 from `authorize`, so its handler runs inside ours, which knows how the attempt ended.
 */
import NextAuth, { type AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { Actor } from "../access/actor";
import { ok, type Refusal, type Result, refuse } from "../result";
import { record } from "./audit";
import { prisma, type Tx, transaction } from "./db";
import { clientAddress, countAttempt } from "./limits";
import { log } from "./log";
import { MAX_PASSWORD, verifyPassword } from "./password";
import { isHttps } from "./secret";
import { cookieName, cookieOptions, SESSION_IDLE_DAYS, SESSION_SECONDS } from "./session";

declare module "next-auth" {
  interface User {
    sessionId?: string;
  }
}

export type From = { readonly address: string; readonly userAgent: string };

export const fromOf = (headers: Headers): From => ({
  address: clientAddress(headers),
  userAgent: plainAgent(headers.get("user-agent") ?? ""),
});

const plainAgent = (text: string) => text.replaceAll(/[^\x20-\x7e]/g, "").slice(0, 300);

export type SignedIn = { readonly userId: string; readonly sessionId: string };

const wrong = () =>
  refuse("unauthenticated", "That e-mail and password do not go together, or the account is disabled.");

/** A session row; the caller sends its cookie (session.ts `sessionCookie`). */
export async function startSession(
  tx: Tx,
  user: { id: string; name: string; isAdmin: boolean },
  userAgent: string,
): Promise<SignedIn> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO "Session" ("id", "userId", "userAgent", "expiresAt")
    VALUES (gen_random_uuid(), ${user.id}::uuid, ${plainAgent(userAgent)}, now() + make_interval(days => ${SESSION_IDLE_DAYS}::int))
    RETURNING "id"`;
  const sessionId = rows[0]?.id ?? "";
  const actor: Actor = { userId: user.id, name: user.name, isAdmin: user.isAdmin, via: { kind: "session", sessionId } };
  await record(tx, actor, "instance", { type: "user.signed-in", userId: user.id });
  return { userId: user.id, sessionId };
}

/** Answers the same, after the same time, for a wrong password, an unknown e-mail and a disabled account. */
export async function signIn(input: { email: string; password: string }, from: From): Promise<Result<SignedIn>> {
  if (input.password.length > MAX_PASSWORD * 2)
    return refuse("too-large", `A password has at most ${MAX_PASSWORD} characters.`);
  const email = input.email.trim().toLowerCase();
  if (email.length > 320 || email.includes("\0")) return wrong();
  const attempt = await countAttempt(email, from.address);
  if (!attempt.ok) return attempt;

  const user = await prisma().user.findUnique({ where: { email } });
  const right = await verifyPassword(input.password, user && !user.disabledAt ? user.passwordHash : null);
  if (!right.ok) return right;
  if (!user || !right.value) return wrong();

  const signedIn = await transaction(async (tx) => {
    // Disabling or a new password in the meantime wins.
    const rows = await tx.$queryRaw<{ passwordHash: string | null }[]>`
      SELECT "passwordHash" FROM "User" WHERE "id" = ${user.id}::uuid AND "disabledAt" IS NULL FOR SHARE`;
    if (rows[0]?.passwordHash !== user.passwordHash) return wrong();
    return ok(await startSession(tx, user, from.userAgent));
  });
  if (signedIn.ok) await attempt.value.forgive();
  return signedIn;
}

/** Ends one session; harmless when it has ended. */
export async function endSession(sessionId: string): Promise<void> {
  await transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ userId: string; name: string; isAdmin: boolean }[]>`
      UPDATE "Session" s SET "revokedAt" = now() FROM "User" u
       WHERE s."id" = ${sessionId}::uuid AND s."revokedAt" IS NULL AND u."id" = s."userId"
      RETURNING s."userId", u."name", u."isAdmin"`;
    for (const user of rows)
      await record(tx, { ...user, via: { kind: "session", sessionId } }, "instance", {
        type: "user.signed-out",
        userId: user.userId,
      });
    return ok(undefined);
  });
}

export type Outcome = { refusal: Refusal | null; asked: boolean };

/** next-auth's options for one request; `outcome` says afterwards how an attempt to sign in went. */
export function authOptions(secret: string, from: From, outcome: Outcome): AuthOptions {
  const options = cookieOptions();
  return {
    secret,
    useSecureCookies: isHttps(),
    cookies: {
      sessionToken: { name: cookieName(), options },
      callbackUrl: { name: isHttps() ? "__Host-next-auth.callback-url" : "next-auth.callback-url", options },
    },
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", signOut: "/account", error: "/sign-in" },
    providers: [
      Credentials({
        credentials: { email: { label: "E-mail", type: "email" }, password: { label: "Password", type: "password" } },
        async authorize(given) {
          outcome.asked = true;
          const result = await signIn({ email: given?.email ?? "", password: given?.password ?? "" }, from);
          if (result.ok) return { id: result.value.userId, sessionId: result.value.sessionId };
          outcome.refusal = result;
          return null;
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => ({ sub: user?.id ?? token.sub ?? "", sid: user?.sessionId ?? token.sid }),
      redirect: ({ url, baseUrl }) => localPath(url, baseUrl),
    },
    events: {
      async signOut({ token }) {
        if (typeof token.sid === "string") await endSession(token.sid);
      },
    },
    logger: {
      error: (code) => log.error({ code }, "next-auth"),
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

/** Only paths of this site are gone to. */
function localPath(url: string, base: string): string {
  if (!URL.canParse(url, base)) return "/";
  const to = new URL(url, base);
  return to.origin === new URL(base).origin ? `${to.pathname}${to.search}` : "/";
}

/** next-auth's handler for these options in its Node form, which asks nothing of Next's surroundings. */
export const handlerOf = (options: AuthOptions): ((request: unknown, response: unknown) => Promise<unknown>) =>
  NextAuth(options);
