/** Who belongs to a project and as what. A changed role acts at the person's next request; whoever leaves, leaves their reviews. */
import type { z } from "zod";
import type { Actor, Role } from "../access/actor";
import { type Fault, invalid, notFound, ok, type Result, refuse } from "../result";
import { projectFor } from "./access";
import { unassignOpenReviews } from "./assignments";
import { record } from "./audit";
import { type Created, creation } from "./creation";
import { type Tx, transaction } from "./db";
import { makeLink } from "./links";
import { decodeCursor, limitOf, type Page, type PageInput, page } from "./paging";
import type {
  addedView,
  addMemberBody,
  changeMemberBody,
  invitationView,
  memberQuery,
  memberView,
} from "./projects.schema";

export type MemberView = z.infer<typeof memberView>;
export type AddedView = z.infer<typeof addedView>;
export type InvitationView = z.infer<typeof invitationView>;

type Row = Omit<MemberView, "createdAt"> & { readonly createdAt: Date };
const view = ({ createdAt, ...row }: Row): MemberView => ({ ...row, createdAt: createdAt.toISOString() });

async function readMember(tx: Tx, projectId: string, userId: string): Promise<MemberView | null> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT u."id" AS "userId", u."name", u."email", u."email" IS NULL AS "imported", u."disabledAt" IS NOT NULL AS "disabled",
           m."roles"::text[] AS "roles", m."trainee", m."createdAt"
      FROM "Member" m JOIN "User" u ON u."id" = m."userId"
     WHERE m."projectId" = ${projectId}::uuid AND m."userId" = ${userId}::uuid`;
  return rows[0] ? view(rows[0]) : null;
}

/** By name; filtered by words in name or e-mail, and by role. For editors. */
export const listMembers = (
  actor: Actor,
  projectId: string,
  input: z.infer<typeof memberQuery> = {},
): Promise<Result<Page<MemberView>>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.oversee");
    if (!may.ok) return may;
    const after = decodeCursor("name", ["text", "uuid"], input.cursor);
    if (!after.ok) return after;
    const { q = null, role = null } = input;
    const [name, id] = after.value ?? [null, null];
    const limit = limitOf(input);
    const rows = await tx.$queryRaw<Row[]>`
      SELECT u."id" AS "userId", u."name", u."email", u."email" IS NULL AS "imported", u."disabledAt" IS NOT NULL AS "disabled",
             m."roles"::text[] AS "roles", m."trainee", m."createdAt"
        FROM "Member" m JOIN "User" u ON u."id" = m."userId"
       WHERE m."projectId" = ${projectId}::uuid AND (${role}::text IS NULL OR ${role}::text = ANY (m."roles"::text[]))
         AND (${q}::text IS NULL OR position(lower(${q}::text) IN lower(u."name" || ' ' || coalesce(u."email", ''))) > 0)
         AND (${id}::text IS NULL OR (lower(u."name") COLLATE "C", u."id"::text) > (lower(${name}::text) COLLATE "C", ${id}::text))
       ORDER BY lower(u."name") COLLATE "C", u."id"::text LIMIT ${limit + 1}`;
    const listed = page(rows, limit, "name", (row) => [row.name, row.userId]);
    return ok({ ...listed, items: listed.items.map(view) });
  });

const fault = (path: string, code: string, message: string) => invalid([{ path, code, message }]);

/**
 * Adds an account by id or e-mail. An unknown e-mail gets an invitation, whose link is in the answer and nowhere else; asked for again it
 * is a new link, and the one before stops working. 409 when the person is a member in other roles.
 */
export const addMember = (
  actor: Actor,
  projectId: string,
  input: z.infer<typeof addMemberBody>,
): Promise<Result<Created<AddedView>>> =>
  creation<Created<AddedView>>(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit");
    if (!may.ok) return may;
    const user = await tx.user.findFirst({
      where: input.userId ? { id: input.userId, email: { not: null } } : { email: input.email ?? "" },
      select: { id: true, disabledAt: true },
    });
    if (!user && input.email) {
      const { url, expiresAt } = await makeLink(tx, actor, {
        kind: "INVITATION",
        email: input.email,
        projectId,
        roles: input.roles,
      });
      return ok({ made: true, value: { member: null, invitationUrl: url, expiresAt } });
    }
    if (!user) return fault("userId", "unknown-user", "There is no such account.");
    const before = await readMember(tx, projectId, user.id);
    if (before) {
      if (sameRoles(before.roles, input.roles)) return ok({ made: false, value: { member: before } });
      const current: Fault = {
        path: "roles",
        code: "is-member",
        message: "Change the roles instead.",
        current: before,
      };
      return refuse("conflict", "This person is a member already.", [current]);
    }
    if (user.disabledAt) return fault(input.userId ? "userId" : "email", "disabled", "This account is disabled.");
    await tx.member.create({ data: { projectId, userId: user.id, roles: input.roles } });
    await record(tx, actor, { projectId }, { type: "member.added", userId: user.id, roles: input.roles });
    return ok({ made: true, value: { member: await readMember(tx, projectId, user.id) } });
  });

const sameRoles = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join();

export const changeMember = (
  actor: Actor,
  projectId: string,
  userId: string,
  { roles: wanted, trainee: training }: z.infer<typeof changeMemberBody>,
): Promise<Result<MemberView>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit");
    if (!may.ok) return may;
    await tx.$queryRaw`SELECT 1 FROM "Member" WHERE "projectId" = ${projectId}::uuid AND "userId" = ${userId}::uuid FOR UPDATE`;
    const before = await readMember(tx, projectId, userId);
    if (!before) return notFound();
    if (before.imported) return fault("roles", "imported-reviewer", "A reviewer known from an import has no roles.");
    const roles = wanted ?? (before.roles as Role[]);
    const trainee = training ?? before.trainee;
    if (sameRoles(before.roles, roles) && trainee === before.trainee) return ok(before);
    await tx.member.update({
      where: { projectId_userId: { projectId, userId } },
      data: { roles: [...roles], trainee },
    });
    await record(
      tx,
      actor,
      { projectId },
      { type: "member.changed", userId, roles, ...(training !== undefined && { trainee }) },
    );
    return ok({ ...before, roles: [...roles], trainee });
  });

/** Articles that wait for them go back to the queue; what they submitted stays. */
export const removeMember = (actor: Actor, projectId: string, userId: string): Promise<Result<null>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit");
    if (!may.ok) return may;
    const gone = await tx.member.deleteMany({ where: { projectId, userId } });
    if (gone.count === 0) return notFound();
    await unassignOpenReviews(tx, actor, { userId, projectId });
    await record(tx, actor, { projectId }, { type: "member.removed", userId, roles: [] });
    return ok(null);
  });

/** Invitations that can still be taken up, newest first. */
export const listInvitations = (
  actor: Actor,
  projectId: string,
  input: PageInput = {},
): Promise<Result<Page<InvitationView>>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.oversee");
    if (!may.ok) return may;
    const after = decodeCursor("invitations", ["time", "uuid"], input.cursor);
    if (!after.ok) return after;
    const [at, id] = after.value ?? [null, null];
    const limit = limitOf(input);
    const rows = await tx.$queryRaw<{ id: string; email: string; roles: string[]; createdAt: Date; expiresAt: Date }[]>`
      SELECT "id", "email", "roles"::text[] AS "roles", "createdAt", "expiresAt" FROM "OneTimeLink"
       WHERE "projectId" = ${projectId}::uuid AND "kind" = 'INVITATION' AND "email" IS NOT NULL AND "usedAt" IS NULL AND "expiresAt" > now()
         AND (${at}::text IS NULL OR ("createdAt", "id"::text) < (${at}::timestamptz, ${id}::text))
       ORDER BY "createdAt" DESC, "id"::text DESC LIMIT ${limit + 1}`;
    const listed = page(rows, limit, "invitations", (row) => [row.createdAt.toISOString(), row.id]);
    const iso = (date: Date) => date.toISOString();
    return ok({
      ...listed,
      items: listed.items.map((row) => ({ ...row, createdAt: iso(row.createdAt), expiresAt: iso(row.expiresAt) })),
    });
  });

/** The link stops working. Repeating it is harmless. */
export const withdrawInvitation = (actor: Actor, projectId: string, linkId: string): Promise<Result<null>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit");
    if (!may.ok) return may;
    const found = await tx.oneTimeLink.findFirst({ where: { id: linkId, projectId, kind: "INVITATION" } });
    if (!found) return notFound();
    const ended = await tx.$executeRaw`
      UPDATE "OneTimeLink" SET "expiresAt" = now() WHERE "id" = ${linkId}::uuid AND "usedAt" IS NULL AND "expiresAt" > now()`;
    if (ended > 0) await record(tx, actor, { projectId }, { type: "link.withdrawn", linkId, kind: "INVITATION" });
    return ok(null);
  });
