/** Releases of a project: asking for one, watching it being made, taking it back, and finding those that are there. */
import type { z } from "zod";
import { Prisma } from "../../generated/prisma/client";
import { type Actor, personOf } from "../access/actor";
import { canProject } from "../access/can";
import type { Figures } from "../releases/figures";
import { releaseSettingsSchema } from "../releases/settings";
import { type Fault, invalid, notFound, ok, type Result, refuse } from "../result";
import { forbidden, projectFor } from "./access";
import { record } from "./audit";
import { type Created, creation, creationHash, idTaken } from "./creation";
import { type Tx, transaction } from "./db";
import { writerOf } from "./exportsWrite";
import { enqueue, type JobView } from "./jobs";
import { decodeCursor, limitOf, type Page, type PageInput, page } from "./paging";
import type { createReleaseBody, releaseDetail, releaseView } from "./releases.schema";
import { listFiles } from "./releasesFiles";

export type ReleaseView = Omit<z.infer<typeof releaseView>, "figures"> & { readonly figures: Figures | null };
export type ReleaseDetail = ReleaseView & Pick<z.infer<typeof releaseDetail>, "files">;

type Row = {
  readonly id: string;
  readonly number: number;
  readonly state: "MAKING" | "READY" | "FAILED" | "CANCELLED";
  readonly settings: unknown;
  readonly figures: Figures | null;
  readonly manifestSha256: string | null;
  readonly createdAt: Date;
  readonly readyAt: Date | null;
  readonly by: string | null;
  readonly job: JobView["state"];
  readonly step: string;
  readonly done: number;
  readonly total: number;
  readonly fault: string | null;
  readonly withheld: boolean;
};

/** What of a project's releases the actor may know. */
type Reach = { readonly projectId: string; readonly all: boolean };

async function reachOf(tx: Tx, actor: Actor, projectId: string): Promise<Result<Reach>> {
  const may = await projectFor(tx, actor, projectId, "export.gold");
  return may.ok ? ok({ projectId, all: canProject(actor, "export.reviews", may.value) }) : may;
}

/**
 * `withheld`: an article under one's own open review, or a former version of it, is in it with others' marks: one that was not settled, or whose
 * gold stood when the newer one was not there yet. Blind comes first, whatever one's roles.
 */
const select = (actor: Actor, { projectId, all }: Reach, more: Prisma.Sql) => Prisma.sql`
  SELECT r."id", r."number", r."state"::text AS "state", r."settings", r."figures", r."manifestSha256", r."createdAt", r."readyAt",
         u."name" AS "by", j."state"::text AS "job", j."step", j."done", j."total", j."fault",
         p."blind" AND EXISTS (SELECT FROM "Review" own JOIN "Article" a ON a."id" = own."articleId"
            WHERE own."reviewerId" = ${actor.userId}::uuid AND own."projectId" = r."projectId" AND own."deletedAt" IS NULL
              AND (own."articleId" = ANY (r."unsettled") OR EXISTS (SELECT FROM "Article" v
                   WHERE v."projectId" = a."projectId" AND v."chainId" = a."chainId" AND v."textVersion" < a."textVersion"
                     AND (v."id" = ANY (r."unsettled") OR (a."createdAt" > r."createdAt" AND v."settledAt" <= coalesce(r."readyAt", now())))))
              AND own."status" IN ('ASSIGNED', 'IN_PROGRESS') AND a."state" <> 'SETTLED') AS "withheld"
    FROM "Release" r JOIN "Project" p ON p."id" = r."projectId" JOIN "Job" j ON j."id" = r."jobId" LEFT JOIN "User" u ON u."id" = r."createdBy"
   WHERE r."projectId" = ${projectId}::uuid AND (${all} OR (r."state" = 'READY' AND r."settings" ->> 'layer' = 'gold')) AND ${more}`;

function view(row: Row): ReleaseView {
  const { step, done, total, fault } = row;
  const making = row.state === "MAKING";
  const state = making ? (row.job === "QUEUED" ? "waiting" : "making") : STATES[row.state];
  return {
    ...{ id: row.id, number: row.number, state, withheld: row.withheld, manifestSha256: row.manifestSha256 },
    settings: releaseSettingsSchema.parse(row.settings),
    figures: row.withheld ? null : row.figures,
    progress: making || fault !== null ? { step, done, total, fault } : null,
    createdBy: row.by,
    createdAt: row.createdAt.toISOString(),
    readyAt: row.readyAt?.toISOString() ?? null,
  };
}

const STATES = { READY: "ready", FAILED: "failed", CANCELLED: "cancelled" } as const;

/** Newest first. Viewers see finished ones of gold only. */
export const listReleases = (
  actor: Actor,
  projectId: string,
  input: PageInput = {},
): Promise<Result<Page<ReleaseView>>> =>
  transaction(async (tx) => {
    const reach = await reachOf(tx, actor, projectId);
    if (!reach.ok) return reach;
    const after = decodeCursor("-number", ["number"], input.cursor);
    if (!after.ok) return after;
    const limit = limitOf(input);
    const below = after.value?.[0] ?? null;
    const rows = await tx.$queryRaw<Row[]>`
      ${select(actor, reach.value, Prisma.sql`(${below}::bigint IS NULL OR r."number" < ${below}::bigint)`)}
      ORDER BY r."number" DESC LIMIT ${limit + 1}`;
    const listed = page(rows, limit, "-number", ({ number }) => [number]);
    return ok({ ...listed, items: listed.items.map(view) });
  });

async function find(tx: Tx, actor: Actor, projectId: string, number: string): Promise<Result<ReleaseView>> {
  const reach = await reachOf(tx, actor, projectId);
  if (!reach.ok) return reach;
  if (!/^[1-9]\d{0,8}$/.test(number)) return notFound();
  const [row] = await tx.$queryRaw<Row[]>(select(actor, reach.value, Prisma.sql`r."number" = ${Number(number)}`));
  return row ? ok(view(row)) : notFound();
}

/** With its files, when it is ready and the actor's to read. */
export const getRelease = (actor: Actor, projectId: string, number: string): Promise<Result<ReleaseDetail>> =>
  transaction(async (tx) => {
    const found = await find(tx, actor, projectId, number);
    if (!found.ok) return found;
    const { state, withheld } = found.value;
    const files = state === "ready" && !withheld ? await listFiles({ projectId, number: Number(number) }) : [];
    return ok({ ...found.value, files: [...files] });
  });

/** The same, for whoever reads what is in it. Refuses: not-found; forbidden (withheld); conflict (not there yet, or never). */
export async function readableRelease(
  actor: Actor,
  projectId: string,
  number: string,
): Promise<Result<ReleaseView & { readonly place: { readonly projectId: string; readonly number: number } }>> {
  const found = await transaction((tx) => find(tx, actor, projectId, number));
  if (!found.ok) return found;
  if (found.value.withheld)
    return refuse("forbidden", "You review an article that is in this release. It opens when that article is settled.");
  if (found.value.state !== "ready") return refuse("conflict", `Release ${number} is ${found.value.state}.`);
  return ok({ ...found.value, place: { projectId, number: Number(number) } });
}

function faultsOf({ formats, text }: z.infer<typeof createReleaseBody>): readonly Fault[] {
  if (!text) return [];
  if (formats.length === 0) return [{ path: "formats", code: "too-small", message: "At least one format is needed." }];
  return formats.flatMap((format, n) => {
    const writer = writerOf(format);
    if (formats.indexOf(format) < n)
      return [{ path: `formats.${n}`, code: "duplicate", message: `${format} is there twice.` }];
    return writer.ok ? [] : [{ path: `formats.${n}`, code: "bad-value", message: writer.message }];
  });
}

/** Asks for the next release: it has its number at once, and is made behind the requests. */
export async function createRelease(
  actor: Actor,
  projectId: string,
  input: z.infer<typeof createReleaseBody>,
): Promise<Result<Created<ReleaseDetail>>> {
  const { id: wanted, ...settings } = input;
  const hash = creationHash({ ...input, by: actor.userId });
  return creation<Created<ReleaseDetail>>(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit", { lock: true });
    if (!may.ok) return may;
    const faults = faultsOf(input);
    if (faults.length > 0) return invalid(faults);
    const before = wanted ? await tx.release.findUnique({ where: { id: wanted } }) : null;
    if (before) {
      if (before.creationHash !== hash || before.projectId !== projectId) return idTaken();
      const there = await find(tx, actor, projectId, String(before.number));
      return there.ok ? ok({ made: false, value: { ...there.value, files: [] } }) : there;
    }
    // The project's row is locked, so two at once get two numbers.
    const last = await tx.release.aggregate({ where: { projectId }, _max: { number: true } });
    const number = (last._max.number ?? 0) + 1;
    const by = personOf(actor);
    const jobId = await enqueue(tx, { projectId, kind: "release", input: {}, createdBy: by });
    await tx.release.create({
      data: {
        ...{ projectId, number, jobId, createdBy: by, creationHash: hash },
        ...(wanted ? { id: wanted } : {}),
        settings: JSON.parse(JSON.stringify(settings)) as Prisma.InputJsonObject,
      },
    });
    await record(tx, actor, { projectId }, { type: "release.asked", number });
    const made = await find(tx, actor, projectId, String(number));
    return made.ok ? ok({ made: true, value: { ...made.value, files: [] } }) : made;
  });
}

/** Takes back a release that is not ready. Refuses: conflict when it is over. Repeating it is harmless. */
export const cancelRelease = (actor: Actor, projectId: string, number: string): Promise<Result<ReleaseView>> =>
  transaction(async (tx) => {
    const job = await editableJob(tx, actor, projectId, number);
    if (!job.ok) return job;
    const { id, state } = job.value;
    if (state === "DONE" || state === "FAILED")
      return refuse("conflict", `Release ${number} is over: it cannot be cancelled.`);
    if (state === "QUEUED") {
      await tx.job.update({ where: { id }, data: { state: "CANCELLED", finishedAt: new Date() } });
      await tx.release.update({ where: { jobId: id }, data: { state: "CANCELLED" } });
      await record(tx, actor, { projectId }, { type: "release.cancelled", number: Number(number) });
    } else if (state === "RUNNING") await tx.job.update({ where: { id }, data: { cancelAsked: true } });
    return find(tx, actor, projectId, number);
  });

/** Makes a failed or cancelled release after all, under its number. Refuses: conflict when it is ready or being made. */
export const retryRelease = (actor: Actor, projectId: string, number: string): Promise<Result<ReleaseView>> =>
  transaction(async (tx) => {
    const job = await editableJob(tx, actor, projectId, number);
    if (!job.ok) return job;
    const { id, state } = job.value;
    if (state !== "FAILED" && state !== "CANCELLED")
      return refuse("conflict", `Release ${number} is ${state === "DONE" ? "ready" : "being made"}.`);
    await tx.job.update({
      where: { id },
      data: {
        state: "QUEUED",
        attempt: 0,
        cancelAsked: false,
        fault: null,
        finishedAt: null,
        done: 0,
        total: 0,
        step: "",
      },
    });
    await tx.release.update({ where: { jobId: id }, data: { state: "MAKING" } });
    await record(tx, actor, { projectId }, { type: "release.asked", number: Number(number) });
    return find(tx, actor, projectId, number);
  });

/** Locked, so that nobody starts it meanwhile. */
async function editableJob(
  tx: Tx,
  actor: Actor,
  projectId: string,
  number: string,
): Promise<Result<{ readonly id: string; readonly state: JobView["state"] }>> {
  const found = await find(tx, actor, projectId, number);
  if (!found.ok) return found;
  const may = await projectFor(tx, actor, projectId, "project.edit");
  if (!may.ok) return may;
  const [job] = await tx.$queryRaw<{ id: string; state: JobView["state"] }[]>`
    SELECT j."id", j."state"::text AS "state" FROM "Job" j JOIN "Release" r ON r."jobId" = j."id"
     WHERE r."projectId" = ${projectId}::uuid AND r."number" = ${Number(number)} FOR UPDATE OF j`;
  return job ? ok(job) : forbidden();
}
