/**
 * Reads what is counted and measures it, in a thread of its own: the figures of a large project take seconds, in which nobody else's request
 * should wait. Started by agreement-jobs.ts; one article is in memory at a time. What was counted last is kept, so that other replicates or
 * other parts of the same are had without reading again.
 */
import { parentPort } from "node:worker_threads";
import pg from "pg";
import Cursor from "pg-cursor";
import type { AgreementArticle, AgreementLink, AgreementSpan } from "../agreement/article";
import { BREAKDOWNS, type Breakdown } from "../agreement/by";
import { ForeignTargets } from "../agreement/foreign";
import type { SameForeign } from "../agreement/links";
import { Measurement } from "../agreement/measure";
import type { AgreementReport } from "../agreement/report";
import type { Region, RegionRole } from "../regions/roles";
import { scopeRanges } from "../regions/scope";
import type { Scheme } from "../scheme/scheme";
import { ARTICLES, COUNT, type Counted } from "./agreement-sql";

export type Task = {
  readonly url: string;
  readonly counted: Counted;
  /** Of what counts; the same means that nothing counts otherwise. */
  readonly fingerprint: string;
  readonly scheme: Scheme;
  readonly scope: readonly RegionRole[];
  /** The register of sources: other ways to write a name, and the name, both folded. */
  readonly sources: readonly (readonly [string, string])[];
  readonly seed: number;
  readonly replicates: number;
  /** Whether values that were taken from an offer count. */
  readonly accepted: boolean;
  /** Whether spans that were made of a suggestion count. */
  readonly suggestions: boolean;
  readonly by: readonly Breakdown[];
};

/** How far it is: articles read, or rows of replicates drawn. */
export type Step = { readonly step: "reading" | "drawing"; readonly done: number; readonly of: number };
export type Outcome = { readonly report: AgreementReport } | { readonly error: string };

type Row = {
  readonly id: string;
  readonly text: string;
  readonly length: number;
  readonly story: string | null;
  readonly outlet: string | null;
  readonly regions: readonly Region[];
  readonly reviews: readonly {
    readonly reviewer: string;
    readonly reviewerId: string;
    readonly spans: readonly AgreementSpan[];
    readonly links: readonly AgreementLink[];
    readonly submittedAt: string;
    readonly schemeVersion: number | null;
    readonly guidelineVersion: number | null;
  }[];
};

const AT_ONCE = 20;
/** Milliseconds between two reports of progress. */
const TOLD_MS = 200;

let toldAt = 0;

function tell(step: Step["step"], done: number, of: number): void {
  if (Date.now() - toldAt < TOLD_MS) return;
  toldAt = Date.now();
  parentPort?.postMessage({ step, done, of } satisfies Step);
}

async function* rowsOf(client: pg.Client, task: Task): AsyncGenerator<Row> {
  const cursor = client.query(new Cursor<Row>(ARTICLES, [...task.counted]));
  try {
    for (;;) {
      const rows = await cursor.read(AT_ONCE);
      if (rows.length === 0) return;
      yield* rows;
    }
  } finally {
    await cursor.close();
  }
}

/** Of one's own figures each other reviewer of an article makes a comparison; all of others' are left out. */
function articlesOf(row: Row, { counted: [, actorId, own], scope }: Task): readonly AgreementArticle[] {
  const article: AgreementArticle = {
    id: row.id,
    length: row.length,
    text: row.text,
    scope: scopeRanges(row.regions, scope, row.length),
    regions: row.regions.filter((region) => scope.includes(region.role)),
    cluster: row.story,
    outlet: row.outlet,
    reviews: row.reviews,
  };
  if (!own) return [article];
  const mine = row.reviews.find((review) => review.reviewerId === actorId);
  const others = row.reviews.filter((review) => review !== mine);
  return mine ? others.map((other) => ({ ...article, reviews: [mine, other] })) : [];
}

async function measured(
  client: pg.Client,
  task: Task,
  { of, sameForeign }: { readonly of: number; readonly sameForeign: SameForeign },
): Promise<Measurement> {
  const { scheme, sources, suggestions } = task;
  const measurement = new Measurement({ scheme, sources: new Map(sources), sameForeign, suggestions, by: BREAKDOWNS });
  let done = 0;
  for await (const row of rowsOf(client, task)) {
    tell("reading", done++, of);
    for (const article of articlesOf(row, task)) measurement.add(article);
  }
  return measurement;
}

async function counted(task: Task): Promise<Measurement> {
  const client = new pg.Client({ connectionString: task.url, application_name: "gloss agreement" });
  await client.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    // A plan for a few articles costs less than compiling one.
    await client.query("SET LOCAL jit = off");
    const { rows } = await client.query<{ count: number }>(COUNT, [...task.counted]);
    const of = rows[0]?.count ?? 0;
    const asked = new Set<string>();
    const first = await measured(client, task, {
      of,
      sameForeign: (a, b) => {
        if (a.spanId === b.spanId) return true;
        asked.add(a.spanId).add(b.spanId);
        return false;
      },
    });
    if (asked.size === 0) return first;
    // Links to other articles are rare; only then is it looked up whether two reviewers mean the same there.
    const targets = new ForeignTargets();
    for await (const row of rowsOf(client, task))
      for (const article of articlesOf(row, task))
        if (article.reviews.some((r) => r.spans.some((s) => asked.has(s.id)))) targets.add(article);
    return await measured(client, task, { of, sameForeign: targets.same });
  } finally {
    await client.end();
  }
}

let last: { readonly key: string; readonly measurement: Measurement } | null = null;

async function run(task: Task): Promise<AgreementReport> {
  const key = JSON.stringify([task.url, task.counted, task.fingerprint, task.suggestions]);
  if (last?.key !== key) {
    last = null;
    last = { key, measurement: await counted(task) };
  }
  const { seed, replicates, accepted, by } = task;
  const progress = (done: number, of: number) => tell("drawing", done, of);
  return last.measurement.report({ seed, replicates, accepted, by, progress });
}

/** One task at a time, each answered with how far it is, and at the end with its report or with what went wrong. */
parentPort?.on("message", (task: Task) => {
  run(task).then(
    (report) => parentPort?.postMessage({ report } satisfies Outcome),
    (error: unknown) =>
      parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies Outcome),
  );
});
