/** Agreement of a project: who may see which figures. They are computed in a thread of its own (agreement-jobs.ts) and kept as long as nothing counts otherwise. */
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { canProject } from "../access/can";
import type { AgreementReport } from "../agreement/report";
import type { RegionRole } from "../regions/roles";
import { ok, type Result, refuse } from "../result";
import type { Scheme } from "../scheme/scheme";
import { projectFor } from "./access";
import type { AgreementQuery, progressView } from "./agreement.schema";
import { begin, known, leave } from "./agreement-jobs";
import { type Counted, FINGERPRINT } from "./agreement-sql";
import type { Task } from "./agreement-worker";
import { pool, transaction } from "./db";
import { schemeOf } from "./kept";
import { sourceNames } from "./sources";

/** `all`: everything, with reviewers and pairs; `aggregates`: no reviewers, no pairs; `own`: what concerns the asker, of settled articles. */
export type AgreementView = "all" | "aggregates" | "own";

export type AgreementAnswer = {
  readonly view: AgreementView;
  readonly report: AgreementReport;
  readonly scheme: Scheme;
  /** Reviewer as the report names them to the name of the person; empty for aggregates. */
  readonly names: Readonly<Record<string, string>>;
  /** The same to the person's id. */
  readonly ids: Readonly<Record<string, string>>;
  readonly computedAt: string;
};

export type AgreementProgress = z.infer<typeof progressView>;

type Asked = { readonly view: AgreementView; readonly task: Task; readonly scheme: Scheme };

/** Of nobody in particular: whoever reviews nothing here just now is told the same as everybody else who may see all. */
const ANYBODY = "00000000-0000-0000-0000-000000000000";

/**
 * What is asked for, if it may be. Refuses: not-found; forbidden. Administrators, editors and adjudicators see all, viewers
 * aggregates, a reviewer their own figures over articles that are settled; nobody figures of an article that they are reviewing.
 */
async function askedFor(actor: Actor, projectId: string, query: AgreementQuery): Promise<Result<Asked>> {
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
    const reviewing = await tx.review.findFirst({
      where: { projectId, reviewerId: actor.userId, deletedAt: null, status: { in: ["ASSIGNED", "IN_PROGRESS"] } },
      select: { id: true },
    });
    const own = view === "own";
    return ok({
      view,
      ...project,
      who: own || reviewing ? actor.userId : ANYBODY,
      sources: await sourceNames(tx, projectId),
    });
  });
  if (!asked.ok) return asked;
  const { view, schemeVersion, scope, who, sources } = asked.value;
  const scheme = await schemeOf(pool(), projectId, schemeVersion);
  const counted: Counted = [projectId, who, view === "own", query.outlet ?? null, query.batch ?? null];
  const { rows } = await pool().query<{ fingerprint: string }>({
    name: "agreement.fingerprint",
    text: FINGERPRINT,
    values: [...counted],
  });
  const task: Task = {
    url: process.env.DATABASE_URL ?? "",
    counted,
    fingerprint: rows[0]?.fingerprint ?? "",
    scheme,
    scope: scope as RegionRole[],
    sources: [...sources],
    seed: query.seed,
    replicates: query.replicates,
    accepted: query.accepted !== "false",
    suggestions: query.suggestions === "true",
    // Of reviewers one hears only from whoever may tell who is who.
    by: (query.by ?? []).filter((one) => one !== "reviewer" || view !== "aggregates"),
  };
  return ok({ view, task, scheme });
}

/** Waits until the figures are there. Refuses besides: unavailable when too many are computed at once; conflict when it was stopped. */
export async function projectAgreement(
  actor: Actor,
  projectId: string,
  query: AgreementQuery,
): Promise<Result<AgreementAnswer>> {
  const asked = await askedFor(actor, projectId, query);
  if (!asked.ok) return asked;
  const job = begin(asked.value.task, actor.userId);
  const done = await job.done;
  return done.ok ? ok(await answerOf(asked.value, done.value, job.at ?? new Date(), actor)) : done;
}

/** For pages: the figures if they are there within `patience` milliseconds, else how far they are; the computation goes on. */
export async function agreementSoon(
  actor: Actor,
  projectId: string,
  query: AgreementQuery,
  patience: number,
): Promise<Result<AgreementAnswer | { readonly progress: AgreementProgress }>> {
  const asked = await askedFor(actor, projectId, query);
  if (!asked.ok) return asked;
  const job = begin(asked.value.task, actor.userId);
  const done = await Promise.race([
    job.done,
    new Promise<null>((late) => setTimeout(() => late(null), patience).unref()),
  ]);
  if (done === null) return ok({ progress: progressOf(job) });
  return done.ok ? ok(await answerOf(asked.value, done.value, job.at ?? new Date(), actor)) : done;
}

const progressOf = ({ step, at }: Pick<NonNullable<ReturnType<typeof known>>, "step" | "at">): AgreementProgress => ({
  state: at ? "done" : step.step,
  done: step.done,
  of: step.of,
});

/** Of the same question as `projectAgreement`. */
export async function agreementProgress(
  actor: Actor,
  projectId: string,
  query: AgreementQuery,
): Promise<Result<AgreementProgress>> {
  const asked = await askedFor(actor, projectId, query);
  if (!asked.ok) return asked;
  const job = known(asked.value.task);
  return ok(job ? progressOf(job) : { state: "none", done: 0, of: 0 });
}

/** Ends the computation, unless somebody else waits for the same. Harmless when there is none. */
export async function stopAgreement(actor: Actor, projectId: string, query: AgreementQuery): Promise<Result<null>> {
  const asked = await askedFor(actor, projectId, query);
  if (!asked.ok) return asked;
  leave(asked.value.task, actor.userId);
  return ok(null);
}

async function answerOf(
  { view, scheme }: Asked,
  report: AgreementReport,
  at: Date,
  actor: Actor,
): Promise<AgreementAnswer> {
  const shown = view === "aggregates" ? nameless(report) : view === "own" ? ownOnly(report, actor.userId) : report;
  return { view, report: shown, scheme, ...(await peopleOf(shown.reviewers)), computedAt: at.toISOString() };
}

/** How competent others are is not a reviewer's to know, nor how they do against each other. */
function ownOnly(report: AgreementReport, userId: string): AgreementReport {
  const { reviewer } = report.by;
  return {
    ...report,
    competence: { ...report.competence, reviewers: null },
    by: { ...report.by, ...(reviewer ? { reviewer: reviewer.filter(({ key }) => key === userId) } : {}) },
  };
}

/** Without who is who, and without figures of two people. */
function nameless(report: AgreementReport): AgreementReport {
  return {
    ...report,
    reviewers: report.reviewers.map((_, n) => String(n + 1)),
    pairs: [],
    competence: { ...report.competence, reviewers: null },
    tokens: {
      labels: Object.fromEntries(
        Object.entries(report.tokens.labels).map(([label, of]) => [label, { ...of, pairs: [] }]),
      ),
    },
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

type People = Pick<AgreementAnswer, "names" | "ids">;

/** Reviewers stand in the report by id, or by name where only an import knows them; numbers are nobody. */
async function peopleOf(reviewers: readonly string[]): Promise<People> {
  const ids = reviewers.filter((name) => UUID.test(name));
  const imported = reviewers.filter((name) => !UUID.test(name) && !/^\d+$/.test(name));
  const { rows } = await pool().query<{ id: string; name: string; imported: boolean }>(
    `SELECT "id", "name", "email" IS NULL AS "imported" FROM "User"
      WHERE "id" = ANY ($1::uuid[]) OR ("email" IS NULL AND "name" = ANY ($2))`,
    [ids, imported],
  );
  const names = new Map(rows.map((row) => [row.id, row.name]));
  const named = (name: string) => rows.filter((row) => row.imported && row.name === name);
  return {
    names: Object.fromEntries([...ids, ...imported].map((key) => [key, names.get(key) ?? key])),
    ids: Object.fromEntries([
      ...ids.map((id) => [id, id]),
      // Of two imported reviewers of one name nobody can tell which is meant.
      ...imported.flatMap((name) => (named(name).length === 1 ? [[name, named(name)[0]?.id]] : [])),
    ]),
  };
}
