/** The part of an article that counts, as a line of its own: what lies outside the scope is cut out, what lies inside moves together. */
import type { Range } from "../text/range";

export type Projection = {
  /** L_d: code points in scope. */
  readonly length: number;
  /** How many code points in scope lie before an offset of the article. */
  readonly at: (offset: number) => number;
  /** The part from the first to the last code point in scope, in offsets of the article; null when none is. */
  readonly clip: (range: Range) => Range | null;
};

/** `scope`: ordered ranges that do not overlap; null: everything. A span over a gap stays one span, shorter by the gap. */
export function project(length: number, scope: readonly Range[] | null | undefined): Projection {
  const parts = (scope ?? [{ start: 0, end: length }])
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(length, end) }))
    .filter(({ start, end }) => start < end);
  const [only] = parts;
  if (parts.length === 1 && only?.start === 0 && only.end === length) {
    return {
      length,
      at: (offset) => Math.min(Math.max(offset, 0), length),
      clip: (range) => cut(range, 0, length),
    };
  }
  const before: number[] = [];
  let total = 0;
  for (const { start, end } of parts) {
    before.push(total);
    total += end - start;
  }
  /** The last part that starts at or before the offset; -1 when none does. */
  const partOf = (offset: number): number => {
    let low = 0;
    let high = parts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((parts[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  const at = (offset: number): number => {
    const i = partOf(offset);
    const part = parts[i];
    return part ? (before[i] ?? 0) + Math.min(offset, part.end) - part.start : 0;
  };
  const clip = (range: Range): Range | null => {
    const i = partOf(range.start);
    const here = parts[i];
    const start = here && range.start < here.end ? range.start : parts[i + 1]?.start;
    const last = parts[partOf(range.end - 1)];
    return start === undefined || !last ? null : cut({ start, end: Math.min(range.end, last.end) }, 0, length);
  };
  return { length: total, at, clip };
}

function cut({ start, end }: Range, least: number, most: number): Range | null {
  const inside = { start: Math.max(start, least), end: Math.min(end, most) };
  return inside.start < inside.end ? inside : null;
}
