/**
 * Layered u-alpha, the headline: Krippendorff, Mathet, Bouvry and Widlöcher 2016 ("On the reliability of unitizing textual
 * continua", Quality & Quantity 50), one binary continuum a label, after one reviewer's own overlapping spans of a label are merged. The
 * weight 1/(m_d − 1) for missing reviewers, the layering and the pooling are extensions of the paper.
 *
 * With φ for a gap, and because every reviewer's every code point is compared with m_d − 1 others:
 *   ℓ        = Σ_d m_d L_d
 *   ℓ_k      = code points labelled, over all reviewers;  ℓ_φ = S_φ = ℓ − ℓ_k
 *   S_k      = Σ length² over the label's segments
 *   D_o      = Σ_d 1/(m_d−1) Σ over elementary intervals of length · 2k(m_d−k)
 *   D_e      = 2 ℓ ℓ_φ ℓ_k / (ℓ² − S_φ − S_k)
 * alpha(label) = 1 − D_o/D_e; pooled = 1 − Σ D_o / Σ D_e. An example: length 30, a marks [0,10) and [5,15), b marks [0,15); merged, both
 * mark [0,15), so D_o = 0, D_e = 2·60·30·30/(3600−30−450) = 34.615…, alpha = 1.
 */
import { disagreement } from "./continuum";
import { type Fraction, oneMinus, over, plus, toNumber, WeightedSum, WholeSum, ZERO } from "./exact";
import type { Prepared } from "./prepare";
import { figure, none, type Reason, type Value } from "./value";

/** What an article contributes to one label; whole numbers. `disagreed` is still to be divided by m_d − 1. */
export type LabelStatistics = { readonly covered: number; readonly squares: number; readonly disagreed: number };

export function labelStatistics({ lanes }: Prepared, label: number): LabelStatistics {
  let covered = 0;
  let squares = 0;
  const segments = lanes.map((lane) => {
    const marks = lane.marks[label];
    if (!marks) return undefined;
    covered += marks.covered;
    squares += marks.squares;
    return marks.merged;
  });
  return { covered, squares, disagreed: disagreement(segments, lanes.length) };
}

/** One label's sums over articles. */
class LabelSums {
  readonly covered = new WholeSum();
  readonly squares = new WholeSum();
  readonly disagreed = new WeightedSum();
}

export class Layered {
  readonly #total = new WholeSum();
  readonly #labels = new Map<number, LabelSums>();

  /** `reviewers` of an article of `length` code points in scope; labels that nobody used there need not be added. */
  addArticle(length: number, reviewers: number): void {
    this.#total.add(length * reviewers);
  }

  addLabel(label: number, { covered, squares, disagreed }: LabelStatistics, reviewers: number): void {
    let sums = this.#labels.get(label);
    if (!sums) {
      sums = new LabelSums();
      this.#labels.set(label, sums);
    }
    sums.covered.add(covered);
    sums.squares.add(squares);
    sums.disagreed.add(disagreed, reviewers - 1);
  }

  /** `reason`: why there is no figure at all (single_reviewer), or null. */
  label(label: number, reason: Reason | null): Value {
    const { observed, expected } = this.#disagreements(label);
    return alpha(observed, expected, reason ?? (this.#labels.has(label) ? null : "no_spans"));
  }

  pooled(reason: Reason | null): Value {
    let [observed, expected] = [ZERO, ZERO];
    for (const label of this.#labels.keys()) {
      const one = this.#disagreements(label);
      observed = plus(observed, one.observed);
      expected = plus(expected, one.expected);
    }
    return alpha(observed, expected, reason ?? (this.#labels.size > 0 ? null : "no_spans"));
  }

  /** Krippendorff's nominal alpha on code points, label or not: D_o / ℓ against 2 ℓ_φ ℓ_k / (ℓ (ℓ − 1)). Blind to where spans are cut. */
  characters(label: number, reason: Reason | null): Value {
    const sums = this.#labels.get(label);
    const why = reason ?? (sums ? null : "no_spans");
    if (why || !sums) return none(why ?? "no_spans");
    const total = this.#total.value;
    const covered = sums.covered.value;
    return alpha(
      over(sums.disagreed.value, { n: total, d: 1n }),
      { n: 2n * covered * (total - covered), d: total * (total - 1n) },
      null,
    );
  }

  #disagreements(label: number): { readonly observed: Fraction; readonly expected: Fraction } {
    const sums = this.#labels.get(label);
    if (!sums) return { observed: ZERO, expected: ZERO };
    const total = this.#total.value;
    const covered = sums.covered.value;
    const gap = total - covered;
    const pairs = total * total - gap - sums.squares.value;
    const expected = pairs > 0n ? { n: 2n * total * gap * covered, d: pairs } : ZERO;
    return { observed: sums.disagreed.value, expected };
  }
}

export function alpha(observed: Fraction, expected: Fraction, reason: Reason | null): Value {
  if (reason) return none(reason);
  const [o, e] = [toNumber(observed), toNumber(expected)];
  return expected.n === 0n ? none("no_variation", o, e) : figure(oneMinus(observed, expected), o, e);
}
