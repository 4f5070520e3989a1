/** One binary continuum (a label, or not) seen by several reviewers: swept once, at the edges only. */

/** Reused between calls, and grown when needed. */
let starts = new Int32Array(256);
let ends = new Int32Array(256);

/**
 * Σ over elementary intervals of length · 2·k·(m−k), k of m reviewers being inside: the disagreements of all ordered pairs of
 * reviewers, not yet divided by m − 1. `segments` are, a reviewer, disjoint and flat: start, end, start, end, … O(n log n), whatever
 * the text's length.
 */
export function disagreement(segments: readonly (readonly number[] | undefined)[], reviewers: number): number {
  let n = 0;
  for (const flat of segments) {
    if (!flat) continue;
    const wanted = n + flat.length / 2;
    if (wanted > starts.length) grow(wanted);
    for (let i = 0; i < flat.length; i += 2) {
      starts[n] = flat[i] ?? 0;
      ends[n] = flat[i + 1] ?? 0;
      n++;
    }
  }
  sort(starts, n);
  sort(ends, n);
  let sum = 0;
  let inside = 0;
  let position = 0;
  let nextStart = 0;
  let nextEnd = 0;
  while (nextEnd < n) {
    const start = nextStart < n ? (starts[nextStart] ?? 0) : Number.POSITIVE_INFINITY;
    const end = ends[nextEnd] ?? 0;
    const next = start < end ? start : end;
    sum += (next - position) * 2 * inside * (reviewers - inside);
    position = next;
    if (start < end) {
      inside++;
      nextStart++;
    } else {
      inside--;
      nextEnd++;
    }
  }
  return sum;
}

function grow(wanted: number): void {
  const size = Math.max(wanted, starts.length * 2);
  const [before, after] = [starts, ends];
  starts = new Int32Array(size);
  ends = new Int32Array(size);
  starts.set(before);
  ends.set(after);
}

/** By insertion where there are few, which is nearly always, and nearly sorted already. */
function sort(values: Int32Array, n: number): void {
  if (n > 64) {
    values.subarray(0, n).sort();
    return;
  }
  for (let i = 1; i < n; i++) {
    const value = values[i] ?? 0;
    let at = i;
    for (; at > 0 && (values[at - 1] ?? 0) > value; at--) values[at] = values[at - 1] ?? 0;
    values[at] = value;
  }
}

/** Code points in both of two lists of disjoint segments, flat and in order. */
export function intersection(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [aStart = 0, aEnd = 0, bStart = 0, bEnd = 0] = [a[i], a[i + 1], b[j], b[j + 1]];
    const start = aStart > bStart ? aStart : bStart;
    const end = aEnd < bEnd ? aEnd : bEnd;
    if (end > start) sum += end - start;
    if (aEnd < bEnd) i += 2;
    else j += 2;
  }
  return sum;
}
