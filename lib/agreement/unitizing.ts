/**
 * uα, |uα, cuα and (k)uα of Krippendorff, Mathet, Bouvry and Widlöcher 2016, and Krippendorff's nominal alpha on code points, which needs
 * the same matrix. One continuum with the categories φ (gap) and every label, so a reviewer's spans may not overlap.
 *
 *   ℓ_ck  = Σ_d 1/(m_d−1) Σ_{i≠j} |c_i ∩ k_j|;   S_c = Σ length² over segments of c, but Σ length for φ
 *   uα    = 1 − Σ_{c≠k} ℓ_ck / Σ_{c≠k} ε_ck,  ε_ck = ℓ (ℓ_c ℓ_k − [c=k] S_c) / (ℓ² − Σ_c S_c)
 *   |uα   : the same with all labels as one
 *   cuα   : the same over cells in which both put a label (ℓ*), with S*_c = Σ over segments of (mean over the other reviewers of the
 *           length paired with a label)²
 *   (k)uα = 1 − (ℓ*_k − ℓ*_kk) / (ℓ*_k − ε*_kk), with coverage ℓ*_k / ℓ_k
 * An example: length 40; a marks [5,15) X and [20,30) Y, b marks [5,15) X and [20,30) Z. uα = 271/420, |uα = 1, cuα = 2/5.
 */

import { type Fraction, minus, over, plus, times, toNumber, WeightedSum, WholeSum, whole, ZERO } from "./exact";
import { alpha } from "./layered";
import type { Prepared } from "./prepare";
import { figure, none, type Reason, type Value } from "./value";

export type LabelReliability = Value & {
  /** ℓ*_k / ℓ_k: the part of the label's text that met another label at all; null where there is no label. */
  readonly coverage: number | null;
};

/** φ is category 0, label n is category n + 1. */
const GAP = 0;

export class Unitizing {
  readonly #total = new WholeSum();
  readonly #cells = new Map<number, Map<number, WeightedSum>>();
  readonly #squares = new Map<number, WholeSum>();
  /** Of (Σ over the others of the paired length)², to be divided by (m_d − 1)². */
  readonly #pairedSquares = new Map<number, WeightedSum>();
  readonly #labels = new Set<number>();
  #overlapping = false;

  add(article: Prepared): void {
    if (this.#overlapping) return;
    if (article.lanes.some((lane) => lane.overlaps)) {
      this.#overlapping = true;
      return;
    }
    this.#total.add(article.projection.length * article.lanes.length);
    this.#sweep(article);
  }

  /** Each elementary interval has each reviewer in exactly one category. */
  #sweep({ lanes, projection }: Prepared): void {
    const m = lanes.length;
    const { edges, marks } = edgesOf(lanes);
    const category = new Array<number>(m).fill(GAP);
    const count = new Map<number, number>([[GAP, m]]);
    const cells = new Map<number, number>();
    const width = 1 + Math.max(GAP, ...marks.map((mark) => mark.category));
    let labelled = 0;
    let paired = 0; // ∫ of the number of reviewers with a label, up to here
    let position = 0;
    const flush = (next: number) => {
      const length = next - position;
      position = next;
      if (length === 0) return;
      paired += length * labelled;
      for (const [c, n] of count) {
        for (const [k, o] of count) {
          const pairs = c === k ? n * (n - 1) : n * o;
          if (pairs > 0) cells.set(c * width + k, (cells.get(c * width + k) ?? 0) + length * pairs);
        }
      }
    };
    const move = (lane: number, to: number) => {
      const from = category[lane] ?? GAP;
      const left = (count.get(from) ?? 0) - 1;
      if (left === 0) count.delete(from);
      else count.set(from, left);
      count.set(to, (count.get(to) ?? 0) + 1);
      category[lane] = to;
      labelled += Number(to !== GAP) - Number(from !== GAP);
    };
    for (const edge of edges) {
      const mark = marks[edge.mark];
      if (!mark) continue;
      flush(edge.at);
      if (edge.opens) {
        mark.pairedBefore = paired;
        move(mark.lane, mark.category);
      } else {
        const length = mark.end - mark.start;
        sumAt(this.#squares, mark.category).add(length * length);
        const others = paired - mark.pairedBefore - length;
        weightedAt(this.#pairedSquares, mark.category).add(others * others, (m - 1) * (m - 1));
        this.#labels.add(mark.category);
        move(mark.lane, GAP);
      }
    }
    flush(projection.length);
    for (const [key, sum] of cells) {
      const c = Math.floor(key / width);
      const row = this.#cells.get(c) ?? new Map<number, WeightedSum>();
      this.#cells.set(c, row);
      weightedAt(row, key % width).add(sum, m - 1);
    }
  }

  #cell = (c: number, k: number): Fraction => this.#cells.get(c)?.get(k)?.value ?? ZERO;

  /** ℓ_c for every category, φ first. */
  #marginals(): ReadonlyMap<number, Fraction> {
    return new Map(
      [GAP, ...this.#labels].map((c) => [
        c,
        [...(this.#cells.get(c)?.values() ?? [])].reduce<Fraction>((sum, cell) => plus(sum, cell.value), ZERO),
      ]),
    );
  }

  #reason(reason: Reason | null): Reason | null {
    return reason ?? (this.#overlapping ? "overlapping_spans" : this.#labels.size === 0 ? "no_spans" : null);
  }

  /** uα */
  all(reason: Reason | null): Value {
    const marginals = this.#marginals();
    const squares = [...this.#labels].map((c) => whole(this.#squares.get(c)?.value ?? 0n));
    return this.#unitized([...marginals.values()], this.#agreed([...marginals.keys()]), squares, reason);
  }

  /** |uα */
  binary(reason: Reason | null): Value {
    const gap = this.#marginals().get(GAP) ?? ZERO;
    const labelled = minus(whole(this.#total.value), gap);
    const squares = [...this.#squares.values()].map((s) => whole(s.value));
    const agreed = plus(this.#cell(GAP, GAP), this.#bothLabelled());
    return this.#unitized([gap, labelled], agreed, squares, reason);
  }

  /** Σ ℓ_cc */
  #agreed = (categories: readonly number[]): Fraction =>
    categories.reduce<Fraction>((sum, c) => plus(sum, this.#cell(c, c)), ZERO);

  /** ℓ*: Σ ℓ_ck over labels c and k. */
  #bothLabelled(): Fraction {
    return [...this.#labels].reduce<Fraction>((sum, c) => plus(sum, this.#pairedWith(c)), ZERO);
  }

  /** ℓ*_c */
  #pairedWith(c: number): Fraction {
    return [...this.#labels].reduce<Fraction>((sum, k) => plus(sum, this.#cell(c, k)), ZERO);
  }

  /** The gap's own S_φ is its length, so it is `marginals[0]`. */
  #unitized(
    marginals: readonly Fraction[],
    agreed: Fraction,
    squares: readonly Fraction[],
    reason: Reason | null,
  ): Value {
    const why = this.#reason(reason);
    if (why) return none(why);
    const total = whole(this.#total.value);
    const paired = squares.reduce(minus, minus(times(total, total), marginals[0] ?? ZERO));
    const unlike = marginals.reduce((rest, c) => minus(rest, times(c, c)), times(total, total));
    const expected = paired.n === 0n ? ZERO : over(times(total, unlike), paired);
    return alpha(minus(total, agreed), expected, null);
  }

  /** cuα */
  categories(reason: Reason | null): Value {
    const why = this.#reason(reason);
    if (why) return none(why);
    const total = this.#bothLabelled();
    if (total.n === 0n) return none("no_pairable_values");
    const expected = [...this.#labels].reduce((rest, c) => minus(rest, this.#expectedAgreement(c)), total);
    const sum = [...this.#labels].reduce<Fraction>((s, c) => plus(s, this.#pairedSquare(c)), ZERO);
    // Σ_{c≠k} ε*_ck = Σ_ck ε*_ck − Σ_c ε*_cc, and Σ_ck ε*_ck = ℓ*.
    if (minus(times(total, total), sum).n === 0n) return none("no_variation", 0, 0);
    return alpha(minus(total, this.#agreed([...this.#labels])), expected, null);
  }

  #pairedSquare = (c: number): Fraction => this.#pairedSquares.get(c)?.value ?? ZERO;

  /** ε*_cc; 0 where nothing can be paired by chance. */
  #expectedAgreement(c: number): Fraction {
    const total = this.#bothLabelled();
    const squares = [...this.#labels].reduce<Fraction>((s, k) => plus(s, this.#pairedSquare(k)), ZERO);
    const pairs = minus(times(total, total), squares);
    const own = this.#pairedWith(c);
    return pairs.n === 0n ? ZERO : over(times(total, minus(times(own, own), this.#pairedSquare(c))), pairs);
  }

  /** (k)uα of one label (its number), with its coverage. */
  label(label: number, reason: Reason | null): LabelReliability {
    const why = this.#reason(reason);
    if (why) return { ...none(why), coverage: null };
    const c = label + 1;
    const all = this.#marginals().get(c) ?? ZERO;
    const own = this.#pairedWith(c);
    const coverage = all.n === 0n ? null : toNumber(over(own, all));
    if (own.n === 0n) return { ...none("no_pairable_values"), coverage };
    const observed = minus(own, this.#cell(c, c));
    const expected = minus(own, this.#expectedAgreement(c));
    return { ...alpha(observed, expected, null), coverage };
  }

  /** Krippendorff's nominal alpha, code points as units: D_o = Σ_{c≠k} ℓ_ck / ℓ, D_e = Σ_{c≠k} ℓ_c ℓ_k / (ℓ (ℓ−1)). */
  characters(reason: Reason | null): Value {
    const why = this.#reason(reason);
    if (why) return none(why);
    const total = whole(this.#total.value);
    const marginals = this.#marginals();
    const unlike = [...marginals.values()].reduce((rest, c) => minus(rest, times(c, c)), times(total, total));
    const disagreed = minus(total, this.#agreed([...marginals.keys()]));
    const pairs = times(total, minus(total, whole(1n)));
    const [observed, expected] = [over(disagreed, total), over(unlike, pairs)];
    const [o, e] = [toNumber(observed), toNumber(expected)];
    if (unlike.n === 0n) return none("no_variation", o, e);
    return figure(toNumber(over(minus(expected, observed), expected)), o, e);
  }
}

type SweptMark = {
  readonly lane: number;
  readonly category: number;
  readonly start: number;
  readonly end: number;
  pairedBefore: number;
};
type Edge = { readonly at: number; readonly opens: boolean; readonly mark: number };

/** By position, what ends there before what begins there. */
function edgesOf(lanes: Prepared["lanes"]): { readonly edges: readonly Edge[]; readonly marks: readonly SweptMark[] } {
  const marks: SweptMark[] = [];
  lanes.forEach((lane, l) => {
    lane.marks.forEach((of, label) => {
      of?.start.forEach((start, i) => {
        marks.push({ lane: l, category: label + 1, start, end: of.end[i] ?? start, pairedBefore: 0 });
      });
    });
  });
  const edges = marks.flatMap((mark, i): Edge[] => [
    { at: mark.start, opens: true, mark: i },
    { at: mark.end, opens: false, mark: i },
  ]);
  edges.sort((a, b) => a.at - b.at || Number(a.opens) - Number(b.opens));
  return { edges, marks };
}

function sumAt(sums: Map<number, WholeSum>, key: number): WholeSum {
  const known = sums.get(key) ?? new WholeSum();
  sums.set(key, known);
  return known;
}

function weightedAt(sums: Map<number, WeightedSum>, key: number): WeightedSum {
  const known = sums.get(key) ?? new WeightedSum();
  sums.set(key, known);
  return known;
}
