/**
 * How often each reviewer is right about what a case is, as Dawid and Skene's model reads it (dawid-skene.ts): the classes are the cases'
 * labels and *nothing here*. An aid: it breaks ties and orders the queue, and never overrides a majority (agreement.md, 5).
 */
import { HIGH, LOW, quantile } from "./bootstrap";
import { dawidSkene, type Responses } from "./dawid-skene";
import type { Grouped } from "./grouped";
import { Names, type Prepared } from "./prepare";
import { Random } from "./random";

export const LEAST_CASES = 50;
export const LEAST_REVIEWERS = 3;
/** Each is a whole fit, so there are fewer than of agreement. */
export const COMPETENCE_REPLICATES = 200;

export type Competence = {
  /** Σ_j p_j π_jj: how common a class is, times how often the reviewer names it; from 0 to 1. */
  readonly value: number;
  /** 95 % percentile interval over articles (or stories) drawn again. */
  readonly low: number | null;
  readonly high: number | null;
  readonly cases: number;
};

export type CompetenceReport = {
  readonly cases: number;
  /** null below 50 cases or 3 reviewers. */
  readonly reviewers: Readonly<Record<string, Competence>> | null;
  readonly replicates: number;
  readonly seed: number;
};

const NOTHING = "";

/** Cases that got the same answers from the same reviewers are one pattern with their number, so that a fit does not grow with cases. */
export class Competences {
  readonly #patterns = new Names();
  readonly #counts: number[] = [];
  /** By article, or story where it is known: patterns and their numbers there. */
  readonly #units = new Map<string, Map<number, number>>();
  readonly #reviewers = new Map<string, number>();
  #cases = 0;

  add({ article }: Pick<Prepared, "article">, cases: readonly Pick<Grouped, "members" | "missing">[]): void {
    if (cases.length === 0) return;
    const key = article.cluster ? `story ${article.cluster}` : `article ${article.id}`;
    const unit = this.#units.get(key) ?? new Map<number, number>();
    this.#units.set(key, unit);
    for (const { members, missing } of cases) {
      const answers = new Map(members.map((m) => [m.reviewer, m.label]));
      for (const reviewer of missing) answers.set(reviewer, NOTHING);
      for (const reviewer of answers.keys()) this.#reviewers.set(reviewer, (this.#reviewers.get(reviewer) ?? 0) + 1);
      const pattern = this.#patterns.number(JSON.stringify([...answers].sort(([a], [b]) => (a < b ? -1 : 1))));
      this.#counts[pattern] = (this.#counts[pattern] ?? 0) + 1;
      unit.set(pattern, (unit.get(pattern) ?? 0) + 1);
      this.#cases++;
    }
  }

  fit(seed: number, replicates = COMPETENCE_REPLICATES): CompetenceReport {
    const about = { cases: this.#cases, replicates, seed };
    if (this.#cases < LEAST_CASES || this.#reviewers.size < LEAST_REVIEWERS) return { ...about, reviewers: null };
    // In an order of their own, so that the figures do not hang on the order of articles.
    const order = this.#patterns.list.map((_, i) => i).sort((a, b) => (this.#name(a) < this.#name(b) ? -1 : 1));
    const place = new Map(order.map((pattern, at) => [pattern, at]));
    const reviewers = [...this.#reviewers.keys()].sort();
    const answers = order.map((pattern) => new Map(JSON.parse(this.#name(pattern)) as [string, string][]));
    const labels = [...new Set(answers.flatMap((said) => [...said.values()]))].sort();
    const responses: Responses = answers.map((said) =>
      reviewers.map((reviewer) => {
        const label = said.get(reviewer);
        return label === undefined ? [] : [labels.indexOf(label)];
      }),
    );
    const fitted = (weights: Float64Array): readonly number[] => {
      const { marginals, errorRates } = dawidSkene(responses, labels.length, { weights });
      return errorRates.map((rates) => marginals.reduce((sum, p, j) => sum + p * (rates[j]?.[j] ?? 0), 0));
    };
    const values = fitted(Float64Array.from(order, (pattern) => this.#counts[pattern] ?? 0));
    const drawn = this.#resampled(replicates, seed, place).map((weights) => {
      const seen = reviewers.map((reviewer) => answers.some((said, i) => said.has(reviewer) && (weights[i] ?? 0) > 0));
      return fitted(weights).map((value, k) => (seen[k] ? value : null));
    });
    return {
      ...about,
      reviewers: Object.fromEntries(
        reviewers.map((reviewer, k) => {
          const own = drawn.flatMap((one) => one[k] ?? []);
          const cases = this.#reviewers.get(reviewer) ?? 0;
          return [reviewer, { value: values[k] ?? 0, low: quantile(own, LOW), high: quantile(own, HIGH), cases }];
        }),
      ),
    };
  }

  #name = (pattern: number): string => this.#patterns.list[pattern] ?? "[]";

  #resampled(replicates: number, seed: number, place: ReadonlyMap<number, number>): readonly Float64Array[] {
    const units = [...this.#units].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counts]) => [...counts]);
    const random = new Random(seed);
    return Array.from({ length: replicates }, () => {
      const weights = new Float64Array(place.size);
      for (let n = 0; n < units.length; n++)
        for (const [pattern, count] of units[random.below(units.length)] ?? []) {
          const at = place.get(pattern) ?? 0;
          weights[at] = (weights[at] ?? 0) + count;
        }
      return weights;
    });
  }
}
