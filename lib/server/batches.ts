/** Batches: named sets of articles with their own reviewers per article, people, priority and deadline. Articles are put into one by PATCH /articles. */
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { type Fault, invalid, notFound, ok, type Result } from "../result";
import { projectFor } from "./access";
import { record } from "./audit";
import type { batchQuery, batchView, changeBatchBody, createBatchBody } from "./batches.schema";
import { drawAnew } from "./batchFill";
import { refreshDue } from "./cases-refresh";
import { type Created, creation, creationHash, idTaken } from "./creation";
import { current } from "./current";
import { type Tx, transaction } from "./db";
import { decodeCursor, limitOf, type Page, page } from "./paging";

export type BatchView = z.infer<typeof batchView>;

type Row = Omit<BatchView, "createdAt" | "deadline" | "reviews"> & {
  readonly createdAt: Date;
  readonly deadline: Date | null;
  readonly wanted: number;
  readonly submitted: number;
  readonly underWay: number;
};

const view = ({ createdAt, deadline, wanted, submitted, underWay, ...row }: Row): BatchView => ({
  ...row,
  reviews: { wanted, submitted, underWay },
  createdAt: createdAt.toISOString(),
  deadline: deadline?.toISOString() ?? null,
});

/** By name, with how many articles each has and how many of them are settled. For editors and adjudicators. */
export const listBatches = (
  actor: Actor,
  projectId: string,
  input: z.infer<typeof batchQuery> = {},
): Promise<Result<Page<BatchView>>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "articles.list");
    if (!may.ok) return may;
    const after = decodeCursor("name", ["text", "uuid"], input.cursor);
    if (!after.ok) return after;
    const [name, id] = after.value ?? [null, null];
    const limit = limitOf(input);
    const rows = await readRows(tx, actor, projectId, {
      q: input.q ?? null,
      name: name ?? null,
      id: id ?? null,
      only: null,
      limit: limit + 1,
    });
    const listed = page(rows, limit, "name", (row) => [row.name, row.id]);
    return ok({ ...listed, items: listed.items.map(view) });
  });

type Which = {
  readonly q: string | null;
  readonly name: string | number | null;
  readonly id: string | number | null;
  readonly only: string | null;
  readonly limit: number;
};

/** An article under one's own open review counts as open, whatever has become of it. */
const readRows = (
  tx: Tx,
  actor: Actor,
  projectId: string,
  { q, name, id, only, limit }: Which,
): Promise<Row[]> => tx.$queryRaw<Row[]>`
  WITH b AS (
    SELECT * FROM "Batch"
     WHERE "projectId" = ${projectId}::uuid AND (${only}::uuid IS NULL OR "id" = ${only}::uuid)
       AND (${q}::text IS NULL OR position(lower(${q}::text) IN lower("name")) > 0)
       AND (${id}::text IS NULL OR (lower("name") COLLATE "C", "id"::text) > (lower(${name}::text) COLLATE "C", ${id}::text))
     ORDER BY lower("name") COLLATE "C", "id"::text LIMIT ${limit})
  SELECT b."id", b."name", b."purpose", b."reviewersPerArticle", b."share", b."followsId", b."priority", b."deadline",
         coalesce(b."people", '{}') AS "people", b."createdAt", n.*
    FROM b JOIN "Project" p ON p."id" = b."projectId" CROSS JOIN LATERAL (
      SELECT count(*)::int AS "articles", count(*) FILTER (WHERE s."state" = 'OPEN')::int AS "open",
             count(*) FILTER (WHERE s."state" = 'ADJUDICATION')::int AS "adjudication",
             count(*) FILTER (WHERE s."state" = 'SETTLED')::int AS "settled",
             coalesce(sum(CASE WHEN b."purpose" = 'training' THEN s."given" ELSE greatest(s."wanted", s."given") END), 0)::int AS "wanted",
             coalesce(sum(s."submitted"), 0)::int AS "submitted", coalesce(sum(s."given" - s."submitted"), 0)::int AS "underWay"
        FROM (SELECT CASE WHEN p."blind" AND a."state" <> 'SETTLED' AND own."status" IN ('ASSIGNED', 'IN_PROGRESS') THEN 'OPEN'
                     ELSE a."state" END AS "state",
                     gloss_wanted(a."single", CASE WHEN own."status" IN ('ASSIGNED', 'IN_PROGRESS') THEN 0 ELSE a."more" END,
                       b."reviewersPerArticle", p."reviewersPerArticle") AS "wanted",
                     r."given", r."submitted"
                FROM "Article" a
                LEFT JOIN "Review" own ON own."articleId" = a."id" AND own."reviewerId" = ${actor.userId}::uuid AND own."deletedAt" IS NULL
                CROSS JOIN LATERAL (
                  SELECT count(*)::int AS "given", count(*) FILTER (WHERE o."status" = 'SUBMITTED')::int AS "submitted" FROM "Review" o
                   WHERE o."projectId" = a."projectId" AND o."articleId" = a."id" AND o."deletedAt" IS NULL AND o."status" <> 'SKIPPED'
                     AND o."training" = (b."purpose" = 'training')) r
               WHERE a."projectId" = b."projectId" AND a."batchId" = b."id" AND ${current}) s) n
   ORDER BY lower(b."name") COLLATE "C", b."id"::text`;

async function read(tx: Tx, actor: Actor, projectId: string, batchId: string): Promise<Result<BatchView>> {
  const rows = await readRows(tx, actor, projectId, { q: null, name: null, id: null, only: batchId, limit: 1 });
  return rows[0] ? ok(view(rows[0])) : notFound();
}

/** Those who are no members of the project, each placed. */
async function strangers(tx: Tx, projectId: string, people: readonly string[]): Promise<readonly Fault[]> {
  const members = await tx.member.findMany({
    where: { projectId, userId: { in: [...people] } },
    select: { userId: true },
  });
  const known = new Set(members.map(({ userId }) => userId));
  return people.flatMap((id, n) =>
    known.has(id)
      ? []
      : [{ path: `people.${n}`, code: "unknown-member", message: "Not a member of this project.", actual: id }],
  );
}

type Rules = Pick<BatchView, "purpose" | "people" | "share" | "followsId" | "reviewersPerArticle">;

/** In a calibration round everyone named reviews every article. */
const forEveryone = ({ purpose, people }: Pick<Rules, "purpose" | "people">) =>
  purpose === "calibration" ? { reviewersPerArticle: people.length } : {};

/** What of a batch's rules does not go together. */
async function unfit(tx: Tx, projectId: string, before: BatchView | null, next: Rules): Promise<readonly Fault[]> {
  const fault = (path: string, code: string, message: string): Fault => ({ path, code, message });
  const faults: Fault[] = [];
  if (next.purpose === "calibration" && (next.people.length < 2 || next.people.length > 20))
    faults.push(fault("people", "two-or-more", "A calibration round needs two to twenty people, by name."));
  if (next.purpose !== "ordinary" && next.share !== null)
    faults.push(fault("share", "ordinary-only", "Only an ordinary batch can ask for a share."));
  if (
    next.purpose === "training" &&
    before !== null &&
    before.purpose !== "training" &&
    before.articles > before.settled
  )
    faults.push(fault("purpose", "not-settled", "Training is on settled articles; some of this batch are not."));
  if (next.followsId !== null) {
    const round = await tx.batch.findFirst({ where: { id: next.followsId, projectId, purpose: "calibration" } });
    if (!round || round.id === before?.id || next.purpose !== "calibration")
      faults.push(fault("followsId", "unknown-batch", "A round can follow another calibration round of the project."));
  }
  return faults;
}

/** For editors and adjudicators. */
export const getBatch = (actor: Actor, projectId: string, batchId: string): Promise<Result<BatchView>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "articles.list");
    return may.ok ? read(tx, actor, projectId, batchId) : may;
  });

export const createBatch = (
  actor: Actor,
  projectId: string,
  input: z.infer<typeof createBatchBody>,
): Promise<Result<Created<BatchView>>> =>
  creation<Created<BatchView>>(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit");
    if (!may.ok) return may;
    const hash = creationHash(input);
    const before = input.id ? await tx.batch.findUnique({ where: { id: input.id } }) : null;
    if (before) {
      if (before.projectId !== projectId || before.creationHash !== hash) return idTaken();
      const there = await read(tx, actor, projectId, before.id);
      return there.ok ? ok({ made: false, value: there.value }) : there;
    }
    const faults = [...(await strangers(tx, projectId, input.people)), ...(await unfit(tx, projectId, null, input))];
    if (faults.length > 0) return invalid(faults);
    const { id, deadline, ...fields } = { ...input, ...forEveryone(input) };
    const { id: batchId } = await tx.batch.create({
      data: {
        ...(id ? { id } : {}),
        ...fields,
        deadline: deadline ? new Date(deadline) : null,
        projectId,
        creationHash: hash,
      },
    });
    await record(tx, actor, { projectId }, { type: "batch.created", batchId });
    const made = await read(tx, actor, projectId, batchId);
    return made.ok ? ok({ made: true, value: made.value }) : made;
  });

export const changeBatch = (
  actor: Actor,
  projectId: string,
  batchId: string,
  input: z.infer<typeof changeBatchBody>,
): Promise<Result<BatchView>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit");
    if (!may.ok) return may;
    await tx.$queryRaw`SELECT 1 FROM "Batch" WHERE "id" = ${batchId}::uuid FOR UPDATE`;
    const before = await read(tx, actor, projectId, batchId);
    if (!before.ok) return before;
    const next = {
      ...before.value,
      ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
    };
    const { deadline, name, people, priority, purpose, share, followsId } = input;
    const reviewersPerArticle = forEveryone(next).reviewersPerArticle ?? input.reviewersPerArticle;
    const faults = [
      ...(await strangers(tx, projectId, people ?? [])),
      ...(await unfit(tx, projectId, before.value, next)),
    ];
    if (faults.length > 0) return invalid(faults);
    await tx.batch.update({
      where: { id: batchId },
      data: {
        ...(name === undefined ? {} : { name }),
        ...(people === undefined ? {} : { people }),
        ...(priority === undefined ? {} : { priority }),
        ...(purpose === undefined ? {} : { purpose }),
        ...(share === undefined ? {} : { share }),
        ...(followsId === undefined ? {} : { followsId }),
        ...(reviewersPerArticle === undefined ? {} : { reviewersPerArticle }),
        ...(deadline === undefined ? {} : { deadline: deadline === null ? null : new Date(deadline) }),
      },
    });
    if (input.share !== undefined && input.share !== before.value.share) await drawAnew(tx, batchId);
    await refreshDue(tx, projectId);
    const after = await read(tx, actor, projectId, batchId);
    if (after.ok && JSON.stringify(after.value) !== JSON.stringify(before.value))
      await record(tx, actor, { projectId }, { type: "batch.changed", batchId });
    return after;
  });
