/**
 * Runs jobs: one at a time in a process, in a thread of its own, so that nobody's request waits for it. Looks every second whether one waits; ends
 * with Gloss, and leaves what it was at to the next start.
 */
import path from "node:path";
import { Worker } from "node:worker_threads";
import { isDatabaseAway } from "./db";
import { claim, handBack, type Job, JobStopped, MOST_ATTEMPTS, putBack, stillRuns, takeUpSilent } from "./jobs";
import { settleJob, work } from "./jobsWork";
import { log, whatFailed } from "./log";
import { isStopping, onShutdown } from "./shutdown";

const LOOK = 1_000; // ms between two looks for a job
const BEAT = 5_000; // ms between two words that a thread lives
/** A thread's heap, MB: a job streams, whatever the size of its project. */
const HEAP = 1_024;

/** Starts looking. Called once a process; a second call in the same one does nothing. */
export function watchJobs(): void {
  const process = globalThis as typeof globalThis & { glossJobs?: true };
  if (process.glossJobs) return;
  process.glossJobs = true;
  let busy: Promise<void> | null = null;
  let stop: (() => Promise<void>) | null = null;
  const look = async () => {
    if (busy || isStopping()) return;
    try {
      await takeUpSilent();
      const job = await claim();
      if (!job) return;
      busy = runInThread(job, (stopThread) => {
        stop = stopThread;
      }).finally(() => {
        busy = null;
        stop = null;
      });
      await busy;
      void look();
    } catch (error) {
      if (!isDatabaseAway(error)) log.error({ err: whatFailed(error) }, "jobs could not be looked for");
    }
  };
  const timer = setInterval(() => void look(), LOOK);
  timer.unref();
  onShutdown(async () => {
    clearInterval(timer);
    await stop?.();
    await busy;
  });
}

/** The thread is TypeScript of the repository, which the app is served from; tsx lets it read it. */
function start(job: Job): Worker {
  const file = path.join(process.cwd(), "lib", "server", "jobs-worker.ts");
  const code = `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(`file://${file}`)}); })`;
  return new Worker(code, {
    eval: true,
    workerData: job,
    env: { ...process.env, GLOSS_POOL: "4" },
    resourceLimits: { maxOldGenerationSizeMb: HEAP },
  });
}

async function runInThread(job: Job, stoppable: (stop: () => Promise<void>) => void): Promise<void> {
  if (job.attempt > MOST_ATTEMPTS) return settleJob(job, "FAILED", `It fell over ${MOST_ATTEMPTS} times.`);
  const worker = start(job);
  let stopped = false;
  const living = setInterval(() => void stillRuns(job).catch(() => undefined), BEAT);
  stoppable(async () => {
    stopped = true;
    await worker.terminate();
  });
  const fault = await new Promise<unknown>((done) => {
    worker.once("error", done);
    worker.once("exit", (code) => done(code === 0 ? null : `it ended with ${code}`));
  });
  clearInterval(living);
  if (stopped) await handBack(job).catch(() => undefined);
  else if (fault !== null) {
    log.error({ job: job.id, kind: job.kind, attempt: job.attempt, err: whatFailed(fault) }, "a job fell over");
    await putBack(job).catch(() => undefined);
  }
}

/** In this process, for commands: the oldest jobs first, until none waits that may run. */
export async function runWaitingJobs(): Promise<void> {
  for (let job = await claim(); job; job = await claim()) {
    const mine = job;
    const living = setInterval(() => void stillRuns(mine).catch(() => undefined), BEAT);
    try {
      await work(mine);
    } catch (error) {
      if (!(error instanceof JobStopped && error.why === "lost")) throw error;
    } finally {
      clearInterval(living);
    }
  }
}
