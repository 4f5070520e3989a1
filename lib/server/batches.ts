/** Batches: named sets of articles with their own reviewers per article, people, priority and deadline. Articles are put into one by PATCH /articles. */
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { type Fault, invalid, notFound, ok, type Result } from "../result";
import { projectFor } from "./access";
import { record } from "./audit";
import { type Created, creation, creationHash, idTaken } from "./creation";
import { type Tx, transaction } from "./db";
import { decodeCursor, limitOf, type Page, page } from "./paging";
import type { batchQuery, batchView, changeBatchBody, createBatchBody } from "./projects.schema";

export type BatchView = z.infer<typeof batchView>;

type Row = Omit<BatchView, "createdAt" | "deadline"> & { readonly createdAt: Date; readonly deadline: Date | null };

const view = ({ createdAt, deadline, ...row }: Row): BatchView => ({
  ...row,
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
    const rows = await readRows(tx, projectId, {
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

const readRows = (tx: Tx, projectId: string, { q, name, id, only, limit }: Which): Promise<Row[]> => tx.$queryRaw<
  Row[]
>`
  WITH b AS (
    SELECT * FROM "Batch"
     WHERE "projectId" = ${projectId}::uuid AND (${only}::uuid IS NULL OR "id" = ${only}::uuid)
       AND (${q}::text IS NULL OR position(lower(${q}::text) IN lower("name")) > 0)
       AND (${id}::text IS NULL OR (lower("name") COLLATE "C", "id"::text) > (lower(${name}::text) COLLATE "C", ${id}::text))
     ORDER BY lower("name") COLLATE "C", "id"::text LIMIT ${limit})
  SELECT b."id", b."name", b."reviewersPerArticle", b."priority", b."deadline", b."people", b."createdAt",
         count(a."id")::int AS "articles", count(a."id") FILTER (WHERE a."state" = 'SETTLED')::int AS "settled"
    FROM b LEFT JOIN "Article" a ON a."projectId" = b."projectId" AND a."batchId" = b."id" AND a."deletedAt" IS NULL
   GROUP BY b."id", b."name", b."reviewersPerArticle", b."priority", b."deadline", b."people", b."createdAt"
   ORDER BY lower(b."name") COLLATE "C", b."id"::text`;

async function read(tx: Tx, projectId: string, batchId: string): Promise<Result<BatchView>> {
  const rows = await readRows(tx, projectId, { q: null, name: null, id: null, only: batchId, limit: 1 });
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
      const there = await read(tx, projectId, before.id);
      return there.ok ? ok({ made: false, value: there.value }) : there;
    }
    const faults = await strangers(tx, projectId, input.people);
    if (faults.length > 0) return invalid(faults);
    const { id, deadline, ...fields } = input;
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
    const made = await read(tx, projectId, batchId);
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
    const before = await read(tx, projectId, batchId);
    if (!before.ok) return before;
    const { deadline, name, people, priority, reviewersPerArticle } = input;
    const faults = await strangers(tx, projectId, people ?? []);
    if (faults.length > 0) return invalid(faults);
    await tx.batch.update({
      where: { id: batchId },
      data: {
        ...(name === undefined ? {} : { name }),
        ...(people === undefined ? {} : { people }),
        ...(priority === undefined ? {} : { priority }),
        ...(reviewersPerArticle === undefined ? {} : { reviewersPerArticle }),
        ...(deadline === undefined ? {} : { deadline: deadline === null ? null : new Date(deadline) }),
      },
    });
    const after = await read(tx, projectId, batchId);
    if (after.ok && JSON.stringify(after.value) !== JSON.stringify(before.value))
      await record(tx, actor, { projectId }, { type: "batch.changed", batchId });
    return after;
  });
