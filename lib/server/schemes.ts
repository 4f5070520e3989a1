/** A project's scheme and its versions. A new version may add, rename and archive; nothing that was ever there goes (lib/scheme/check.ts). */
import type { z } from "zod";
import { type Actor, personOf } from "../access/actor";
import { faultsOfIssues } from "../formats/wire-faults";
import { type Fault, invalid, notFound, ok, type Refusal, type Result, refuse } from "../result";
import { checkNext } from "../scheme/check";
import { schemeSchema } from "../scheme/schema";
import { COLOURS, type Label, type Scheme } from "../scheme/scheme";
import { projectFor } from "./access";
import { record } from "./audit";
import { creationHash } from "./creation";
import { prisma, type Tx, transaction } from "./db";
import { decodeCursor, limitOf, type Page, type PageInput, page } from "./paging";
import type { versionView } from "./projects.schema";

export type VersionView = z.infer<typeof versionView>;
export type SchemeView = Scheme & { readonly version: number };

/** ETags are versions in quotes. Missing: precondition with "required" (428); behind: precondition with the current one (412). */
export function checkIfMatch(given: string | null, current: number): Refusal | null {
  if (given === null || given.trim() === "")
    return refuse("precondition", "Send If-Match with the ETag of what you read.", [
      { path: "If-Match", code: "required", message: "The version that this replaces.", current },
    ]);
  const versions = given.split(",").map((tag) =>
    tag
      .trim()
      .replace(/^W\//, "")
      .replace(/^"(.*)"$/, "$1"),
  );
  if (versions.includes("*") || versions.includes(String(current))) return null;
  return refuse("precondition", "It was changed since you read it. Nothing was changed; read it again.", [
    {
      path: "If-Match",
      code: "behind",
      message: `The current version is ${current}.`,
      expected: current,
      actual: given,
      current,
    },
  ]);
}

export const etag = (version: number): Record<string, string> => ({ ETag: `"${version}"` });

/** Every label key that the scheme has stands as a row, so that spans can point at it. */
export async function keepLabels(tx: Tx, projectId: string, scheme: Scheme): Promise<void> {
  const rows = scheme.labels.map(({ key, archived = false }) => ({ key, archived }));
  await tx.$executeRaw`
    INSERT INTO "ProjectLabel" ("projectId", "key", "archived")
    SELECT ${projectId}::uuid, l."key", l."archived" FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS l("key" text, "archived" boolean)
    ON CONFLICT ("projectId", "key") DO UPDATE SET "archived" = excluded."archived"`;
}

async function read(tx: Tx, projectId: string, version: number | null): Promise<Result<SchemeView>> {
  const rows = await tx.$queryRaw<{ version: number; scheme: unknown }[]>`
    SELECT s."version", s."scheme" FROM "SchemeVersion" s JOIN "Project" p ON p."id" = s."projectId"
     WHERE s."projectId" = ${projectId}::uuid AND s."version" = coalesce(${version}::int, p."schemeVersion")`;
  const row = rows[0];
  if (!row) return notFound();
  const scheme: Scheme = schemeSchema.parse(row.scheme);
  return ok({ version: row.version, ...scheme });
}

/** The newest version, or an older one. */
export const getScheme = (
  actor: Actor,
  projectId: string,
  version: number | null = null,
): Promise<Result<SchemeView>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.see");
    return may.ok ? read(tx, projectId, version) : may;
  });

/** Makes the next version. The same scheme again makes none. */
export const putScheme = (
  actor: Actor,
  projectId: string,
  ifMatch: string | null,
  scheme: Scheme,
): Promise<Result<SchemeView>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit", { lock: true });
    if (!may.ok) return may;
    const before = await read(tx, projectId, null);
    if (!before.ok) return before;
    const { version: current, ...old } = before.value;
    const behind = checkIfMatch(ifMatch, current);
    if (behind) return behind;
    if (creationHash(scheme) === creationHash(old)) return before;
    return putNext(tx, actor, projectId, before.value, scheme);
  });

/** For a project that is locked, and an actor who may. */
async function putNext(
  tx: Tx,
  actor: Actor,
  projectId: string,
  { version: current, ...old }: SchemeView,
  scheme: Scheme,
): Promise<Result<SchemeView>> {
  const faults: readonly Fault[] = checkNext(old, scheme);
  if (faults.length > 0) return invalid(faults, "This scheme may not follow the one that is there.");
  const version = current + 1;
  await tx.schemeVersion.create({
    data: { projectId, version, scheme: plain(scheme), createdBy: personOf(actor) },
  });
  await tx.project.update({ where: { id: projectId }, data: { schemeVersion: version } });
  await keepLabels(tx, projectId, scheme);
  await record(tx, actor, { projectId }, { type: "scheme.changed", version });
  return ok({ version, ...scheme });
}

/** The next version with these labels too, for what an import brings; those that are there already are left as they are. */
export async function addLabels(
  tx: Tx,
  actor: Actor,
  projectId: string,
  labels: readonly { readonly key: string; readonly name: string }[],
): Promise<Result<null>> {
  const may = await projectFor(tx, actor, projectId, "project.edit", { lock: true });
  if (!may.ok) return may;
  const before = await read(tx, projectId, null);
  if (!before.ok) return before;
  const { version: _, ...old } = before.value;
  const known = new Set(old.labels.map((label) => label.key));
  const fresh = labels.filter(({ key }) => !known.has(key));
  if (fresh.length === 0) return ok(null);
  const made = fresh.map(
    ({ key, name }, i): Label => ({
      key,
      name,
      description: "",
      hotkey: null,
      colour: COLOURS[(old.labels.length + i) % COLOURS.length] ?? COLOURS[0],
      line: "solid",
      attributes: [],
    }),
  );
  const next = schemeSchema.safeParse({ ...old, labels: [...old.labels, ...made] });
  if (!next.success) return invalid(faultsOfIssues(next.error.issues, "mapping.newLabels"));
  const put = await putNext(tx, actor, projectId, before.value, next.data);
  return put.ok ? ok(null) : put;
}

/** A scheme as Prisma's JSON takes it. */
export const plain = (scheme: Scheme): object => structuredClone(scheme);

/** Newest first. `of`: whose versions. */
export const listVersions = (
  actor: Actor,
  projectId: string,
  of: "scheme" | "guideline",
  input: PageInput = {},
): Promise<Result<Page<VersionView>>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.see");
    if (!may.ok) return may;
    const after = decodeCursor(of, ["number"], input.cursor);
    if (!after.ok) return after;
    const limit = limitOf(input);
    const where = { projectId, ...(after.value ? { version: { lt: Number(after.value[0]) } } : {}) };
    const query = {
      where,
      select: { version: true, createdAt: true, createdBy: true },
      orderBy: { version: "desc" },
      take: limit + 1,
    } as const;
    const rows = of === "scheme" ? await tx.schemeVersion.findMany(query) : await tx.guidelineVersion.findMany(query);
    const names = await namesOf(rows.flatMap(({ createdBy }) => createdBy ?? []));
    const listed = page(rows, limit, of, (row) => [row.version]);
    return ok({
      ...listed,
      items: listed.items.map(({ version, createdAt, createdBy }) => ({
        version,
        createdAt: createdAt.toISOString(),
        createdBy: createdBy === null ? null : { id: createdBy, name: names.get(createdBy) ?? "someone" },
      })),
    });
  });

export async function namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const users = await prisma().user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(users.map(({ id, name }) => [id, name]));
}
