/** Which words stand over the lanes: the sentences of a case, without clauses far from it that would only be read again. Pure. */
import type { TextIndex } from "@/lib/text/codepoints";
import type { Range } from "@/lib/text/range";
import { sentencesAround } from "@/lib/text/sentences";

/** Code points: what is nearer than a line or so stays, whole sentences look better. */
const FAR = 90;

const CLAUSE = /[,;:–—]["”’»)]?\s+/gu;

/** `ranges`: the case, and what is being made of it. */
export function focusRange(index: TextIndex, ranges: readonly Range[]): Range {
  const hull = { start: Math.min(...ranges.map((r) => r.start)), end: Math.max(...ranges.map((r) => r.end)) };
  const whole = sentencesAround(index, hull);
  const before = breaks(index, { start: whole.start, end: hull.start }).at(-1);
  const after = breaks(index, { start: hull.end, end: whole.end })[0];
  return {
    start: hull.start - whole.start > FAR && before !== undefined ? before : whole.start,
    end: whole.end - hull.end > FAR && after !== undefined ? after : whole.end,
  };
}

/** Where a clause begins, inside the range. */
function breaks(index: TextIndex, range: Range): readonly number[] {
  const base = index.toUtf16(range.start);
  return [...index.slice(range).matchAll(CLAUSE)].map((m) => index.toCodePoint(base + m.index + m[0].length));
}
