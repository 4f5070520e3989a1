/**
 * `npm run bench -- agreement [--articles 20000] [--rounds 3] [--memory 1] [--served 1]`: layered u-alpha and its 2,000 replicates beside the
 * barest sweep and sums that could be written for them, every measure at once, three sizes of each to show how cost grows, with data in
 * memory, made from a seed; then the same from Postgres, through the server that the screen asks (support/agreement-served.ts).
 */
import type { AgreementArticle, AgreementSpan } from "../lib/agreement/article";
import { bootstrap } from "../lib/agreement/bootstrap";
import { ArticleStatistics } from "../lib/agreement/intervals";
import { Layered, labelStatistics } from "../lib/agreement/layered";
import { measure } from "../lib/agreement/measure";
import { Names, prepare } from "../lib/agreement/prepare";
import { Random } from "../lib/agreement/random";
import { findCases } from "../lib/cases/find";
import { served } from "./support/agreement-served";
import { option, rounds, table } from "./support/database";

const LABELS = ["CLAIM", "ATTRIBUTION", "DENIAL", "FRAMING"];
const REVIEWERS = ["a", "b", "c", "d", "e"];
const LENGTH = 3_000;
const SPANS = 18.5; // a review, on average
const REPLICATES = 2_000;
const NOTHING = {};

/** Reviewers mark mostly the same places, with ends that drift and some places missed. */
function make(articles: number): AgreementArticle[] {
  const random = new Random(20_180_904);
  return Array.from({ length: articles }, (_, a) => {
    const places = Array.from({ length: 22 }, () => ({
      start: random.below(LENGTH - 200),
      size: 20 + random.below(120),
      label: LABELS[random.below(4)] ?? "CLAIM",
    }));
    return {
      id: `article ${a}`,
      length: LENGTH,
      reviews: REVIEWERS.map((reviewer) => {
        const spans: AgreementSpan[] = [];
        for (const [i, { start, size, label }] of places.entries()) {
          if (random.below(220) >= SPANS * 10) continue;
          const from = start + random.below(4);
          spans.push({
            id: `${a}.${reviewer}.${i}`,
            start: from,
            end: from + size - random.below(9),
            label,
            attributes: NOTHING,
          });
        }
        return { reviewer, spans, links: [] };
      }),
    };
  });
}

/** The yardstick: edges of an article and label sorted and counted, in floating point, nothing kept, nothing merged, nothing checked. */
function bareSweep(articles: readonly AgreementArticle[]): number {
  let disagreed = 0;
  for (const { reviews } of articles) {
    for (const label of LABELS) {
      const edges: number[] = [];
      for (const review of reviews) {
        for (const span of review.spans) if (span.label === label) edges.push(span.start * 2 + 1, span.end * 2);
      }
      edges.sort((x, y) => x - y);
      let inside = 0;
      let position = 0;
      for (const edge of edges) {
        disagreed += ((edge >> 1) - position) * 2 * inside * (reviews.length - inside);
        position = edge >> 1;
        inside += edge & 1 ? 1 : -1;
      }
    }
  }
  return disagreed;
}

function layered(articles: readonly AgreementArticle[]) {
  const sums = new Layered();
  const statistics = new ArticleStatistics();
  const [reviewers, labels] = [new Names(), new Names()];
  for (const article of articles) {
    const prepared = prepare(article, reviewers, labels);
    sums.addArticle(prepared.projection.length, prepared.lanes.length);
    statistics.addArticle(article.id, prepared.projection.length, prepared.lanes.length, null);
    for (const label of prepared.labels) {
      const one = labelStatistics(prepared, label);
      sums.addLabel(label, one, prepared.lanes.length);
      statistics.addLabel(label, one);
    }
  }
  return { value: sums.pooled(null).value, statistics, labels: labels.list.map((_, i) => i) };
}

/** The yardstick: draw rows and add them, width numbers a row, without a figure at the end. */
function bareSums(rows: Float64Array, width: number): number {
  const n = rows.length / width;
  const sums = new Float64Array(width);
  let state = 1;
  for (let b = 0; b < REPLICATES; b++) {
    sums.fill(0);
    for (let i = 0; i < n; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const at = (state % n) * width;
      for (let c = 0; c < width; c++) sums[c] = (sums[c] ?? 0) + (rows[at + c] ?? 0);
    }
  }
  return sums[0] ?? 0;
}

/** Work as `rounds` takes it: how many things were done. */
const counting = (work: () => unknown, things: number) => async () => {
  work();
  return things;
};

const count = option("rounds", 3);
const largest = option("articles", 20_000);

async function inMemory(): Promise<void> {
  for (const articles of [largest / 10, largest / 3, largest].map(Math.round)) {
    const data = make(articles);
    const spans = data.reduce((sum, a) => sum + a.reviews.reduce((s, r) => s + r.spans.length, 0), 0);
    const size = `${articles.toLocaleString("en")} articles, 5 reviewers, ${spans.toLocaleString("en")} spans`;
    const { statistics, labels } = layered(data);
    const rows = statistics.statistics(labels);
    const figures = statistics.figures(labels);

    table(
      `${size}: spans a second`,
      await rounds(count, [
        { name: "bare sweep", run: counting(() => bareSweep(data), spans) },
        { name: "layered u-alpha, exact, with statistics", run: counting(() => layered(data), spans) },
        { name: "every measure, no replicates, no text", run: counting(() => measure(data, { replicates: 0 }), spans) },
      ]),
    );
    table(
      `${size}: rows drawn a second, ${REPLICATES} replicates of ${rows.width} numbers a row`,
      await rounds(count, [
        { name: "bare sums", run: counting(() => bareSums(rows.rows, rows.width), articles * REPLICATES) },
        {
          name: "replicates with their figures",
          run: counting(() => bootstrap(rows, figures, REPLICATES, 1), articles * REPLICATES),
        },
      ]),
    );
  }

  /** One article with very many spans: how finding cases grows. */
  for (const spans of [1_000, 3_000, 10_000]) {
    const random = new Random(7);
    const marks = Array.from({ length: spans }, (_, i) => {
      const start = random.below(spans * 20);
      return {
        id: String(i),
        reviewer: REVIEWERS[i % 5] ?? "a",
        start,
        end: start + 1 + random.below(120),
        label: LABELS[random.below(4)] ?? "CLAIM",
        attributes: NOTHING,
      };
    });
    table(
      `Cases of one article with ${spans.toLocaleString("en")} spans: spans a second`,
      await rounds(count, [
        { name: "findCases", run: counting(() => findCases({ reviewers: REVIEWERS, spans: marks }), spans) },
      ]),
    );
  }
}

if (option("memory", 1)) await inMemory();
if (option("served", 1)) await served(largest);
