/** What the forms behind one-time links do: make the first account, take up an invitation, set a new password. Each signs in at the end. */
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { invalid, ok, type Result, refuse } from "../result";
import { endAll } from "./account";
import { record } from "./audit";
import { type From, type SignedIn, startSession } from "./auth";
import { creation } from "./creation";
import { type Tx, transaction } from "./db";
import { deadLink, type Link, type LinkKind, lockLink, readLink, spendLink } from "./links";
import { hashPassword, passwordFaults } from "./password";
import type { accepted, newAccount, newPassword } from "./people.schema";

/** Taken by whoever makes the first account, so that there is one first one. */
export const lockSetup = (tx: Tx) => tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('gloss set-up'))`;

export async function hasAccounts(tx: Tx): Promise<boolean> {
  return (await tx.user.findFirst({ where: { email: { not: null } }, select: { id: true } })) !== null;
}

/** Cheap refusals before the costly hash: a dead link, a password that is not taken. */
async function hashFor(
  secret: string,
  kind: LinkKind,
  password: string,
  of: readonly string[],
): Promise<Result<string>> {
  const link = await readLink(secret);
  if (!link.ok) return link;
  if (link.value.kind !== kind) return deadLink();
  const faults = passwordFaults(password, [...of, link.value.email ?? "", link.value.name ?? ""]);
  return faults.length > 0 ? invalid(faults) : hashPassword(password);
}

/** The first administrator, once, while there is no account. */
export async function acceptSetup(
  secret: string,
  input: z.infer<typeof newAccount>,
  from: From,
): Promise<Result<SignedIn>> {
  const passwordHash = await hashFor(secret, "SETUP", input.password, [input.email, input.name]);
  if (!passwordHash.ok) return passwordHash;
  return transaction(async (tx) => {
    await lockSetup(tx);
    if (await hasAccounts(tx)) return deadLink();
    const link = await lockLink(tx, secret, "SETUP");
    if (!link.ok) return link;
    const user = await tx.user.create({
      data: { email: input.email, name: input.name, passwordHash: passwordHash.value, isAdmin: true },
    });
    const actor: Actor = { userId: user.id, name: user.name, isAdmin: true, via: { kind: "command" } };
    await spendLink(tx, actor, link.value);
    await record(tx, actor, "instance", { type: "user.created", userId: user.id });
    return ok(await startSession(tx, user, from.userAgent));
  });
}

/** For whoever has no password yet. Where the e-mail has an account meanwhile, its owner signs in and calls joinProject. */
export async function acceptInvitation(
  secret: string,
  input: z.infer<typeof accepted>,
  from: From,
): Promise<Result<SignedIn>> {
  const passwordHash = await hashFor(secret, "INVITATION", input.password, [input.name]);
  if (!passwordHash.ok) return passwordHash;
  return creation(async (tx) => {
    const link = await lockLink(tx, secret, "INVITATION");
    if (!link.ok) return link;
    const user = await invited(tx, link.value, input.name, passwordHash.value);
    if (!user.ok) return user;
    const { id: userId, name, isAdmin } = user.value;
    const actor: Actor = { userId, name, isAdmin, via: { kind: "command" } };
    await spendLink(tx, actor, link.value);
    await join(tx, actor, link.value);
    return ok(await startSession(tx, user.value, from.userAgent));
  });
}

/** The account that the link was made for, or a new one for its e-mail. */
async function invited(
  tx: Tx,
  link: Link,
  name: string,
  passwordHash: string,
): Promise<Result<{ id: string; name: string; isAdmin: boolean }>> {
  if (link.userId) {
    const filled = await tx.user.updateMany({
      where: { id: link.userId, passwordHash: null, disabledAt: null },
      data: { name, passwordHash },
    });
    if (filled.count === 0) return deadLink();
    return ok(await tx.user.findUniqueOrThrow({ where: { id: link.userId } }));
  }
  if (!link.email) return deadLink();
  if (await tx.user.findUnique({ where: { email: link.email }, select: { id: true } }))
    return refuse("conflict", "There is an account for this e-mail. Sign in with it, then open the link again.", [
      { path: "email", code: "has-account", message: "Sign in first." },
    ]);
  const user = await tx.user.create({ data: { email: link.email, name, passwordHash } });
  await record(tx, { userId: user.id, name, isAdmin: false, via: { kind: "command" } }, "instance", {
    type: "user.created",
    userId: user.id,
  });
  return ok(user);
}

async function join(tx: Tx, actor: Actor, link: Link): Promise<void> {
  if (!link.projectId) return;
  const project = await tx.project.findFirst({ where: { id: link.projectId, deletedAt: null }, select: { id: true } });
  if (!project) return;
  const key = { projectId: link.projectId, userId: actor.userId };
  const before = await tx.member.findUnique({ where: { projectId_userId: key } });
  const roles = [...new Set([...(before?.roles ?? []), ...link.roles])];
  await tx.member.upsert({ where: { projectId_userId: key }, create: { ...key, roles }, update: { roles } });
  await record(
    tx,
    actor,
    { projectId: link.projectId },
    { type: before ? "member.changed" : "member.added", userId: actor.userId, roles },
  );
}

/** An invitation to a project, taken up by the signed-in owner of its e-mail. Answers the project's id. */
export function joinProject(actor: Actor, secret: string): Promise<Result<{ readonly projectId: string }>> {
  return transaction(async (tx) => {
    if (actor.via.kind !== "session") return refuse("forbidden", "Sign in to take up an invitation.");
    const link = await lockLink(tx, secret, "INVITATION");
    if (!link.ok) return link;
    const user = await tx.user.findUnique({ where: { id: actor.userId } });
    if (!link.value.projectId || !user || link.value.email !== user.email)
      return refuse("forbidden", "This invitation is for someone else. Sign in with the e-mail that it was made for.");
    await spendLink(tx, actor, link.value);
    await join(tx, actor, link.value);
    return ok({ projectId: link.value.projectId });
  });
}

/** A new password by a link; ends every session and token that there was. */
export async function acceptReset(
  secret: string,
  input: z.infer<typeof newPassword>,
  from: From,
): Promise<Result<SignedIn>> {
  const passwordHash = await hashFor(secret, "RESET", input.password, []);
  if (!passwordHash.ok) return passwordHash;
  return transaction(async (tx) => {
    const link = await lockLink(tx, secret, "RESET");
    if (!link.ok) return link;
    const user = link.value.userId ? await tx.user.findUnique({ where: { id: link.value.userId } }) : null;
    if (!user?.email || user.disabledAt) return deadLink();
    await tx.user.update({ where: { id: user.id }, data: { passwordHash: passwordHash.value } });
    await endAll(tx, user.id);
    const actor: Actor = { userId: user.id, name: user.name, isAdmin: user.isAdmin, via: { kind: "command" } };
    await spendLink(tx, actor, link.value);
    await record(tx, actor, "instance", { type: "password.changed", userId: user.id });
    return ok(await startSession(tx, user, from.userAgent));
  });
}
