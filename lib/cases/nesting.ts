/**
 * R1n: nesting is no split. Where a reviewer marked one span inside another of theirs, spans of one label are matched reviewer
 * by reviewer before they are grouped, so that the outer ones meet and the inner ones meet.
 */
import type { Range } from "../text/range";
import { heaviestMatching, heaviestMatchingExactly, pieces } from "./assignment";
import { byName } from "./case";
import { atLeastHalf, iou, type Ratio } from "./overlap-ratio";

type Marked = Range & { readonly reviewer: string };
type Pair = { readonly a: number; readonly b: number; readonly ratio: Ratio };

/** Above this many pairs in one connected piece the sum is taken in floating point, where sums nearer than 1e-9 count as equal. */
const EXACT_PAIRS = 400;
/** Above this many, pairs are taken one by one, the largest first: only a hostile file gets here. */
const MATCHED_PAIRS = 10_000;
/** A span is compared with at most so many that began before it and still may match, the latest: again only for hostile files. */
const NEIGHBOURS = 256;

/** Whether some reviewer has one span that contains another of theirs. `spans` are of one label, sorted by start. */
export function hasNesting(spans: readonly Marked[]): boolean {
  const seen = new Map<string, { start: number; end: number }>();
  for (const span of spans) {
    const last = seen.get(span.reviewer);
    if (last && (span.end <= last.end || span.start === last.start)) return true;
    seen.set(span.reviewer, { start: span.start, end: Math.max(span.end, last?.end ?? 0) });
  }
  return false;
}

/**
 * The component's parts: connected components of the pairs matched between each two reviewers, one to one, by the largest sum of
 * IoU over pairs with IoU >= 1/2 (ties: the pair with the earlier start, then the earlier end). An unmatched span stands alone.
 */
export function splitNested<S extends Marked>(spans: readonly S[]): readonly (readonly S[])[] {
  const parent = spans.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at;
      at = parent[at] ?? at;
    }
    return at;
  };
  for (const pairs of pairsOfReviewers(spans)) {
    for (const { a, b } of match(spans, pairs)) parent[root(b)] = root(a);
  }
  const parts = new Map<number, S[]>();
  spans.forEach((span, i) => {
    const part = parts.get(root(i));
    if (part) part.push(span);
    else parts.set(root(i), [span]);
  });
  return [...parts.values()];
}

/** For each two reviewers the pairs of indices whose IoU is at least one half, `a` of the reviewer whose name comes first. */
function pairsOfReviewers(spans: readonly Marked[]): Iterable<readonly Pair[]> {
  const order = spans.map((_, i) => i).sort((x, y) => (spans[x]?.start ?? 0) - (spans[y]?.start ?? 0));
  const names = [...new Set(spans.map((s) => s.reviewer))];
  const numbers = new Map(names.map((name, n) => [name, n]));
  const reviewerAt = spans.map((s) => numbers.get(s.reviewer));
  const found = new Map<string, Pair[]>();
  let active: number[] = [];
  for (const i of order) {
    const span = spans[i];
    if (!span) continue;
    // IoU >= 1/2 is out of reach once the middle of the earlier span is passed.
    active = active.filter((j) => {
      const earlier = spans[j];
      return earlier !== undefined && 2 * span.start <= earlier.start + earlier.end;
    });
    for (const j of active) {
      const earlier = spans[j];
      if (!earlier || earlier.reviewer === span.reviewer) continue;
      const ratio = iou(earlier, span);
      if (!atLeastHalf(ratio)) continue;
      const [a, b] = byName(earlier.reviewer, span.reviewer) < 0 ? [j, i] : [i, j];
      const key = `${reviewerAt[a]} ${reviewerAt[b]}`;
      const list = found.get(key);
      if (list) list.push({ a, b, ratio });
      else found.set(key, [{ a, b, ratio }]);
    }
    active.push(i);
    if (active.length > NEIGHBOURS) active.shift();
  }
  return found.values();
}

function match(
  spans: readonly Marked[],
  pairs: readonly Pair[],
): readonly { readonly a: number; readonly b: number }[] {
  return pieces(pairs).flatMap((piece): readonly { readonly a: number; readonly b: number }[] => {
    const ordered = [...piece].sort((p, q) => byPlace(spans, p, q));
    if (ordered.length > MATCHED_PAIRS) return greedily(ordered);
    return ordered.length <= EXACT_PAIRS ? exactly(ordered) : nearly(ordered);
  });
}

/** The pair that starts earlier, then ends earlier, seen alike from both sides. */
function byPlace(spans: readonly Marked[], p: Pair, q: Pair): number {
  const [pa, pb, qa, qb] = [spans[p.a], spans[p.b], spans[q.a], spans[q.b]];
  if (!pa || !pb || !qa || !qb) return 0;
  return (
    Math.min(pa.start, pb.start) - Math.min(qa.start, qb.start) ||
    Math.min(pa.end, pb.end) - Math.min(qa.end, qb.end) ||
    Math.max(pa.start, pb.start) - Math.max(qa.start, qb.start) ||
    Math.max(pa.end, pb.end) - Math.max(qa.end, qb.end) ||
    pa.start - qa.start ||
    pa.end - qa.end
  );
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/**
 * Over the common denominator the ratios are whole numbers; below them, in bits of their own, the pairs in order weigh
 * 2^(last), …, 4, 2, 1, so that among matchings of one sum the one with the earliest pairs is the heaviest.
 */
function exactly(ordered: readonly Pair[]) {
  const bits = BigInt(ordered.length);
  const common = ordered.reduce((lcm, { ratio }) => {
    const union = BigInt(ratio.union);
    return (lcm / gcd(lcm, union)) * union;
  }, 1n);
  return heaviestMatchingExactly(
    ordered.map(({ a, b, ratio }, i) => ({
      a,
      b,
      weight: (((BigInt(ratio.inter) * common) / BigInt(ratio.union)) << bits) + (1n << (bits - 1n - BigInt(i))),
    })),
  );
}

function nearly(ordered: readonly Pair[]) {
  const step = 1e-9 / (ordered.length * ordered.length);
  return heaviestMatching(
    ordered.map(({ a, b, ratio }, i) => ({ a, b, weight: ratio.inter / ratio.union + step * (ordered.length - i) })),
  );
}

function greedily(ordered: readonly Pair[]) {
  const used = { a: new Set<number>(), b: new Set<number>() };
  const byRatio = [...ordered].sort((p, q) => q.ratio.inter * p.ratio.union - p.ratio.inter * q.ratio.union);
  return byRatio.filter(({ a, b }) => {
    if (used.a.has(a) || used.b.has(b)) return false;
    used.a.add(a);
    used.b.add(b);
    return true;
  });
}
