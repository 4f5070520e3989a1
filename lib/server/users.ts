/** Accounts of the whole desk, for administrators. Nobody makes an account for themselves: there is a link for it or there is none. */
import type { z } from "zod";
import { Prisma } from "../../generated/prisma/client";
import type { Actor } from "../access/actor";
import { canInstance } from "../access/can";
import { invalid, notFound, ok, type Refusal, type Result, refuse } from "../result";
import { endAll } from "./account";
import { record } from "./audit";
import { type Created, creation, creationHash, idTaken } from "./creation";
import { prisma, type Tx, transaction } from "./db";
import { makeLink } from "./links";
import { byName, byNewest, decodeCursor, limitOf, type Page, page } from "./paging";
import type { changeUserBody, createUserBody, userQuery, userView } from "./people.schema";

export type UserView = z.infer<typeof userView>;
/** The link with which the person sets a password; null when there is one already. */
export type NewUser = UserView & { readonly url: string | null; readonly expiresAt: string | null };

const forbidden = () => refuse("forbidden", "This is for administrators.");

type Row = {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly isAdmin: boolean;
  readonly passwordHash: string | null;
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
};

const view = (row: Row): UserView => ({
  id: row.id,
  name: row.name,
  email: row.email,
  isAdmin: row.isAdmin,
  disabled: row.disabledAt !== null,
  active: row.passwordHash !== null,
  createdAt: row.createdAt.toISOString(),
});

const NAME = byName(Prisma.sql`"name"`, Prisma.sql`"id"`);
const NEWEST = byNewest(Prisma.sql`"createdAt"`, Prisma.sql`"id"`);

/** Sorted by name (default) or by newest first; filtered by words in name or e-mail, and by status. */
export async function listUsers(actor: Actor, input: z.infer<typeof userQuery> = {}): Promise<Result<Page<UserView>>> {
  if (!canInstance(actor, "users.see")) return forbidden();
  const { q = null, status = null } = input;
  const sort = input.sort === "-createdAt" ? NEWEST : NAME;
  const after = decodeCursor(sort.sort, sort.kinds, input.cursor);
  if (!after.ok) return after;
  const limit = limitOf(input);
  const rows = await prisma().$queryRaw<Row[]>`
    SELECT "id", "name", "email", "isAdmin", "passwordHash", "disabledAt", "createdAt" FROM "User"
     WHERE (${q}::text IS NULL OR position(lower(${q}::text) IN lower("name" || ' ' || coalesce("email", ''))) > 0)
       AND (${status}::text IS NULL OR ${status}::text = CASE WHEN "email" IS NULL THEN 'imported' WHEN "disabledAt" IS NOT NULL THEN 'disabled'
            WHEN "passwordHash" IS NULL THEN 'invited' ELSE 'active' END)
       AND ${sort.after(after.value)}
     ORDER BY ${sort.order}
     LIMIT ${limit + 1}`;
  const listed = page(rows, limit, sort.sort, (row) => [
    sort === NAME ? row.name : row.createdAt.toISOString(),
    row.id,
  ]);
  return ok({ ...listed, items: listed.items.map(view) });
}

/** Repeated with the same id, it answers the account as it was asked for then, with a fresh link while it has no password. */
export function createUser(actor: Actor, input: z.infer<typeof createUserBody>): Promise<Result<Created<NewUser>>> {
  if (!canInstance(actor, "users.manage")) return Promise.resolve(forbidden());
  const { email, name, isAdmin } = input;
  const hash = creationHash(input);
  return creation<Created<NewUser>>(async (tx) => {
    const before = await tx.user.findFirst({ where: { OR: [{ email }, ...(input.id ? [{ id: input.id }] : [])] } });
    if (before) {
      if (before.id === input.id && before.creationHash === hash)
        return ok({ made: false, value: await withLink(tx, actor, before) });
      if (before.email !== email) return idTaken();
      return refuse("conflict", "There is an account with this e-mail.", [
        { path: "email", code: "email-taken", message: "In use." },
      ]);
    }
    const user = await tx.user.create({
      data: { ...(input.id ? { id: input.id } : {}), email, name, isAdmin, creationHash: hash },
    });
    await record(tx, actor, "instance", { type: "user.created", userId: user.id });
    return ok({ made: true, value: await withLink(tx, actor, user) });
  });
}

async function withLink(tx: Tx, actor: Actor, user: Row): Promise<NewUser> {
  if (user.passwordHash !== null || user.disabledAt !== null) return { ...view(user), url: null, expiresAt: null };
  const { url, expiresAt } = await makeLink(tx, actor, { kind: "INVITATION", userId: user.id });
  return { ...view(user), url, expiresAt };
}

/** Locks every administrator who can sign in, in one order, so that two who remove each other meet. */
async function othersWhoAdminister(tx: Tx, userId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "User" WHERE "isAdmin" AND "disabledAt" IS NULL AND "email" IS NOT NULL ORDER BY "id" FOR UPDATE`;
  return rows.filter((row) => row.id !== userId).length;
}

const lastOne = (): Refusal =>
  refuse("conflict", "This is the last administrator. Make another one first.", [
    { path: "", code: "last-administrator", message: "There must be one." },
  ]);

/** A changed role acts at the person's next request; disabling ends all their sessions and tokens. */
export function changeUser(
  actor: Actor,
  userId: string,
  input: z.infer<typeof changeUserBody>,
): Promise<Result<UserView>> {
  if (!canInstance(actor, "users.manage")) return Promise.resolve(forbidden());
  return transaction(async (tx) => {
    const others = input.isAdmin === false || input.disabled === true ? await othersWhoAdminister(tx, userId) : null;
    await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${userId}::uuid FOR UPDATE`;
    const user = await tx.user.findUnique({ where: { id: userId } });
    if (!user) return notFound();
    if (user.email === null && (input.isAdmin !== undefined || input.disabled !== undefined))
      return invalid([
        { path: "", code: "imported-reviewer", message: "A reviewer known from an import is no account." },
      ]);
    const administers = user.isAdmin && user.disabledAt === null;
    if (administers && others === 0) return lastOne();

    const fields: string[] = [];
    if (input.name !== undefined && input.name !== user.name) fields.push("name");
    if (input.isAdmin !== undefined && input.isAdmin !== user.isAdmin) fields.push("isAdmin");
    const { name = user.name, isAdmin = user.isAdmin } = input;
    if (fields.length > 0) {
      await tx.user.update({ where: { id: userId }, data: { name, isAdmin } });
      await record(tx, actor, "instance", { type: "user.changed", userId, fields });
    }
    const disabled = user.disabledAt !== null;
    if (input.disabled === true && !disabled) {
      await tx.$executeRaw`UPDATE "User" SET "disabledAt" = now() WHERE "id" = ${userId}::uuid`;
      await endAll(tx, userId);
      await record(tx, actor, "instance", { type: "user.disabled", userId });
    } else if (input.disabled === false && disabled) {
      await tx.user.update({ where: { id: userId }, data: { disabledAt: null } });
      await record(tx, actor, "instance", { type: "user.enabled", userId });
    }
    return ok(view(await tx.user.findUniqueOrThrow({ where: { id: userId } })));
  });
}

/** A link for a new password; for whoever never set one, the invitation again. Older ones stop working. */
export function makeResetLink(
  actor: Actor,
  userId: string,
): Promise<Result<{ readonly url: string; readonly expiresAt: string }>> {
  if (!canInstance(actor, "users.manage")) return Promise.resolve(forbidden());
  return transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { id: userId } });
    if (!user) return notFound();
    if (user.email === null)
      return invalid([
        { path: "", code: "imported-reviewer", message: "A reviewer known from an import is no account." },
      ]);
    if (user.disabledAt) return refuse("conflict", "This account is disabled. Enable it first.");
    const { url, expiresAt } = await makeLink(tx, actor, { kind: user.passwordHash ? "RESET" : "INVITATION", userId });
    return ok({ url, expiresAt });
  });
}
