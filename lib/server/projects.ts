/** Projects: making one, finding those one belongs to, and its policies. Scheme, guideline, members and batches have files of their own. */
import type { z } from "zod";
import { Prisma } from "../../generated/prisma/client";
import { type Actor, personOf, type Role } from "../access/actor";
import { canInstance } from "../access/can";
import type { RegionRole } from "../regions/roles";
import { notFound, ok, type Result, refuse } from "../result";
import { DEFAULT_SCHEME } from "../scheme/default";
import { DEFAULT_GUIDELINE } from "../scheme/default-guideline";
import { projectFor } from "./access";
import { record } from "./audit";
import { refreshDue } from "./cases-refresh";
import { type Created, creation, creationHash, idTaken } from "./creation";
import { prisma, type Tx, transaction } from "./db";
import { byName, byNewest, decodeCursor, limitOf, type Page, page } from "./paging";
import type { changeProjectBody, createProjectBody, projectQuery, projectView } from "./projects.schema";
import { keepLabels, plain } from "./schemes";

export type ProjectView = z.infer<typeof projectView>;

type Row = Omit<ProjectView, "createdAt" | "scope" | "roles"> & {
  readonly createdAt: Date;
  readonly scope: RegionRole[];
  readonly roles: Role[];
};

const view = ({ createdAt, ...row }: Row): ProjectView => ({ ...row, createdAt: createdAt.toISOString() });

const NAME = byName(Prisma.sql`p."name"`, Prisma.sql`p."id"`);
const NEWEST = byNewest(Prisma.sql`p."createdAt"`, Prisma.sql`p."id"`);

/** A token that is bound to a project knows of that one only. Administrators see every project. */
export async function listProjects(
  actor: Actor,
  input: z.infer<typeof projectQuery> = {},
): Promise<Result<Page<ProjectView>>> {
  const { q = null } = input;
  const sort = input.sort === "-createdAt" ? NEWEST : NAME;
  const after = decodeCursor(sort.sort, sort.kinds, input.cursor);
  if (!after.ok) return after;
  const limit = limitOf(input);
  const only = actor.via.kind === "token" ? actor.via.projectId : null;
  const rows = await prisma().$queryRaw<Row[]>`
    SELECT p."id", p."name", p."description", p."reviewersPerArticle", p."blind", p."acceptUnanimous", p."adjudicateOwn",
           p."forbidOutsideScope", p."showSuggestions", p."thirdReviewer", p."thirdBelow", p."idleDays", p."scope", p."schemeVersion", p."guidelineVersion", p."createdAt",
           coalesce(m."roles"::text[], '{}') AS "roles"
      FROM "Project" p LEFT JOIN "Member" m ON m."projectId" = p."id" AND m."userId" = ${actor.userId}::uuid
     WHERE p."deletedAt" IS NULL AND (${actor.isAdmin} OR coalesce(m."roles", '{}') <> '{}') AND (${only}::uuid IS NULL OR p."id" = ${only}::uuid)
       AND (${q}::text IS NULL OR position(lower(${q}::text) IN lower(p."name")) > 0)
       AND ${sort.after(after.value)}
     ORDER BY ${sort.order}
     LIMIT ${limit + 1}`;
  const listed = page(rows, limit, sort.sort, (row) => [
    sort === NAME ? row.name : row.createdAt.toISOString(),
    row.id,
  ]);
  return ok({ ...listed, items: listed.items.map(view) });
}

async function read(tx: Tx, actor: Actor, projectId: string): Promise<Result<ProjectView>> {
  const row = await tx.project.findFirst({
    where: { id: projectId, deletedAt: null },
    include: { members: { where: { userId: actor.userId }, select: { roles: true } } },
  });
  if (!row) return notFound();
  const { id, name, description, reviewersPerArticle, blind, acceptUnanimous, adjudicateOwn, forbidOutsideScope } = row;
  return ok({
    thirdReviewer: row.thirdReviewer as ProjectView["thirdReviewer"],
    thirdBelow: row.thirdBelow,
    idleDays: row.idleDays,
    showSuggestions: row.showSuggestions,
    ...{ id, name, description, reviewersPerArticle, blind, acceptUnanimous, adjudicateOwn, forbidOutsideScope },
    scope: row.scope as RegionRole[],
    schemeVersion: row.schemeVersion,
    guidelineVersion: row.guidelineVersion,
    createdAt: row.createdAt.toISOString(),
    roles: row.members[0]?.roles ?? [],
  });
}

export const getProject = (actor: Actor, projectId: string): Promise<Result<ProjectView>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.see");
    return may.ok ? read(tx, actor, projectId) : may;
  });

/** Made with the scheme and the guideline that ship; whoever makes it is its editor. */
export function createProject(
  actor: Actor,
  input: z.infer<typeof createProjectBody>,
): Promise<Result<Created<ProjectView>>> {
  if (!canInstance(actor, "project.create"))
    return Promise.resolve(refuse("forbidden", "Projects are made by administrators."));
  const { id: wanted, ...fields } = input;
  const hash = creationHash({ ...input, by: actor.userId });
  return creation<Created<ProjectView>>(async (tx) => {
    const before = wanted ? await tx.project.findUnique({ where: { id: wanted } }) : null;
    if (before) {
      if (before.creationHash !== hash || before.deletedAt) return idTaken();
      const there = await read(tx, actor, before.id);
      return there.ok ? ok({ made: false, value: there.value }) : there;
    }
    const by = personOf(actor);
    const project = await tx.project.create({
      data: { ...(wanted ? { id: wanted } : {}), ...fields, creationHash: hash, createdBy: by },
    });
    const { id: projectId } = project;
    await tx.schemeVersion.create({ data: { projectId, version: 1, scheme: plain(DEFAULT_SCHEME), createdBy: by } });
    await tx.guidelineVersion.create({ data: { projectId, version: 1, markdown: DEFAULT_GUIDELINE, createdBy: by } });
    await keepLabels(tx, projectId, DEFAULT_SCHEME);
    await record(tx, actor, { projectId }, { type: "project.created", projectId });
    if (by !== null) {
      await tx.member.create({ data: { projectId, userId: by, roles: ["EDITOR"] } });
      await record(tx, actor, { projectId }, { type: "member.added", userId: by, roles: ["EDITOR"] });
    }
    const made = await read(tx, actor, projectId);
    return made.ok ? ok({ made: true, value: made.value }) : made;
  });
}

export const changeProject = (
  actor: Actor,
  projectId: string,
  input: z.infer<typeof changeProjectBody>,
): Promise<Result<ProjectView>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit", { lock: true });
    if (!may.ok) return may;
    const before = await read(tx, actor, projectId);
    if (!before.ok) return before;
    const fields = Object.entries(input).flatMap(([field, value]) =>
      value !== undefined && JSON.stringify(Reflect.get(before.value, field)) !== JSON.stringify(value) ? [field] : [],
    );
    if (fields.length === 0) return before;
    await tx.project.update({
      where: { id: projectId },
      data: Object.fromEntries(fields.map((field) => [field, Reflect.get(input, field)])),
    });
    await record(tx, actor, { projectId }, { type: "project.changed", projectId, fields });
    // Articles that now have the reviews they need go on to adjudication.
    if (fields.includes("reviewersPerArticle")) await refreshDue(tx, projectId);
    return read(tx, actor, projectId);
  });
