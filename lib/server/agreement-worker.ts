/**
 * Reads what is counted and measures it, in a thread of its own: the figures of a large project take seconds, in which nobody else's request
 * should wait. Started by agreement.ts; one article is in memory at a time.
 */
import { parentPort } from "node:worker_threads";
import pg from "pg";
import Cursor from "pg-cursor";
import type { AgreementArticle, AgreementLink, AgreementSpan } from "../agreement/article";
import { ForeignTargets } from "../agreement/foreign";
import type { SameForeign } from "../agreement/links";
import { Measurement } from "../agreement/measure";
import type { AgreementReport } from "../agreement/report";
import type { Region, RegionRole } from "../regions/roles";
import { scopeRanges } from "../regions/scope";
import type { Scheme } from "../scheme/scheme";
import { ARTICLES, type Counted } from "./agreement-sql";

export type Task = {
  readonly url: string;
  readonly counted: Counted;
  readonly scheme: Scheme;
  readonly scope: readonly RegionRole[];
  readonly seed: number;
  readonly replicates: number;
  /** Whether values that were taken from an offer count. */
  readonly accepted: boolean;
};

export type Outcome = { readonly report: AgreementReport } | { readonly error: string };

type Row = {
  readonly id: string;
  readonly text: string;
  readonly length: number;
  readonly story: string | null;
  readonly regions: readonly Region[];
  readonly reviews: readonly {
    readonly reviewer: string;
    readonly reviewerId: string;
    readonly spans: readonly AgreementSpan[];
    readonly links: readonly AgreementLink[];
  }[];
};

const AT_ONCE = 20;

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
    cluster: row.story,
    reviews: row.reviews,
  };
  if (!own) return [article];
  const mine = row.reviews.find((review) => review.reviewerId === actorId);
  const others = row.reviews.filter((review) => review !== mine);
  return mine ? others.map((other) => ({ ...article, reviews: [mine, other] })) : [];
}

async function measured(client: pg.Client, task: Task, sameForeign: SameForeign): Promise<AgreementReport> {
  const { scheme, seed, replicates, accepted } = task;
  const measurement = new Measurement({ scheme, seed, replicates, accepted, sameForeign });
  const seen = new Set<string>();
  for await (const row of rowsOf(client, task))
    for (const article of articlesOf(row, task)) {
      measurement.add(article);
      if (article.reviews.length > 1) seen.add(article.id);
    }
  return { ...measurement.report(), articles: seen.size };
}

async function run(task: Task): Promise<AgreementReport> {
  const client = new pg.Client({ connectionString: task.url, application_name: "gloss agreement" });
  await client.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const asked = new Set<string>();
    const first = await measured(client, task, (a, b) => {
      if (a.spanId === b.spanId) return true;
      asked.add(a.spanId).add(b.spanId);
      return false;
    });
    if (asked.size === 0) return first;
    // Links to other articles are rare; only then is it looked up whether two reviewers mean the same there.
    const targets = new ForeignTargets();
    for await (const row of rowsOf(client, task))
      for (const article of articlesOf(row, task))
        if (article.reviews.some((r) => r.spans.some((s) => asked.has(s.id)))) targets.add(article);
    return await measured(client, task, targets.same);
  } finally {
    await client.end();
  }
}

/** One task at a time, each answered with its report or with what went wrong. */
parentPort?.on("message", (task: Task) => {
  run(task).then(
    (report) => parentPort?.postMessage({ report } satisfies Outcome),
    (error: unknown) =>
      parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies Outcome),
  );
});
