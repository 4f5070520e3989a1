/**
 * Cohen's kappa (Cohen 1960, Educational and Psychological Measurement 20) for two reviewers and Fleiss' (Fleiss 1971, Psychological
 * Bulletin 76) for a constant number of them, from whole-number counts.
 */
import { type Fraction, minus, over, toNumber, whole } from "./exact";
import { figure, none, type Value } from "./value";

/**
 * From a square table of counts, rows the one reviewer's categories, columns the other's: (P_o − P_e) / (1 − P_e) with
 * P_e = Σ p_i· p_·i. Example: 88/14/18, 10/40/10, 2/6/12 gives P_o = .7, P_e = .41, kappa = 29/59.
 */
export function cohenKappa(table: readonly (readonly bigint[])[]): Value {
  const rows = table.map((row) => row.reduce((sum, n) => sum + n, 0n));
  const columns = table.map((_, j) => table.reduce((sum, row) => sum + (row[j] ?? 0n), 0n));
  const total = rows.reduce((sum, n) => sum + n, 0n);
  if (total === 0n) return none("no_pairable_values");
  const same = table.reduce((sum, row, i) => sum + (row[i] ?? 0n), 0n);
  const chance = rows.reduce((sum, row, i) => sum + row * (columns[i] ?? 0n), 0n);
  return kappa({ n: same, d: total }, { n: chance, d: total * total });
}

/**
 * From a row of counts an item, a column a category, each row with the same sum n: P_o is the mean over items of
 * Σ_j n_ij (n_ij − 1) / (n (n−1)), P_e = Σ p_j².
 */
export function fleissKappa(counts: readonly (readonly number[])[]): Value {
  const raters = counts.map((row) => row.reduce((sum, n) => sum + n, 0));
  const [n = 0] = raters;
  if (counts.length === 0 || n < 2) return none("no_pairable_values");
  if (raters.some((r) => r !== n)) return none("unequal_raters");
  const agreeing = counts.reduce((sum, row) => sum + row.reduce((s, k) => s + k * (k - 1), 0), 0);
  const columns = (counts[0] ?? []).map((_, j) => counts.reduce((sum, row) => sum + (row[j] ?? 0), 0));
  const total = BigInt(counts.length) * BigInt(n);
  const chance = columns.reduce((sum, c) => sum + BigInt(c) * BigInt(c), 0n);
  return kappa({ n: BigInt(agreeing), d: total * BigInt(n - 1) }, { n: chance, d: total * total });
}

/**
 * One category's kappa: 1 − Σ_i n_ij (n − n_ij) / (N n (n−1) p_j (1−p_j)) (Fleiss 1971, equation for the jth category). With two
 * categories it equals the whole kappa.
 */
export function fleissCategory(counts: readonly (readonly number[])[], category: number): Value {
  const n = (counts[0] ?? []).reduce((sum, k) => sum + k, 0);
  const items = counts.map((row) => row[category] ?? 0);
  return binaryFleiss({
    items: BigInt(counts.length),
    raters: n,
    positive: BigInt(items.reduce((sum, k) => sum + k, 0)),
    disagreed: BigInt(items.reduce((sum, k) => sum + 2 * k * (n - k), 0)),
  });
}

/** Two categories, summed up: `disagreed` is Σ over items of 2k(n−k), k of n raters being positive. */
export function binaryFleiss(sums: {
  readonly items: bigint;
  readonly raters: number;
  readonly positive: bigint;
  readonly disagreed: bigint;
}): Value {
  const n = BigInt(sums.raters);
  const total = sums.items * n;
  if (total === 0n || n < 2n) return none("no_pairable_values");
  const observed = minus(whole(1n), { n: sums.disagreed, d: total * (n - 1n) });
  const negative = total - sums.positive;
  return kappa(observed, { n: sums.positive * sums.positive + negative * negative, d: total * total });
}

function kappa(observed: Fraction, expected: Fraction): Value {
  const [o, e] = [toNumber(observed), toNumber(expected)];
  const room = minus(whole(1n), expected);
  if (room.n === 0n) return none("no_variation", o, e);
  return figure(toNumber(over(minus(observed, expected), room)), o, e);
}
