/** One's own account: who one is, name, password, sessions. */
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { canAccount } from "../access/can";
import { type Fault, invalid, notFound, ok, type Result, refuse } from "../result";
import { record } from "./audit";
import { prisma, type Tx, transaction } from "./db";
import { countAttempt } from "./limits";
import { decodeCursor, limitOf, type Page, type PageInput, page } from "./paging";
import { hashPassword, passwordFaults, verifyPassword } from "./password";
import type { changeMeBody, meView, sessionView } from "./people.schema";

export type Me = z.infer<typeof meView>;
export type SessionView = z.infer<typeof sessionView>;

export const accountForbidden = () =>
  refuse("forbidden", "This token may not manage the account. Sign in, or use one that may.");

/** A token that is bound to a project shows that project only. */
export async function getMe(actor: Actor): Promise<Result<Me>> {
  const only = actor.via.kind === "token" ? actor.via.projectId : null;
  const user = await prisma().user.findUnique({
    where: { id: actor.userId },
    select: {
      email: true,
      tours: true,
      members: {
        where: { project: { deletedAt: null, ...(only ? { id: only } : {}) } },
        select: { roles: true, project: { select: { id: true, name: true } } },
        orderBy: { project: { name: "asc" } },
      },
    },
  });
  if (!user?.email) return notFound();
  return ok({
    id: actor.userId,
    name: actor.name,
    email: user.email,
    isAdmin: actor.isAdmin,
    via: actor.via.kind,
    tours: user.tours,
    projects: user.members.map(({ roles, project }) => ({ ...project, roles })),
  });
}

/** Ends the user's sessions but `except`, and all their tokens. */
export async function endAll(
  tx: Tx,
  userId: string,
  except: string | null = null,
): Promise<{ sessions: number; tokens: number }> {
  const sessions = await tx.$executeRaw`
    UPDATE "Session" SET "revokedAt" = now()
     WHERE "userId" = ${userId}::uuid AND "revokedAt" IS NULL AND "id" IS DISTINCT FROM ${except}::uuid`;
  const tokens = await tx.$executeRaw`
    UPDATE "ApiToken" SET "revokedAt" = now() WHERE "userId" = ${userId}::uuid AND "revokedAt" IS NULL`;
  return { sessions, tokens };
}

/**
 * A new password needs the current one, and ends every other session and every token of the account: whoever knew the old one is out.
 */
export async function changeMe(actor: Actor, input: z.infer<typeof changeMeBody>): Promise<Result<Me>> {
  if (!canAccount(actor, "account.change")) return accountForbidden();
  const user = await prisma().user.findUnique({ where: { id: actor.userId } });
  if (!user?.email) return notFound();

  let passwordHash: string | null = null;
  if (input.password !== undefined) {
    const checked = await checkNewPassword(user, input.password, input.currentPassword);
    if (!checked.ok) return checked;
    passwordHash = checked.value;
  } else if (input.currentPassword !== undefined) return invalid([missing("password", "The new password.")]);

  const done = await transaction(async (tx) => {
    if (input.name !== undefined && input.name !== user.name) {
      await tx.user.update({ where: { id: user.id }, data: { name: input.name } });
      await record(tx, actor, "instance", { type: "user.changed", userId: user.id, fields: ["name"] });
    }
    if (input.tours !== undefined) await tx.user.update({ where: { id: user.id }, data: { tours: input.tours } });
    if (passwordHash !== null) {
      // Only over the password that was checked: of two who change it at once, one is refused.
      const changed = await tx.user.updateMany({
        where: { id: user.id, passwordHash: user.passwordHash, disabledAt: null },
        data: { passwordHash },
      });
      if (changed.count === 0) return refuse("conflict", "The password was changed elsewhere meanwhile.");
      await endAll(tx, user.id, actor.via.kind === "session" ? actor.via.sessionId : null);
      await record(tx, actor, "instance", { type: "password.changed", userId: user.id });
    }
    return ok(null);
  });
  return done.ok ? getMe({ ...actor, name: input.name ?? actor.name }) : done;
}

const missing = (path: string, message: string): Fault => ({ path, code: "required", message });

async function checkNewPassword(
  user: {
    readonly id: string;
    readonly email: string | null;
    readonly name: string;
    readonly passwordHash: string | null;
  },
  password: string,
  current: string | undefined,
): Promise<Result<string>> {
  if (current === undefined) return invalid([missing("currentPassword", "The current password is needed.")]);
  const faults = passwordFaults(password, [user.email ?? "", user.name]);
  if (faults.length > 0) return invalid(faults);
  // A session that someone else got hold of does not get to try passwords either.
  const attempt = await countAttempt(user.email ?? "", `own password of ${user.id}`);
  if (!attempt.ok) return attempt;
  const right = await verifyPassword(current, user.passwordHash);
  if (!right.ok) return right;
  if (!right.value)
    return invalid([{ path: "currentPassword", code: "wrong-password", message: "This is not the current password." }]);
  await attempt.value.forgive();
  return hashPassword(password);
}

export async function listSessions(actor: Actor, input: PageInput = {}): Promise<Result<Page<SessionView>>> {
  if (!canAccount(actor, "account.see")) return accountForbidden();
  const after = decodeCursor("-createdAt", ["time", "uuid"], input.cursor);
  if (!after.ok) return after;
  const limit = limitOf(input);
  const [at, id] = after.value ?? [null, null];
  const rows = await prisma().$queryRaw<
    { id: string; userAgent: string; createdAt: Date; lastSeenAt: Date; expiresAt: Date }[]
  >`
    SELECT "id", "userAgent", "createdAt", "lastSeenAt", "expiresAt" FROM "Session"
     WHERE "userId" = ${actor.userId}::uuid AND "revokedAt" IS NULL AND "expiresAt" > now()
       AND (${at}::text IS NULL OR ("createdAt", "id"::text) < (${at}::timestamptz, ${id}::text))
     ORDER BY "createdAt" DESC, "id"::text DESC LIMIT ${limit + 1}`;
  const current = actor.via.kind === "session" ? actor.via.sessionId : null;
  const listed = page(rows, limit, "-createdAt", (row) => [row.createdAt.toISOString(), row.id]);
  return ok({
    ...listed,
    items: listed.items.map((row) => ({
      id: row.id,
      userAgent: row.userAgent,
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      current: row.id === current,
    })),
  });
}

/** Signs out everywhere, here too, and revokes every token. */
export async function endAllSessions(actor: Actor): Promise<Result<{ sessions: number; tokens: number }>> {
  if (!canAccount(actor, "account.change")) return accountForbidden();
  return transaction(async (tx) => {
    const ended = await endAll(tx, actor.userId);
    await record(tx, actor, "instance", { type: "user.signed-out-everywhere", userId: actor.userId });
    return ok(ended);
  });
}

/** Ends one of one's own sessions. */
export async function endOwnSession(actor: Actor, sessionId: string): Promise<Result<null>> {
  if (!canAccount(actor, "account.change")) return accountForbidden();
  return transaction(async (tx) => {
    const found = await tx.session.findFirst({
      where: { id: sessionId, userId: actor.userId },
      select: { revokedAt: true },
    });
    if (!found) return notFound();
    if (found.revokedAt) return ok(null);
    await tx.$executeRaw`UPDATE "Session" SET "revokedAt" = now() WHERE "id" = ${sessionId}::uuid AND "revokedAt" IS NULL`;
    await record(tx, actor, "instance", { type: "user.signed-out", userId: actor.userId });
    return ok(null);
  });
}
