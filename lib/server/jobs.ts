/**
 * Work that runs behind the requests: a row each, taken by any instance under a row lock, one at a time a project. Whoever runs a job says so every
 * few seconds; one that fell silent is taken up again. Every start has a number, and what an earlier start still writes is refused by it.
 */
import { randomUUID } from "node:crypto";
import type { Tx } from "./db";
import { pool } from "./db";

export const JOB_KINDS = ["release"] as const;
export type JobKind = (typeof JOB_KINDS)[number];

export type Job = {
  readonly id: string;
  readonly projectId: string;
  readonly kind: JobKind;
  readonly input: unknown;
  readonly attempt: number;
};

export type JobView = {
  readonly state: "QUEUED" | "RUNNING" | "DONE" | "FAILED" | "CANCELLED";
  readonly step: string;
  readonly done: number;
  readonly total: number;
  readonly fault: string | null;
};

/** A job that fell over so often is given up. */
export const MOST_ATTEMPTS = 3;
/** Seconds after which a silent job counts as dead. Its runner speaks every few. */
const SILENT = 60;

export async function enqueue(
  tx: Tx,
  { projectId, kind, input, createdBy }: Omit<Job, "id" | "attempt"> & { readonly createdBy: string | null },
): Promise<string> {
  const id = randomUUID();
  await tx.$executeRaw`
    INSERT INTO "Job" ("id", "projectId", "kind", "input", "createdBy")
    VALUES (${id}::uuid, ${projectId}::uuid, ${kind}, ${JSON.stringify(input)}::jsonb, ${createdBy}::uuid)`;
  return id;
}

/** The next that may run, now this process's; null when none waits. */
export async function claim(): Promise<Job | null> {
  try {
    const { rows } = await pool().query<Job>(`
      UPDATE "Job" SET "state" = 'RUNNING', "attempt" = "attempt" + 1, "beatAt" = now(), "done" = 0, "step" = ''
       WHERE "id" = (SELECT j."id" FROM "Job" j
                      WHERE j."state" = 'QUEUED'
                        AND NOT EXISTS (SELECT FROM "Job" r WHERE r."projectId" = j."projectId" AND r."state" = 'RUNNING')
                      ORDER BY j."createdAt", j."id" LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING "id", "projectId", "kind", "input", "attempt"`);
    return rows[0] ?? null;
  } catch (error) {
    // Another instance took another job of the same project in the same moment (Job_running).
    if (error instanceof Error && "code" in error && error.code === "23505") return null;
    throw error;
  }
}

/** Those whose runner is gone wait again, or are given up; answers how many. */
export async function takeUpSilent(): Promise<number> {
  const { rowCount } = await pool().query(
    `UPDATE "Job" SET "state" = 'QUEUED' WHERE "state" = 'RUNNING' AND "beatAt" < now() - make_interval(secs => $1)`,
    [SILENT],
  );
  return rowCount ?? 0;
}

const MINE = `"id" = $1 AND "attempt" = $2 AND "state" = 'RUNNING'`;

/** The job is no longer this runner's: cancelled, or taken up by another who thought it dead. */
export class JobStopped extends Error {
  constructor(readonly why: "cancelled" | "lost") {
    super(`the job was ${why}`);
    this.name = "JobStopped";
  }
}

/** Says that the job runs, and how far it is. Throws JobStopped. */
export async function beat(job: Job, progress?: Pick<JobView, "step" | "done" | "total">): Promise<void> {
  const { rows } = await pool().query<{ cancelAsked: boolean }>(
    `UPDATE "Job" SET "beatAt" = now(), "step" = coalesce($3, "step"), "done" = coalesce($4, "done"), "total" = coalesce($5, "total")
      WHERE ${MINE} RETURNING "cancelAsked"`,
    [job.id, job.attempt, progress?.step ?? null, progress?.done ?? null, progress?.total ?? null],
  );
  if (!rows[0]) throw new JobStopped("lost");
  if (rows[0].cancelAsked) throw new JobStopped("cancelled");
}

/** For whoever watches over the runner: it lives, whatever it is at. */
export async function stillRuns(job: Job): Promise<void> {
  await pool().query(`UPDATE "Job" SET "beatAt" = now() WHERE ${MINE}`, [job.id, job.attempt]);
}

/** In the transaction of what the job made: both stand, or neither. Throws JobStopped. */
export async function finish(tx: Tx, job: Job): Promise<void> {
  const changed = await tx.$executeRaw`
    UPDATE "Job" SET "state" = 'DONE', "done" = "total", "finishedAt" = now()
     WHERE "id" = ${job.id}::uuid AND "attempt" = ${job.attempt} AND "state" = 'RUNNING' AND NOT "cancelAsked"`;
  if (changed === 0) throw new JobStopped((await cancelAsked(tx, job)) ? "cancelled" : "lost");
}

async function cancelAsked(tx: Tx, { id, attempt }: Job): Promise<boolean> {
  return (await tx.job.count({ where: { id, attempt, state: "RUNNING", cancelAsked: true } })) > 0;
}

/** Ends a job that did not do its work; false when it was no longer this runner's. */
export async function giveUp(tx: Tx, job: Job, state: "FAILED" | "CANCELLED", fault: string | null): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE "Job" SET "state" = ${state}::"JobState", "fault" = ${fault}, "finishedAt" = now()
     WHERE "id" = ${job.id}::uuid AND "attempt" = ${job.attempt} AND "state" = 'RUNNING'`;
  return changed > 0;
}

/** Gloss ends: the job waits for the next start, which does not count as another attempt. */
export async function handBack(job: Job): Promise<void> {
  await pool().query(`UPDATE "Job" SET "state" = 'QUEUED', "attempt" = "attempt" - 1 WHERE ${MINE}`, [
    job.id,
    job.attempt,
  ]);
}

/** Its runner fell over: it waits again. */
export async function putBack(job: Job): Promise<void> {
  await pool().query(`UPDATE "Job" SET "state" = 'QUEUED' WHERE ${MINE}`, [job.id, job.attempt]);
}
