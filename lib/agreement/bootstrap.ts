/**
 * Intervals by resampling whole articles (or stories) with replacement: percentile bootstrap (Efron and Tibshirani 1993) with type-7
 * quantiles (Hyndman and Fan 1996), and the delete-one jackknife. Replicates add the articles' statistics; no text is touched again.
 */
import { Random } from "./random";

/** A row an article, `width` numbers a row, one after the other. */
export type Statistics = { readonly rows: Float64Array; readonly width: number };

/** A figure from summed statistics; NaN where it is not defined. Several figures may be asked at once. */
export type Figures = (sums: Float64Array) => readonly number[];

export const rowCount = ({ rows, width }: Statistics): number => (width === 0 ? 0 : rows.length / width);

/** Rows of one cluster added up; clusters in the order in which they are first met. `null` is a cluster of its own. */
export function byCluster(statistics: Statistics, clusters: readonly (string | null)[]): Statistics {
  const { rows, width } = statistics;
  const places = new Map<string, number>();
  let count = 0;
  const placeOf = clusters.map((cluster) => {
    if (cluster === null) return count++;
    const known = places.get(cluster);
    if (known !== undefined) return known;
    places.set(cluster, count);
    return count++;
  });
  const sums = new Float64Array(count * width);
  placeOf.forEach((place, row) => {
    for (let i = 0; i < width; i++)
      sums[place * width + i] = (sums[place * width + i] ?? 0) + (rows[row * width + i] ?? 0);
  });
  return { rows: sums, width };
}

/** The sums of the drawn rows: `times[row]` is how often each was drawn. */
export function resum({ rows, width }: Statistics, times: Int32Array, into: Float64Array): void {
  into.fill(0);
  for (let row = 0, at = 0; row < times.length; row++, at += width) {
    const n = times[row] ?? 0;
    if (n === 0) continue;
    for (let i = 0; i < width; i++) into[i] = (into[i] ?? 0) + n * (rows[at + i] ?? 0);
  }
}

export type Replicates = { readonly values: readonly number[]; readonly dropped: number };

/** For each figure its defined replicates, in the order drawn, and how many were not defined. */
export function bootstrap(
  statistics: Statistics,
  figures: Figures,
  replicates: number,
  seed: number,
  tick: (rows: number) => void = () => undefined,
): readonly Replicates[] {
  const n = rowCount(statistics);
  const random = new Random(seed);
  const times = new Int32Array(n);
  const sums = new Float64Array(statistics.width);
  const kept: number[][] = [];
  for (let b = 0; b < replicates && n > 0; b++) {
    times.fill(0);
    for (let i = 0; i < n; i++) {
      const row = random.below(n);
      times[row] = (times[row] ?? 0) + 1;
    }
    resum(statistics, times, sums);
    figures(sums).forEach((value, f) => {
      const list = kept[f] ?? [];
      kept[f] = list;
      if (!Number.isNaN(value)) list.push(value);
    });
    tick(n);
  }
  return kept.map((values) => ({ values, dropped: replicates - values.length }));
}

export const LOW = 0.025;
export const HIGH = 0.975;

/** Type 7: linear between the order statistics around (n−1)p. null without values. */
export function quantile(values: readonly number[], p: number): number | null {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * p;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

/** sqrt((n−1)/n Σ (θ_(i) − θ_(·))²), each row left out once; null when that leaves a figure undefined, or nothing to leave out. */
export function jackknife(statistics: Statistics, figures: Figures): readonly (number | null)[] {
  const n = rowCount(statistics);
  if (n < 2) return figures(new Float64Array(statistics.width)).map(() => null);
  const times = new Int32Array(n).fill(1);
  const sums = new Float64Array(statistics.width);
  const left: (readonly number[])[] = [];
  for (let row = 0; row < n; row++) {
    times[row] = 0;
    resum(statistics, times, sums);
    times[row] = 1;
    left.push(figures(sums));
  }
  return (left[0] ?? []).map((_, f) => {
    const values = left.map((figures) => figures[f] ?? Number.NaN);
    if (values.some(Number.isNaN)) return null;
    const mean = values.reduce((sum, v) => sum + v, 0) / n;
    return Math.sqrt(((n - 1) / n) * values.reduce((sum, v) => sum + (v - mean) ** 2, 0));
  });
}
