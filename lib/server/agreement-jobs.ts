/**
 * Computations of agreement: one at a time, in a thread of its own, with progress, stopped on request, and kept until something counts
 * otherwise. Pages and the API are bundled apart, so what they share is kept on the global object.
 */
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { AgreementReport } from "../agreement/report";
import { ok, type Result, refuse } from "../result";
import type { Outcome, Step, Task } from "./agreement-worker";
import { Slots, tooMuchAtOnce } from "./bulk";

const LONGEST_MS = 10 * 60_000;
const IDLE_MS = 5 * 60_000;
const PATIENCE_MS = 60_000;
const KEPT = 100;

export type Waiting = { readonly step: "waiting"; readonly done: 0; readonly of: 0 };

type Job = {
  readonly fingerprint: string;
  /** Who asked for it and still waits; the last who leaves stops it. */
  readonly askers: Set<string>;
  readonly done: Promise<Result<AgreementReport>>;
  step: Step | Waiting;
  /** When the figures were there; null: not yet. */
  at: Date | null;
  stopped: boolean;
  worker: Worker | null;
};

type Shared = {
  readonly jobs: Map<string, Job>;
  readonly slots: Slots;
  worker: Worker | null;
  idle: NodeJS.Timeout | undefined;
};

const global = globalThis as typeof globalThis & { glossAgreement?: Shared };

function shared(): Shared {
  global.glossAgreement ??= { jobs: new Map(), slots: new Slots(1, PATIENCE_MS), worker: null, idle: undefined };
  return global.glossAgreement;
}

/** Of the same project, filters and options; what counts is told by the fingerprint. */
export const keyOf = ({ counted, seed, replicates, accepted, suggestions, by }: Task): string =>
  JSON.stringify([counted, seed, replicates, accepted, suggestions, [...by].sort()]);

/** The computation under way or done for this task; null: there is none. */
export function known(task: Task): Job | null {
  const job = shared().jobs.get(keyOf(task));
  return job?.fingerprint === task.fingerprint ? job : null;
}

/** As `known`, begun where there is none. */
export function begin(task: Task, asker: string): Job {
  const before = known(task);
  if (before) {
    before.askers.add(asker);
    return before;
  }
  const { jobs } = shared();
  const key = keyOf(task);
  const job: Job = {
    fingerprint: task.fingerprint,
    askers: new Set([asker]),
    done: Promise.resolve().then(() => computed(task, job)),
    step: { step: "waiting", done: 0, of: 0 },
    at: null,
    stopped: false,
    worker: null,
  };
  jobs.delete(key);
  jobs.set(key, job);
  for (const [old, { at }] of jobs) {
    if (jobs.size <= KEPT) break;
    if (at) jobs.delete(old);
  }
  const forget = () => {
    if (jobs.get(key) === job) jobs.delete(key);
  };
  job.done.then((result) => {
    if (!result.ok) forget();
  }, forget);
  return job;
}

const stoppedRefusal = () =>
  refuse("conflict", "The computation was stopped. Nothing was changed; ask again to begin anew.");

/** Whoever asked waits no more; where nobody else does, it ends. Answers whether it did. */
export function leave(task: Task, asker: string): boolean {
  const job = known(task);
  if (!job || job.at) return false;
  job.askers.delete(asker);
  if (job.askers.size > 0) return false;
  job.stopped = true;
  shared().jobs.delete(keyOf(task));
  void job.worker?.terminate();
  return true;
}

async function computed(task: Task, job: Job): Promise<Result<AgreementReport>> {
  const release = await shared().slots.take();
  if (!release) return tooMuchAtOnce("computations of agreement");
  try {
    if (job.stopped) return stoppedRefusal();
    const report = await inThread(task, job);
    job.at = new Date();
    return ok(report);
  } catch (error) {
    if (job.stopped) return stoppedRefusal();
    throw error;
  } finally {
    job.worker = null;
    release();
  }
}

/** The worker is TypeScript of the repository, which the app is served from; tsx lets the thread read it. */
function start(): Worker {
  const file = path.join(process.cwd(), "lib", "server", "agreement-worker.ts");
  const code = `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(`file://${file}`)}); })`;
  const worker = new Worker(code, { eval: true });
  worker.once("exit", () => {
    if (shared().worker === worker) shared().worker = null;
  });
  return worker;
}

/** The slot makes sure that the thread has one task at a time. It goes when nobody has asked for some minutes. */
function inThread(task: Task, job: Job): Promise<AgreementReport> {
  const all = shared();
  clearTimeout(all.idle);
  all.worker ??= start();
  const { worker } = all;
  job.worker = worker;
  return new Promise<AgreementReport>((resolve, reject) => {
    const late = setTimeout(() => void worker.terminate(), LONGEST_MS);
    const hear = (message: Step | Outcome) => {
      if ("step" in message) {
        job.step = message;
        return;
      }
      end();
      if ("error" in message) reject(new Error(message.error));
      else resolve(message.report);
    };
    const exit = (code: number) => {
      end();
      reject(new Error(`the thread that measures agreement ended with ${code}`));
    };
    const end = () => {
      clearTimeout(late);
      worker.off("message", hear).off("exit", exit).off("error", reject);
      worker.unref();
      all.idle = setTimeout(() => void worker.terminate(), IDLE_MS).unref();
    };
    worker.on("message", hear).on("exit", exit).on("error", reject);
    worker.ref();
    worker.postMessage(task);
  });
}
