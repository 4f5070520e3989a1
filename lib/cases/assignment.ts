/**
 * Maximum-weight one-to-one matching of two sets (the assignment problem), by shortest augmenting paths with potentials
 * (Kuhn 1955, Munkres 1957, in the O(n^3) form of Jonker and Volgenant 1987). Pairs that are not listed are never matched, and
 * nobody has to be matched. The pairs are first cut into connected pieces, so that the cost is that of the largest piece.
 */
export type WeightedPair<W> = { readonly a: number; readonly b: number; readonly weight: W };

/** How weights are added; exact whole numbers (bigint) or floating point. All weights are positive. */
type Arithmetic<W> = { readonly zero: W; readonly plus: (x: W, y: W) => W; readonly minus: (x: W, y: W) => W };

const FLOAT: Arithmetic<number> = { zero: 0, plus: (x, y) => x + y, minus: (x, y) => x - y };
const EXACT: Arithmetic<bigint> = { zero: 0n, plus: (x, y) => x + y, minus: (x, y) => x - y };

export const heaviestMatching = (pairs: readonly WeightedPair<number>[]): readonly WeightedPair<number>[] =>
  pieces(pairs).flatMap((piece) => matchPiece(piece, FLOAT));

/** As above in whole numbers: no rounding decides between two matchings. */
export const heaviestMatchingExactly = (pairs: readonly WeightedPair<bigint>[]): readonly WeightedPair<bigint>[] =>
  pieces(pairs).flatMap((piece) => matchPiece(piece, EXACT));

/** The pairs by connected component, in the order in which components first appear. */
export function pieces<P extends { readonly a: number; readonly b: number }>(pairs: readonly P[]): readonly P[][] {
  const parent = new Map<number, number>();
  const root = (key: number): number => {
    let at = key;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) {
      parent.set(at, parent.get(up) ?? up);
      at = up;
    }
    return at;
  };
  // Both sides count from 0: the one has the even keys, the other the odd ones.
  for (const { a, b } of pairs) {
    const x = root(2 * a);
    parent.set(x, x);
    parent.set(root(2 * b + 1), x);
  }
  const groups = new Map<number, P[]>();
  for (const pair of pairs) {
    const key = root(2 * pair.a);
    const group = groups.get(key);
    if (group) group.push(pair);
    else groups.set(key, [pair]);
  }
  return [...groups.values()];
}

/** One connected piece. A missing pair weighs nothing, and nothing that weighs nothing is kept. */
function matchPiece<W extends number | bigint>(
  piece: readonly WeightedPair<W>[],
  { zero, plus, minus }: Arithmetic<W>,
): readonly WeightedPair<W>[] {
  if (piece.length <= 1) return piece;
  const left = [...new Set(piece.map((p) => p.a))];
  const right = [...new Set(piece.map((p) => p.b))];
  // Rows must not outnumber columns; a column a row that stands for "unmatched" is not needed, as a missing pair weighs zero.
  const flipped = left.length > right.length;
  const rows = flipped ? right : left;
  const columns = flipped ? left : right;
  const rowAt = new Map(rows.map((id, i) => [id, i]));
  const columnAt = new Map(columns.map((id, i) => [id, i]));
  const cell: (WeightedPair<W> | undefined)[][] = rows.map(() => []);
  for (const pair of piece) {
    const r = rowAt.get(flipped ? pair.b : pair.a) ?? 0;
    const c = columnAt.get(flipped ? pair.a : pair.b) ?? 0;
    const row = cell[r];
    if (row && (row[c] === undefined || pair.weight > row[c].weight)) row[c] = pair;
  }
  const cost = (r: number, c: number): W => minus(zero, cell[r]?.[c]?.weight ?? zero);

  // Index 0 of columns and potentials is the artificial start of a path, as in the usual presentation.
  const n = rows.length;
  const m = columns.length;
  const rowPotential: W[] = new Array<W>(n + 1).fill(zero);
  const columnPotential: W[] = new Array<W>(m + 1).fill(zero);
  const rowOf: number[] = new Array<number>(m + 1).fill(0);
  for (let r = 1; r <= n; r++) {
    rowOf[0] = r;
    const slack: (W | null)[] = new Array<W | null>(m + 1).fill(null);
    const previous: number[] = new Array<number>(m + 1).fill(0);
    const done: boolean[] = new Array<boolean>(m + 1).fill(false);
    let column = 0;
    do {
      done[column] = true;
      const row = rowOf[column] ?? 0;
      let step: W | null = null;
      let next = 0;
      for (let c = 1; c <= m; c++) {
        if (done[c]) continue;
        const reduced = minus(minus(cost(row - 1, c - 1), rowPotential[row] ?? zero), columnPotential[c] ?? zero);
        const known = slack[c] ?? null;
        const best: W = known === null || reduced < known ? reduced : known;
        if (known === null || reduced < known) {
          slack[c] = reduced;
          previous[c] = column;
        }
        if (step === null || best < step) {
          step = best;
          next = c;
        }
      }
      const by = step ?? zero;
      for (let c = 0; c <= m; c++) {
        if (done[c]) {
          const matched = rowOf[c] ?? 0;
          rowPotential[matched] = plus(rowPotential[matched] ?? zero, by);
          columnPotential[c] = minus(columnPotential[c] ?? zero, by);
        } else {
          const known = slack[c];
          if (known !== null && known !== undefined) slack[c] = minus(known, by);
        }
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const from = previous[column] ?? 0;
      rowOf[column] = rowOf[from] ?? 0;
      column = from;
    }
  }
  const matched: WeightedPair<W>[] = [];
  for (let c = 1; c <= m; c++) {
    const pair = cell[(rowOf[c] ?? 0) - 1]?.[c - 1];
    if (pair) matched.push(pair);
  }
  return matched;
}
