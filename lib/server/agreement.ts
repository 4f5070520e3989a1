/** Agreement of a project: who may see which figures, computed in a thread of its own, and kept as long as nothing counts otherwise. */
import { once } from "node:events";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Actor } from "../access/actor";
import { canProject } from "../access/can";
import type { AgreementReport } from "../agreement/report";
import type { RegionRole } from "../regions/roles";
import { ok, type Result, refuse } from "../result";
import type { Scheme } from "../scheme/scheme";
import { projectFor } from "./access";
import type { AgreementQuery } from "./agreement.schema";
import { type Counted, FINGERPRINT } from "./agreement-sql";
import type { Outcome, Task } from "./agreement-worker";
import { Slots, tooMuchAtOnce } from "./bulk";
import { pool, transaction } from "./db";
import { schemeOf } from "./kept";

/** `all`: everything, with reviewers and pairs; `aggregates`: no reviewers, no pairs; `own`: what concerns the asker, of settled articles. */
export type AgreementView = "all" | "aggregates" | "own";

export type AgreementAnswer = {
  readonly view: AgreementView;
  readonly report: AgreementReport;
  readonly scheme: Scheme;
  /** Reviewer as the report names them to the name of the person; empty for aggregates. */
  readonly names: Readonly<Record<string, string>>;
  readonly computedAt: string;
};

/** One computation at a time; the others wait for their turn up to a minute. */
const slots = new Slots(1, 60_000);
const LONGEST_MS = 10 * 60_000;
const IDLE_MS = 5 * 60_000;

type Kept = { readonly fingerprint: string; readonly report: Promise<AgreementReport>; readonly at: Date };
const KEPT = 100;
const kept = new Map<string, Kept>();

/**
 * Refuses: not-found; forbidden; unavailable when too many are computed at once. Administrators, editors and adjudicators see all, viewers
 * aggregates, a reviewer their own figures over articles that are settled; nobody figures of an article that they are reviewing.
 */
export async function projectAgreement(
  actor: Actor,
  projectId: string,
  query: AgreementQuery,
): Promise<Result<AgreementAnswer>> {
  const asked = await transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.see");
    if (!may.ok) return may;
    const view: AgreementView | null = canProject(actor, "agreement.all", may.value)
      ? "all"
      : canProject(actor, "agreement.aggregates", may.value)
        ? "aggregates"
        : canProject(actor, "agreement.own", may.value)
          ? "own"
          : null;
    if (!view) return refuse("forbidden", "Your role here does not allow this.");
    const project = await tx.project.findUniqueOrThrow({
      where: { id: projectId },
      select: { schemeVersion: true, scope: true },
    });
    return ok({ view, ...project });
  });
  if (!asked.ok) return asked;
  const { view, schemeVersion, scope } = asked.value;
  const scheme = await schemeOf(pool(), projectId, schemeVersion);
  const counted: Counted = [projectId, actor.userId, view === "own", query.outlet ?? null, query.batch ?? null];
  const done = await computed(counted, {
    ...{ scheme, scope: scope as RegionRole[], seed: query.seed, replicates: query.replicates },
    accepted: query.accepted !== "false",
  });
  if (!done.ok) return done;
  const { report, at } = done.value;
  const shown = view === "aggregates" ? nameless(report) : report;
  const names = await namesOf(shown.reviewers);
  return ok({ view, report: shown, scheme, names, computedAt: at.toISOString() });
}

type Settings = Pick<Task, "scheme" | "scope" | "seed" | "replicates" | "accepted">;

async function computed(
  counted: Counted,
  { scheme, scope, seed, replicates, accepted }: Settings,
): Promise<Result<{ readonly report: AgreementReport; readonly at: Date }>> {
  const { rows } = await pool().query<{ fingerprint: string }>({
    name: "agreement.fingerprint",
    text: FINGERPRINT,
    values: [...counted],
  });
  const fingerprint = rows[0]?.fingerprint ?? "";
  const key = JSON.stringify([counted, seed, replicates, accepted]);
  const known = kept.get(key);
  if (known?.fingerprint === fingerprint) return ok({ report: await known.report, at: known.at });
  const release = await slots.take();
  if (!release) return tooMuchAtOnce("computations of agreement");
  // Another request may have had the same computed meanwhile.
  const meanwhile = kept.get(key);
  if (meanwhile?.fingerprint === fingerprint) {
    release();
    return ok({ report: await meanwhile.report, at: meanwhile.at });
  }
  const url = process.env.DATABASE_URL ?? "";
  const report = inThread({ url, counted, scheme, scope, seed, replicates, accepted }).finally(release);
  const at = new Date();
  kept.delete(key);
  kept.set(key, { fingerprint, report, at });
  for (const old of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(old);
  }
  report.catch(() => kept.delete(key));
  return ok({ report: await report, at });
}

let thread: Worker | null = null;
let idle: NodeJS.Timeout | undefined;

/** The worker is TypeScript of the repository, which the app is served from; tsx lets the thread read it. */
function start(): Worker {
  const file = path.join(process.cwd(), "lib", "server", "agreement-worker.ts");
  const code = `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(`file://${file}`)}); })`;
  const worker = new Worker(code, { eval: true });
  worker.once("exit", () => {
    if (thread === worker) thread = null;
  });
  return worker;
}

/** The slot makes sure that the thread has one task at a time. It goes when nobody has asked for some minutes. */
async function inThread(task: Task): Promise<AgreementReport> {
  clearTimeout(idle);
  thread ??= start();
  const worker = thread;
  const ended = new AbortController();
  const late = setTimeout(() => void worker.terminate(), LONGEST_MS);
  try {
    const answer = once(worker, "message", { signal: ended.signal });
    const exit = once(worker, "exit", { signal: ended.signal }).then(([code]: number[]) => {
      throw new Error(`the thread that measures agreement ended with ${code}`);
    });
    worker.ref();
    worker.postMessage(task);
    const [outcome] = (await Promise.race([answer, exit])) as [Outcome];
    if ("error" in outcome) throw new Error(outcome.error);
    return outcome.report;
  } finally {
    ended.abort();
    clearTimeout(late);
    worker.unref();
    idle = setTimeout(() => void worker.terminate(), IDLE_MS).unref();
  }
}

/** Without who is who, and without figures of two people. */
function nameless(report: AgreementReport): AgreementReport {
  return {
    ...report,
    reviewers: report.reviewers.map((_, n) => String(n + 1)),
    pairs: [],
    tokens: {
      labels: Object.fromEntries(
        Object.entries(report.tokens.labels).map(([label, of]) => [label, { ...of, pairs: [] }]),
      ),
    },
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

async function namesOf(reviewers: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const ids = reviewers.filter((name) => UUID.test(name));
  const { rows } = await pool().query<{ id: string; name: string }>(
    `SELECT "id", "name" FROM "User" WHERE "id" = ANY ($1::uuid[])`,
    [ids],
  );
  const known = new Map(rows.map((row) => [row.id, row.name]));
  return Object.fromEntries(reviewers.flatMap((name) => (/^\d+$/.test(name) ? [] : [[name, known.get(name) ?? name]])));
}
