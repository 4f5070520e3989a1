/**
 * Krippendorff's alpha with missing values, nominal and ordinal (Krippendorff 2004, Content Analysis, ch. 11; 2011, "Computing
 * Krippendorff's alpha-reliability"). A unit with m_u values contributes each ordered pair of them with the weight 1/(m_u − 1); a unit
 * with fewer than two values contributes nothing. Example (nominal, the 4 × 12 table of 2004): D_o = 1/5, D_e = 152/195, alpha = 113/152.
 */
import { type Fraction, minus, over, plus, times, toNumber, WeightedSum, WholeSum, whole, ZERO } from "./exact";
import { figure, none, type Value } from "./value";

/** Values are anything that can be a key; units come one by one and are only counted. */
export class Nominal<V> {
  readonly #disagreed = new WeightedSum();
  readonly #counts = new Map<V, WholeSum>();
  readonly #pairs = new WholeSum();

  /** null: missing. */
  add(unit: readonly (V | null)[]): void {
    const values = unit.filter((v): v is V => v !== null);
    const m = values.length;
    if (m < 2) return;
    const here = new Map<V, number>();
    for (const v of values) here.set(v, (here.get(v) ?? 0) + 1);
    let same = 0;
    for (const [value, n] of here) {
      same += n * n;
      const sum = this.#counts.get(value) ?? new WholeSum();
      sum.add(n);
      this.#counts.set(value, sum);
    }
    this.#disagreed.add(m * m - same, m - 1);
    this.#pairs.add((m * (m - 1)) / 2);
  }

  /** How many pairs of values were compared. */
  get pairs(): number {
    return Number(this.#pairs.value);
  }

  alpha(): Value {
    const counts = [...this.#counts.values()].map((c) => c.value);
    const n = counts.reduce((sum, c) => sum + c, 0n);
    if (n === 0n) return none("no_pairable_values");
    const unlike = counts.reduce((rest, c) => rest - c * c, n * n);
    return alphaOf(over(this.#disagreed.value, whole(n)), { n: unlike, d: n * (n - 1n) });
  }
}

/**
 * Values are places 0..size−1 on an ordered scale. The distance of c and k is (Σ of how often the values from c to k were given, counting
 * c and k by half)², so it depends on the data and not on names of values.
 */
export class Ordinal {
  readonly #cells: WeightedSum[][];
  readonly #counts: WholeSum[];
  readonly #pairs = new WholeSum();

  constructor(readonly size: number) {
    this.#cells = Array.from({ length: size }, () => Array.from({ length: size }, () => new WeightedSum()));
    this.#counts = Array.from({ length: size }, () => new WholeSum());
  }

  /** null: missing. */
  add(unit: readonly (number | null)[]): void {
    const values = unit.filter((v): v is number => v !== null);
    const m = values.length;
    if (m < 2) return;
    const here = new Map<number, number>();
    for (const v of values) here.set(v, (here.get(v) ?? 0) + 1);
    for (const [c, n] of here) {
      this.#counts[c]?.add(n);
      for (const [k, o] of here) if (k !== c) this.#cells[c]?.[k]?.add(n * o, m - 1);
    }
    this.#pairs.add((m * (m - 1)) / 2);
  }

  get pairs(): number {
    return Number(this.#pairs.value);
  }

  alpha(): Value {
    const counts = this.#counts.map((c) => c.value);
    const n = counts.reduce((sum, c) => sum + c, 0n);
    if (n === 0n) return none("no_pairable_values");
    let observed: Fraction = ZERO;
    let expected = 0n; // Σ n_c n_k · 4δ²
    for (let c = 0; c < this.size; c++) {
      for (let k = 0; k < this.size; k++) {
        const distance = distanceTimesFour(counts, c, k);
        const cell = this.#cells[c]?.[k]?.value ?? ZERO;
        observed = plus(observed, times(cell, whole(distance)));
        expected += (counts[c] ?? 0n) * (counts[k] ?? 0n) * distance;
      }
    }
    return alphaOf(over(observed, whole(4n * n)), { n: expected, d: 4n * n * (n - 1n) });
  }
}

/** 4 (Σ_{g=c..k} n_g − (n_c + n_k)/2)², a whole number. */
function distanceTimesFour(counts: readonly bigint[], c: number, k: number): bigint {
  if (c === k) return 0n;
  const [low, high] = c < k ? [c, k] : [k, c];
  const between = counts.slice(low, high + 1).reduce((sum, n) => sum + n, 0n);
  const twice = 2n * between - (counts[low] ?? 0n) - (counts[high] ?? 0n);
  return twice * twice;
}

function alphaOf(observed: Fraction, expected: Fraction): Value {
  const [o, e] = [toNumber(observed), toNumber(expected)];
  if (expected.n === 0n) return none("no_variation", o, e);
  return figure(toNumber(over(minus(expected, observed), expected)), o, e);
}
