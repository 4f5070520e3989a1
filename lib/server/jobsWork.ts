/** What each kind of job does, and what is left when it cannot be done. */
import { ok } from "../result";
import { record } from "./audit";
import { transaction } from "./db";
import { giveUp, type Job, type JobKind, JobStopped } from "./jobs";
import { clearFiles } from "./releasesFiles";
import { makeRelease } from "./releasesMake";

const WORK: Readonly<Record<JobKind, (job: Job) => Promise<void>>> = { release: makeRelease };

/** Throws what a further attempt may cure. */
export async function work(job: Job): Promise<void> {
  try {
    await WORK[job.kind](job);
  } catch (error) {
    if (!(error instanceof JobStopped)) throw error;
    if (error.why === "cancelled") await settleJob(job, "CANCELLED", null);
  }
}

/** The end of a job that made nothing: what it was to make says so, and nothing half done stays. */
export async function settleJob(job: Job, state: "FAILED" | "CANCELLED", fault: string | null): Promise<void> {
  await transaction(async (tx) => {
    if (!(await giveUp(tx, job, state, fault))) return ok(null);
    const release = await tx.release.findUnique({ where: { jobId: job.id }, select: { number: true } });
    if (!release) return ok(null);
    const { projectId } = job;
    await clearFiles(tx, { projectId, number: release.number });
    await tx.release.update({ where: { jobId: job.id }, data: { state } });
    const type = state === "FAILED" ? "release.failed" : "release.cancelled";
    await record(tx, null, { projectId }, { type, number: release.number });
    return ok(null);
  });
}
