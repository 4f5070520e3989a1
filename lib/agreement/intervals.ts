/** The intervals of layered u-alpha: pooled, and a label, from the articles' statistics (layered.ts has the formulas). */
import { bootstrap, byCluster, HIGH, jackknife, LOW, quantile, rowCount, type Statistics } from "./bootstrap";
import type { LabelStatistics } from "./layered";
import type { Interval, Jackknife } from "./report";

export const REPLICATES = 2_000;
const FEW = 10;

/** A growing column of numbers, one an article. */
class Column {
  #values = new Float64Array(64);

  set(row: number, value: number): void {
    if (row >= this.#values.length) {
      const larger = new Float64Array(Math.max(row + 1, this.#values.length * 2));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[row] = value;
  }

  at(row: number): number {
    return this.#values[row] ?? 0;
  }
}

type LabelColumns = { readonly covered: Column; readonly squares: Column; readonly disagreed: Column };

/** Per counted article a row: ℓ, and for each label ℓ_k, S_k and D_o. Enough for every replicate. */
export class ArticleStatistics {
  readonly #length = new Column();
  readonly #reviewers = new Column();
  readonly #ids: string[] = [];
  readonly #clusters: (string | null)[] = [];
  readonly #labels = new Map<number, LabelColumns>();

  /** Then `addLabel` for the article's labels. */
  addArticle(id: string, length: number, reviewers: number, cluster: string | null): void {
    this.#ids.push(id);
    const row = this.#clusters.push(cluster) - 1;
    this.#length.set(row, length * reviewers);
    this.#reviewers.set(row, reviewers);
  }

  addLabel(label: number, statistics: LabelStatistics): void {
    const columns = this.#labels.get(label) ?? {
      covered: new Column(),
      squares: new Column(),
      disagreed: new Column(),
    };
    this.#labels.set(label, columns);
    const row = this.#clusters.length - 1;
    columns.covered.set(row, statistics.covered);
    columns.squares.set(row, statistics.squares);
    columns.disagreed.set(row, statistics.disagreed);
  }

  /** Distinct ones: of a reviewer against each of the others, an article is added once a pair. */
  get articles(): number {
    return new Set(this.#ids).size;
  }

  get clustered(): boolean {
    return this.#clusters.some((cluster) => cluster !== null);
  }

  /**
   * Rows as they are drawn: articles, or stories where any is known; by id, so that the same seed draws the same ones in whatever order
   * they were added. What was added under one id is one row. `labels`: the labels in the order of the columns.
   */
  statistics(labels: readonly number[]): Statistics {
    const columns = labels.map((label) => this.#labels.get(label));
    const width = 1 + 3 * columns.length;
    const order = this.#ids.map((_, row) => row).sort((a, b) => compare(this.#ids[a], this.#ids[b]));
    const rows = new Float64Array(order.length * width);
    const scale = this.#scale();
    order.forEach((row, place) => {
      const at = place * width;
      rows[at] = this.#length.at(row);
      const weight = scale / (this.#reviewers.at(row) - 1);
      columns.forEach((column, i) => {
        rows[at + 1 + 3 * i] = column?.covered.at(row) ?? 0;
        rows[at + 2 + 3 * i] = column?.squares.at(row) ?? 0;
        rows[at + 3 + 3 * i] = (column?.disagreed.at(row) ?? 0) * weight;
      });
    });
    const statistics = { rows, width };
    if (!this.clustered && this.articles === this.#ids.length) return statistics;
    const cluster = (row: number) => this.#clusters[row] ?? null;
    return byCluster(
      statistics,
      order.map((row) => (cluster(row) === null ? `article ${this.#ids[row]}` : `story ${cluster(row)}`)),
    );
  }

  /**
   * By what D_o is multiplied so that dividing by m_d − 1 leaves whole numbers, which floating point adds exactly: their least
   * common multiple, while it is small. 1 otherwise.
   */
  #scale(): number {
    let scale = 1;
    const seen = new Set<number>();
    for (let row = 0; row < this.#clusters.length; row++) seen.add(this.#reviewers.at(row) - 1);
    for (const by of seen) scale = (scale / gcd(scale, by)) * by;
    return scale <= 1_000_000 ? scale : 1;
  }

  /** Pooled alpha, then each label's, from summed rows; NaN where not defined. */
  figures(labels: readonly number[]): (sums: Float64Array) => readonly number[] {
    const count = labels.length;
    const scale = this.#scale();
    return (sums) => {
      const total = sums[0] ?? 0;
      const values = new Array<number>(count + 1);
      let [observed, expected] = [0, 0];
      for (let i = 0; i < count; i++) {
        const covered = sums[1 + 3 * i] ?? 0;
        const squares = sums[2 + 3 * i] ?? 0;
        const disagreed = (sums[3 + 3 * i] ?? 0) / scale;
        const gap = total - covered;
        const pairs = total * total - gap - squares;
        const chance = pairs > 0 ? (2 * total * gap * covered) / pairs : 0;
        values[i + 1] = chance > 0 ? (chance - disagreed) / chance : Number.NaN;
        observed += disagreed;
        expected += chance;
      }
      values[0] = expected > 0 ? (expected - observed) / expected : Number.NaN;
      return values;
    };
  }
}

const compare = (a = "", b = ""): number => (a < b ? -1 : a > b ? 1 : 0);

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

export type Intervals = {
  readonly pooled: Interval;
  readonly jackknife: Jackknife | null;
  readonly labels: ReadonlyMap<number, Interval>;
};

/** `labels`: label numbers in scheme order. */
export function intervals(
  articles: ArticleStatistics,
  labels: readonly number[],
  replicates: number,
  seed: number,
  /** Told after each replicate how many rows it drew. */
  tick: (rows: number) => void = () => undefined,
): Intervals {
  const statistics = articles.statistics(labels);
  const figures = articles.figures(labels);
  const unit = articles.clustered ? "story" : "article";
  const units = rowCount(statistics);
  const drawn = bootstrap(statistics, figures, replicates, seed, tick);
  const intervalOf = (figure: number): Interval => {
    const { values, dropped } = drawn[figure] ?? { values: [], dropped: replicates };
    return { low: quantile(values, LOW), high: quantile(values, HIGH), replicates, dropped, seed, unit, units };
  };
  const few = units < FEW;
  return {
    pooled: intervalOf(0),
    jackknife: few ? { standardError: jackknife(statistics, figures)[0] ?? null, warning: "few-articles" } : null,
    labels: new Map(labels.map((label, i) => [label, intervalOf(i + 1)])),
  };
}
