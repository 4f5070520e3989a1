/**
 * What waits for a person, in all their projects: worked out from what is there, so that nothing can be lost or stay behind; only what was
 * read is kept. No e-mail. Each kind is held to what its reader may see.
 */
import type { z } from "zod";
import { Prisma } from "../../generated/prisma/client";
import type { Actor, Role } from "../access/actor";
import { canAccount, canProject, type ProjectFacts } from "../access/can";
import { ok, type Result } from "../result";
import { forbidden } from "./access";
import { dueByProject } from "./case-law";
import { current } from "./current";
import { type Tx, transaction } from "./db";
import type { inboxQuery, inboxView, readBody, unreadView } from "./inbox.schema";
import { visibleThreads } from "./threads-sql";

export type Inbox = z.infer<typeof inboxView>;
type Item = Inbox["items"][number];
type Row = Omit<Item, "at" | "unread" | "project"> & { readonly at: Date };

/** Projects in which the person stands alike, so that what they may see there is one question: `facts` are those of any of them. */
type Alike = { readonly facts: ProjectFacts; readonly ids: readonly string[] };

/** Of each kind. */
const MOST = 100;

const clipped = (column: Prisma.Sql) =>
  Prisma.sql`CASE WHEN char_length(${column}) > 160 THEN left(${column}, 160) || '…' ELSE ${column} END`;

export const inbox = (actor: Actor, { count }: z.infer<typeof inboxQuery> = {}): Promise<Result<Inbox>> =>
  transaction<Inbox>(async (tx) => {
    const items = await itemsOf(tx, actor);
    return ok({ items: count ? [] : [...items], unread: items.filter((item) => item.unread).length });
  });

export const markRead = (
  actor: Actor,
  { keys }: z.infer<typeof readBody>,
): Promise<Result<z.infer<typeof unreadView>>> =>
  transaction(async (tx) => {
    if (!canAccount(actor, "account.change")) return forbidden();
    const known = await itemsOf(tx, actor);
    const read = known.flatMap((item) =>
      item.unread && (keys === undefined || keys.includes(item.key)) ? [item.key] : [],
    );
    await tx.$executeRaw`
      INSERT INTO "InboxRead" ("userId", "key", "readAt") SELECT ${actor.userId}::uuid, unnest(${read}::text[]), now()
      ON CONFLICT ("userId", "key") DO UPDATE SET "readAt" = now()`;
    return ok({ unread: known.filter((item) => item.unread && !read.includes(item.key)).length });
  });

/** The number of statements grows with the ways in which the person stands in projects (a handful), not with the projects. */
async function itemsOf(tx: Tx, actor: Actor): Promise<readonly Item[]> {
  const projects = await projectsOf(tx, actor);
  const names = new Map(projects.map((one) => [one.projectId, one.name]));
  const rows: Row[] = [];
  for (const alike of alikeAmong(projects))
    rows.push(
      ...(await sentBack(tx, actor, alike)),
      ...(await mentions(tx, actor, alike)),
      ...(await talk(tx, actor, alike)),
      ...(await stale(tx, actor, alike)),
      ...(await rounds(tx, actor, alike)),
      ...(await meetings(tx, actor, alike)),
      ...(await recheck(tx, actor, alike, names)),
    );
  const read = await tx.inboxRead.findMany({ where: { userId: actor.userId }, select: { key: true, readAt: true } });
  const readAt = new Map(read.map((row) => [row.key, row.readAt.toISOString()]));
  return rows
    .map(({ at, ...row }): Item => {
      const when = at.toISOString();
      const unread = (readAt.get(row.key) ?? "") < when;
      return { ...row, at: when, unread, project: names.get(row.projectId) ?? "" };
    })
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.key < b.key ? -1 : 1));
}

type Project = ProjectFacts & { readonly name: string };

/** Those that the person belongs to; an administrator is not called to projects that they have no part in. */
async function projectsOf(tx: Tx, actor: Actor): Promise<readonly Project[]> {
  const rows = await tx.$queryRaw<(Omit<Project, "roles"> & { roles: Role[] })[]>`
    SELECT p."id" AS "projectId", p."name", p."blind", p."adjudicateOwn", m."roles"::text[] AS "roles"
      FROM "Member" m JOIN "Project" p ON p."id" = m."projectId" AND p."deletedAt" IS NULL
     WHERE m."userId" = ${actor.userId}::uuid ORDER BY p."id"`;
  return rows.filter((facts) => canProject(actor, "project.see", facts));
}

function alikeAmong(projects: readonly Project[]): readonly Alike[] {
  const found = new Map<string, { facts: ProjectFacts; ids: string[] }>();
  for (const { name: _, ...facts } of projects) {
    const { projectId, roles, ...policies } = facts;
    const key = JSON.stringify([[...roles].sort(), policies]);
    const known = found.get(key);
    if (known) known.ids.push(projectId);
    else found.set(key, { facts, ids: [projectId] });
  }
  return [...found.values()];
}

const sentBack = (tx: Tx, actor: Actor, { ids }: Alike) => tx.$queryRaw<Row[]>`
  SELECT r."projectId", 'sent-back:' || r."id" AS "key", 'sent-back' AS "kind", coalesce(r."reopenedAt", r."assignedAt") AS "at", a."title",
         ${clipped(Prisma.sql`r."sentBackComment"`)} AS "words", NULL AS "by", '/reviews/' || r."id" AS "href"
    FROM "Review" r JOIN "Article" a ON a."id" = r."articleId" AND ${current}
   WHERE r."projectId" = ANY (${ids}::uuid[]) AND r."reviewerId" = ${actor.userId}::uuid AND r."deletedAt" IS NULL
     AND r."status" IN ('ASSIGNED', 'IN_PROGRESS') AND r."sentBackComment" IS NOT NULL
   ORDER BY "at" DESC LIMIT ${MOST}`;

const mentions = (tx: Tx, actor: Actor, { facts, ids }: Alike) => tx.$queryRaw<Row[]>`
  SELECT p."projectId", 'mention:' || p."id" AS "key", 'mention' AS "kind", p."createdAt" AS "at", a."title",
         ${clipped(Prisma.sql`p."body"`)} AS "words", u."name" AS "by", '/threads/' || t."id" AS "href"
    FROM "Post" p JOIN "Thread" t ON t."id" = p."threadId" JOIN "Article" a ON a."id" = t."articleId" AND a."deletedAt" IS NULL
    LEFT JOIN "User" u ON u."id" = p."authorId"
   WHERE p."projectId" = ANY (${ids}::uuid[]) AND p."mentions" @> ARRAY[${actor.userId}::uuid]
     AND p."authorId" IS DISTINCT FROM ${actor.userId}::uuid AND ${visibleThreads(actor, facts)}
   ORDER BY p."createdAt" DESC LIMIT ${MOST}`;

/** Open threads in which the person has a part and another spoke last; a mention of them is told by itself. */
const talk = (tx: Tx, actor: Actor, { facts, ids }: Alike) => tx.$queryRaw<Row[]>`
  SELECT t."projectId", 'thread:' || t."id" AS "key", 'thread' AS "kind", l."createdAt" AS "at", a."title", ${clipped(Prisma.sql`l."body"`)} AS "words",
         u."name" AS "by", '/threads/' || t."id" AS "href"
    FROM "Thread" t JOIN "Article" a ON a."id" = t."articleId" AND a."deletedAt" IS NULL
    CROSS JOIN LATERAL (SELECT p.* FROM "Post" p WHERE p."threadId" = t."id" ORDER BY p."createdAt" DESC, p."id" DESC LIMIT 1) l
    LEFT JOIN "User" u ON u."id" = l."authorId"
   WHERE t."projectId" = ANY (${ids}::uuid[]) AND t."resolvedAt" IS NULL AND l."authorId" IS DISTINCT FROM ${actor.userId}::uuid
     AND NOT l."mentions" @> ARRAY[${actor.userId}::uuid] AND ${visibleThreads(actor, facts)}
     AND (EXISTS (SELECT 1 FROM "Post" p WHERE p."threadId" = t."id" AND p."authorId" = ${actor.userId}::uuid)
       OR EXISTS (SELECT 1 FROM "ThreadGuest" g WHERE g."threadId" = t."id" AND g."userId" = ${actor.userId}::uuid))
   ORDER BY l."createdAt" DESC LIMIT ${MOST}`;

/** Articles in which decisions of the person's own rest on what has changed since. */
async function stale(tx: Tx, actor: Actor, { facts, ids }: Alike): Promise<readonly Row[]> {
  if (!canProject(actor, "articles.list", facts)) return [];
  return tx.$queryRaw<Row[]>`
    SELECT a."projectId", 'stale:' || a."id" AS "key", 'stale' AS "kind",
           coalesce((SELECT max(s."submittedAt") FROM "Submission" s WHERE s."projectId" = a."projectId" AND s."articleId" = a."id"), max(d."at")) AS "at",
           a."title", count(*) || CASE WHEN count(*) = 1 THEN ' decision of yours rests' ELSE ' decisions of yours rest' END
             || ' on marks that have changed' AS "words", NULL AS "by", '/settle/' || a."id" || '?case=' || min(c."id"::text) AS "href"
      FROM "Case" c JOIN "Article" a ON a."id" = c."articleId" AND ${current} AND a."state" <> 'OPEN'
      JOIN "Decision" d ON d."caseId" = c."id" AND d."live" AND d."adjudicatorId" = ${actor.userId}::uuid
     WHERE c."projectId" = ANY (${ids}::uuid[]) AND c."status" IN ('STALE', 'ORPHANED')
       AND NOT EXISTS (SELECT 1 FROM "Review" o WHERE o."articleId" = a."id" AND o."reviewerId" = ${actor.userId}::uuid AND o."deletedAt" IS NULL
                          AND o."status" IN ('ASSIGNED', 'IN_PROGRESS') AND (o."training" OR (${facts.blind} AND a."state" <> 'SETTLED')))
     GROUP BY a."id" ORDER BY "at" DESC LIMIT ${MOST}`;
}

/** Calibration rounds that name the person and in which they have not submitted everything. */
const rounds = (tx: Tx, actor: Actor, { ids }: Alike) => tx.$queryRaw<Row[]>`
  SELECT b."projectId", 'calibration:' || b."id" AS "key", 'calibration' AS "kind", b."createdAt" AS "at", b."name" AS "title",
         n."left" || ' of ' || n."all" || ' articles are left for you to review' AS "words", NULL AS "by",
         '/projects/' || b."projectId" || '/queue' AS "href"
    FROM "Batch" b CROSS JOIN LATERAL (
      SELECT count(*) AS "all", count(*) FILTER (WHERE a."state" = 'OPEN' AND NOT EXISTS (
               SELECT 1 FROM "Review" r WHERE r."articleId" = a."id" AND r."reviewerId" = ${actor.userId}::uuid AND r."deletedAt" IS NULL
                  AND r."status" IN ('SUBMITTED', 'SKIPPED'))) AS "left"
        FROM "Article" a WHERE a."projectId" = b."projectId" AND a."batchId" = b."id" AND ${current}) n
   WHERE b."projectId" = ANY (${ids}::uuid[]) AND b."purpose" = 'calibration' AND ${actor.userId}::uuid = ANY (b."people") AND n."left" > 0
   ORDER BY b."createdAt" DESC LIMIT ${MOST}`;

/** Meetings that run now and name the person. */
const meetings = (tx: Tx, actor: Actor, { ids }: Alike) => tx.$queryRaw<Row[]>`
  SELECT b."projectId", 'meeting:' || b."id" AS "key", 'meeting' AS "kind", m."startedAt" AS "at", b."name" AS "title",
         'The meeting over this round has begun' AS "words", u."name" AS "by",
         '/projects/' || b."projectId" || '/batches/' || b."id" || '/meeting' AS "href"
    FROM "Meeting" m JOIN "Batch" b ON b."id" = m."batchId" LEFT JOIN "User" u ON u."id" = m."moderatorId"
   WHERE m."projectId" = ANY (${ids}::uuid[]) AND m."endedAt" IS NULL AND ${actor.userId}::uuid = ANY (b."people")
     AND m."moderatorId" IS DISTINCT FROM ${actor.userId}::uuid
   ORDER BY m."startedAt" DESC LIMIT ${MOST}`;

/** Decisions to look at again since a rule of the guideline changed; for those who decide. */
async function recheck(
  tx: Tx,
  actor: Actor,
  { facts, ids }: Alike,
  names: ReadonlyMap<string, string>,
): Promise<readonly Row[]> {
  if (!facts.roles.includes("ADJUDICATOR")) return [];
  return (await dueByProject(tx, actor, facts, ids)).map(({ projectId, version, at, count }) => ({
    ...{ projectId, key: `recheck:${projectId}:${version}`, kind: "recheck" as const, at, by: null },
    title: names.get(projectId) ?? "",
    words: `${count === 1 ? "1 decision" : `${count} decisions`} to look at again since rules of the guideline changed`,
    href: `/projects/${projectId}/guideline/recheck`,
  }));
}
