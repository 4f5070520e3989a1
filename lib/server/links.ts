/**
 * One-time links: for the first administrator, for whoever is invited, and for a forgotten password. Only the hash of a secret is kept; a
 * link works once, until it expires or a newer one for the same purpose is made. Opening it changes nothing; sending its form does.
 */
import { randomBytes } from "node:crypto";
import { type Actor, personOf, type Role } from "../access/actor";
import { ok, type Result, refuse } from "../result";
import { record } from "./audit";
import { prisma, type Tx } from "./db";
import { baseUrl } from "./secret";
import { hashSecret } from "./session";

export type LinkKind = "SETUP" | "INVITATION" | "RESET";

const PATHS: Readonly<Record<LinkKind, string>> = { SETUP: "set-up", INVITATION: "invitation", RESET: "reset" };
const HOURS: Readonly<Record<LinkKind, number>> = { SETUP: 7 * 24, INVITATION: 7 * 24, RESET: 24 };

export type Made = { readonly linkId: string; readonly url: string; readonly expiresAt: string };

export type LinkPurpose = {
  readonly kind: LinkKind;
  readonly email?: string;
  readonly userId?: string;
  readonly projectId?: string;
  readonly roles?: readonly Role[];
};

/** Makes a link; older ones for the same purpose stop working. The url holds the secret: show it once, keep it nowhere. */
export async function makeLink(tx: Tx, actor: Actor | null, purpose: LinkPurpose): Promise<Made> {
  const secret = randomBytes(32).toString("base64url");
  const { kind, email = null, userId = null, projectId = null, roles = [] } = purpose;
  await tx.$executeRaw`
    UPDATE "OneTimeLink" SET "expiresAt" = now()
     WHERE "kind" = ${kind}::"LinkKind" AND "usedAt" IS NULL AND "expiresAt" > now() AND "email" IS NOT DISTINCT FROM ${email}
       AND "userId" IS NOT DISTINCT FROM ${userId}::uuid AND "projectId" IS NOT DISTINCT FROM ${projectId}::uuid`;
  const rows = await tx.$queryRaw<{ id: string; expiresAt: Date }[]>`
    INSERT INTO "OneTimeLink" ("id", "secretHash", "kind", "email", "userId", "projectId", "roles", "createdBy", "expiresAt")
    VALUES (gen_random_uuid(), ${hashSecret(secret)}, ${kind}::"LinkKind", ${email}, ${userId}::uuid, ${projectId}::uuid,
            ${[...roles]}::"Role"[], ${actor && personOf(actor)}::uuid, now() + make_interval(hours => ${HOURS[kind]}::int))
    RETURNING "id", "expiresAt"`;
  const row = rows[0];
  if (!row) throw new Error("a link was not stored");
  await record(tx, actor, projectId ? { projectId } : "instance", { type: "link.made", linkId: row.id, kind });
  return { linkId: row.id, url: `${baseUrl()}/${PATHS[kind]}/${secret}`, expiresAt: row.expiresAt.toISOString() };
}

export type Link = {
  readonly id: string;
  readonly kind: LinkKind;
  readonly email: string | null;
  readonly userId: string | null;
  readonly projectId: string | null;
  readonly roles: readonly Role[];
};

export const deadLink = () =>
  refuse("not-found", "This link was used, has expired, or was replaced by a newer one. Ask for a new one.");

const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** The living link of that kind, locked until the transaction ends. */
export async function lockLink(tx: Tx, secret: string, kind: LinkKind): Promise<Result<Link>> {
  if (!SECRET.test(secret)) return deadLink();
  const rows = await tx.$queryRaw<Link[]>`
    SELECT "id", "kind"::text AS "kind", "email", "userId", "projectId", "roles"::text[] AS "roles" FROM "OneTimeLink"
     WHERE "secretHash" = ${hashSecret(secret)} AND "kind" = ${kind}::"LinkKind" AND "usedAt" IS NULL AND "expiresAt" > now()
       FOR UPDATE`;
  return rows[0] ? ok(rows[0]) : deadLink();
}

export async function spendLink(tx: Tx, actor: Actor, link: Link): Promise<void> {
  await tx.$executeRaw`UPDATE "OneTimeLink" SET "usedAt" = now() WHERE "id" = ${link.id}::uuid`;
  const stream = link.projectId ? { projectId: link.projectId } : "instance";
  await record(tx, actor, stream, { type: "link.used", linkId: link.id, kind: link.kind });
}

export type LinkView = {
  readonly kind: LinkKind;
  /** Of the account that it is for; null for the set-up link, where it is chosen. */
  readonly email: string | null;
  readonly name: string | null;
  readonly projectName: string | null;
  readonly roles: readonly Role[];
  /** There is an account for this e-mail: whoever opens the invitation signs in and joins. */
  readonly hasAccount: boolean;
  readonly expiresAt: string;
};

/** What a page shows before its form is sent. Refuses dead links, and set-up once there is an account. */
export async function readLink(secret: string): Promise<Result<LinkView>> {
  if (!SECRET.test(secret)) return deadLink();
  const rows = await prisma().$queryRaw<(LinkView & { expiresAt: Date; dead: boolean })[]>`
    SELECT l."kind"::text AS "kind", coalesce(u."email", l."email") AS "email", u."name", p."name" AS "projectName",
           l."roles"::text[] AS "roles", l."expiresAt", l."userId" IS NULL AND u."id" IS NOT NULL AS "hasAccount",
           u."disabledAt" IS NOT NULL OR p."deletedAt" IS NOT NULL
             OR (l."kind" = 'SETUP' AND EXISTS (SELECT 1 FROM "User" WHERE "email" IS NOT NULL)) AS "dead"
      FROM "OneTimeLink" l
      LEFT JOIN "User" u ON u."id" = l."userId" OR (l."userId" IS NULL AND u."email" = l."email")
      LEFT JOIN "Project" p ON p."id" = l."projectId"
     WHERE l."secretHash" = ${hashSecret(secret)} AND l."usedAt" IS NULL AND l."expiresAt" > now()`;
  const row = rows[0];
  if (!row || row.dead) return deadLink();
  const { dead: _dead, expiresAt, ...view } = row;
  return ok({ ...view, expiresAt: expiresAt.toISOString() });
}
