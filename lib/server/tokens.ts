/** Personal tokens for scripts: "gloss_" and 43 characters, shown once; only the hash is kept. Read-only, bound to a project, ending, at will. */
import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { canAccount } from "../access/can";
import { invalid, notFound, ok, type Result } from "../result";
import { projectFor } from "./access";
import { accountForbidden } from "./account";
import { record } from "./audit";
import { type Created, creation, idTaken } from "./creation";
import { prisma, type Tx, transaction } from "./db";
import { decodeCursor, limitOf, type Page, type PageInput, page } from "./paging";
import type { createTokenBody, tokenView } from "./people.schema";
import { hashSecret } from "./session";

export type TokenView = z.infer<typeof tokenView>;
/** `secret` is null when the same token was asked for again: it is shown once. */
export type NewToken = TokenView & { readonly secret: string | null };

type Row = {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly projectId: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
};

const view = (row: Row): TokenView => ({
  id: row.id,
  name: row.name,
  readOnly: row.readOnly,
  projectId: row.projectId,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  expiresAt: row.expiresAt?.toISOString() ?? null,
});

/** `made` is false when this very token was there. A token made with a token lives no longer than that one. */
export async function createToken(
  actor: Actor,
  input: z.infer<typeof createTokenBody>,
): Promise<Result<Created<NewToken>>> {
  if (!canAccount(actor, "account.change")) return accountForbidden();
  const secret = `gloss_${randomBytes(32).toString("base64url")}`;
  return creation<Created<NewToken>>(async (tx) => {
    const { name, readOnly, projectId = null } = input;
    const expiresAt = input.expiresAt ? new Date(input.expiresAt) : null;
    const before = input.id ? await tx.apiToken.findUnique({ where: { id: input.id } }) : null;
    if (before) {
      const same =
        before.userId === actor.userId &&
        before.name === name &&
        before.readOnly === readOnly &&
        before.projectId === projectId &&
        before.expiresAt?.getTime() === expiresAt?.getTime();
      if (same) return ok({ made: false, value: { ...view(before), secret: null } });
      return idTaken();
    }
    if (projectId) {
      const project = await projectFor(tx, actor, projectId, "project.see");
      if (!project.ok)
        return invalid([{ path: "projectId", code: "unknown-project", message: "There is no such project of yours." }]);
    }
    const fault = await expiryFault(tx, actor, expiresAt);
    if (fault) return invalid([{ path: "expiresAt", ...fault }]);
    const row = await tx.apiToken.create({
      data: {
        ...(input.id ? { id: input.id } : {}),
        userId: actor.userId,
        name,
        readOnly,
        projectId,
        expiresAt,
        secretHash: hashSecret(secret),
      },
    });
    await record(tx, actor, "instance", { type: "token.created", tokenId: row.id, userId: actor.userId });
    return ok({ made: true, value: { ...view(row), secret } });
  });
}

async function expiryFault(
  tx: Tx,
  actor: Actor,
  expiresAt: Date | null,
): Promise<{ code: string; message: string } | null> {
  const tokenId = actor.via.kind === "token" ? actor.via.tokenId : null;
  const rows = await tx.$queryRaw<{ past: boolean; outlives: boolean }[]>`
    SELECT coalesce(${expiresAt}::timestamptz <= now(), false) AS "past",
           coalesce((SELECT ${expiresAt}::timestamptz IS NULL OR ${expiresAt}::timestamptz > t."expiresAt" FROM "ApiToken" t
                      WHERE t."id" = ${tokenId}::uuid AND t."expiresAt" IS NOT NULL), false) AS "outlives"`;
  if (rows[0]?.past) return { code: "in-the-past", message: "A time to come." };
  if (rows[0]?.outlives) return { code: "outlives-token", message: "Not later than the token that it is made with." };
  return null;
}

/** One's own tokens that are not revoked, newest first; those that ended by themselves stay in sight. */
export async function listTokens(actor: Actor, input: PageInput = {}): Promise<Result<Page<TokenView>>> {
  if (!canAccount(actor, "account.see")) return accountForbidden();
  const after = decodeCursor("-createdAt", ["time", "uuid"], input.cursor);
  if (!after.ok) return after;
  const limit = limitOf(input);
  const [at, id] = after.value ?? [null, null];
  const rows = await prisma().$queryRaw<Row[]>`
    SELECT "id", "userId", "name", "readOnly", "projectId", "createdAt", "lastUsedAt", "expiresAt" FROM "ApiToken"
     WHERE "userId" = ${actor.userId}::uuid AND "revokedAt" IS NULL
       AND (${at}::text IS NULL OR ("createdAt", "id"::text) < (${at}::timestamptz, ${id}::text))
     ORDER BY "createdAt" DESC, "id"::text DESC LIMIT ${limit + 1}`;
  const listed = page(rows, limit, "-createdAt", (row) => [row.createdAt.toISOString(), row.id]);
  return ok({ ...listed, items: listed.items.map(view) });
}

/** Acts at the token's next request, on every instance. Repeating it is harmless. */
export async function revokeToken(actor: Actor, tokenId: string): Promise<Result<null>> {
  if (!canAccount(actor, "account.change")) return accountForbidden();
  return transaction(async (tx) => {
    const token = await tx.apiToken.findFirst({ where: { id: tokenId, userId: actor.userId } });
    if (!token) return notFound();
    if (token.revokedAt) return ok(null);
    await tx.$executeRaw`UPDATE "ApiToken" SET "revokedAt" = now() WHERE "id" = ${tokenId}::uuid AND "revokedAt" IS NULL`;
    await record(tx, actor, "instance", { type: "token.revoked", tokenId, userId: actor.userId });
    return ok(null);
  });
}
