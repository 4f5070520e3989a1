/** One-to-one matchings of two reviewers' spans of one label. All spans by start, then end; code points. */

export type Spans = { readonly start: readonly number[]; readonly end: readonly number[] };

/** Partner of each of `a`'s spans in `b`, −1 for none. */
export type Partners = Int32Array;

/** How many spans stand in both, each counted once: both lists in order. */
export function sameSpans(a: Spans, b: Spans): number {
  let same = 0;
  for (let i = 0, j = 0; i < a.start.length && j < b.start.length; ) {
    const order = (a.start[i] ?? 0) - (b.start[j] ?? 0) || (a.end[i] ?? 0) - (b.end[j] ?? 0);
    if (order === 0) same++;
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return same;
}

/**
 * A largest one-to-one matching of spans that share at least one code point. Spans are taken by their ends, the earliest first, and get
 * the free span of the other side that ends earliest: whatever else that one could have met, every free span that ends later and begins
 * before here could meet too, so nothing is lost. Of several that end alike the one that begins nearest is taken. O(n log n), but for
 * very long spans that many short ones lie in.
 */
export function overlapPartners(a: Spans, b: Spans): { readonly count: number; readonly partners: Partners } {
  const sides = [byEnd(a), byEnd(b)] as const;
  const partners: Partners = new Int32Array(a.start.length).fill(-1);
  const taken = [new Uint8Array(a.start.length), new Uint8Array(b.start.length)] as const;
  const at: [number, number] = [0, 0]; // how many of each side have had their turn
  let count = 0;
  while (at[0] < a.start.length && at[1] < b.start.length) {
    const mine = (sides[0].ends[at[0]] ?? 0) <= (sides[1].ends[at[1]] ?? 0) ? 0 : 1;
    const other = mine === 0 ? 1 : 0;
    const span = spanAt(sides[mine], at[mine]);
    at[mine]++;
    if (taken[mine][span]) continue;
    const from = mine === 0 ? a : b;
    const partner = firstFree(
      sides[other],
      other === 0 ? a : b,
      taken[other],
      at[other],
      from.start[span] ?? 0,
      from.end[span] ?? 0,
    );
    if (partner === -1) continue;
    taken[mine][span] = 1;
    taken[other][partner] = 1;
    partners[mine === 0 ? span : partner] = mine === 0 ? partner : span;
    count++;
  }
  return { count, partners };
}

type ByEnd = {
  /** Which span ends first, second, …; null when they stand in that order already. */
  readonly order: readonly number[] | null;
  readonly ends: readonly number[];
  /** Of this and all later ones the earliest start. */
  readonly earliest: readonly number[];
};

function byEnd({ start, end }: Spans): ByEnd {
  let sorted = true;
  for (let i = 1; i < end.length && sorted; i++) sorted = (end[i - 1] ?? 0) <= (end[i] ?? 0);
  if (sorted) return { order: null, ends: end, earliest: start };
  const order = end.map((_, i) => i).sort((i, j) => (end[i] ?? 0) - (end[j] ?? 0) || (start[i] ?? 0) - (start[j] ?? 0));
  const earliest = new Array<number>(order.length);
  let least = Number.POSITIVE_INFINITY;
  for (let i = order.length - 1; i >= 0; i--) {
    least = Math.min(least, start[order[i] ?? 0] ?? 0);
    earliest[i] = least;
  }
  return { order, ends: order.map((i) => end[i] ?? 0), earliest };
}

const spanAt = ({ order }: ByEnd, place: number): number => (order === null ? place : (order[place] ?? 0));

function firstFree(side: ByEnd, spans: Spans, taken: Uint8Array, from: number, start: number, end: number): number {
  let best = -1;
  let bestEnd = 0;
  for (let i = from; i < side.ends.length && (side.earliest[i] ?? 0) < end; i++) {
    const span = spanAt(side, i);
    if (best !== -1 && (side.ends[i] ?? 0) !== bestEnd) break;
    const begins = spans.start[span] ?? 0;
    if (taken[span] || begins >= end) continue;
    if (best === -1 || Math.abs(begins - start) < Math.abs((spans.start[best] ?? 0) - start)) {
      best = span;
      bestEnd = side.ends[i] ?? 0;
    }
  }
  return best;
}

/**
 * The size of a largest one-to-one matching of spans with IoU >= 1/2 (2·|∩| >= |∪|, in whole numbers), by augmenting paths (Kuhn 1955).
 * Where no reviewer's spans overlap, each span has at most two such partners.
 */
export function halfMatched(a: Spans, b: Spans): number {
  const near = halfNeighbours(a, b);
  const partner = new Int32Array(b.start.length).fill(-1);
  const seen = new Int32Array(b.start.length).fill(-1);
  let count = 0;
  /** Without recursion, for the depth of a path is not bounded: a stack of spans of `a` and how far each has looked. */
  const augment = (root: number): boolean => {
    const path: number[] = [root];
    const looked: number[] = [0];
    const taken: number[] = [];
    while (path.length > 0) {
      const top = path.length - 1;
      const i = path[top] ?? 0;
      const next = near[i]?.[looked[top] ?? 0];
      if (next === undefined) {
        path.pop();
        looked.pop();
        taken.pop();
        continue;
      }
      looked[top] = (looked[top] ?? 0) + 1;
      if (seen[next] === root) continue;
      seen[next] = root;
      taken[top] = next;
      const holder = partner[next] ?? -1;
      if (holder === -1) {
        for (let k = top; k >= 0; k--) partner[taken[k] ?? 0] = path[k] ?? 0;
        return true;
      }
      path.push(holder);
      looked.push(0);
    }
    return false;
  };
  for (let i = 0; i < near.length; i++) if (augment(i)) count++;
  return count;
}

/** For each of `a`'s spans those of `b` with IoU >= 1/2. */
function halfNeighbours(a: Spans, b: Spans): readonly (readonly number[])[] {
  const longest = b.start.reduce((most, start, j) => Math.max(most, (b.end[j] ?? start) - start), 0);
  let first = 0; // those before it end before this span of `a` begins, and before all later ones do
  return a.start.map((start, i) => {
    const end = a.end[i] ?? start;
    while (first < b.start.length && (b.start[first] ?? 0) + longest <= start) first++;
    const found: number[] = [];
    for (let j = first; j < b.start.length; j++) {
      const [from, to] = [b.start[j] ?? 0, b.end[j] ?? 0];
      if (from >= end) break;
      const inter = Math.min(end, to) - Math.max(start, from);
      if (inter > 0 && 2 * inter >= end - start + (to - from) - inter) found.push(j);
    }
    return found;
  });
}
