/** Text is drawn flat: a block's spans cut it at every edge into pieces that tile it, however the spans overlap. */
import { overlap, type Range } from "../text/range";
import { inReadingOrder } from "./order";

/** Lines drawn below each other before the rest is only counted. */
export const LINES = 3;

export type Piece<T> = Range & {
  /** All that cover the piece, in reading order. */
  readonly spans: readonly T[];
  /** By line, at most LINES long: the span whose line is drawn there, or null for a line left free. */
  readonly lines: readonly (T | null)[];
  /** How many spans have no line here. */
  readonly more: number;
};

type Marked = Range & { readonly id: string };

/**
 * A span takes the lowest line that is free where it starts in this block, and keeps it to its end there; one that finds none
 * free is counted. Spans that do not meet the block are ignored. O(s log s + the sum of the pieces' spans).
 */
export function pieces<T extends Marked>(block: Range, spans: readonly T[]): readonly Piece<T>[] {
  if (block.start >= block.end) return [];
  const starting = inReadingOrder(spans.filter((s) => s.start < s.end && overlap(s, block)));
  const edges = new Set([block.start, block.end]);
  for (const s of starting) {
    edges.add(Math.max(s.start, block.start));
    edges.add(Math.min(s.end, block.end));
  }
  const cuts = [...edges].sort((a, b) => a - b);

  const made: Piece<T>[] = [];
  const lines: (T | null)[] = Array.from({ length: LINES }, () => null);
  let active: T[] = [];
  let next = 0;
  for (let i = 0; i + 1 < cuts.length; i++) {
    const start = cuts[i] ?? 0;
    const end = cuts[i + 1] ?? start;
    if (active.some((s) => s.end <= start)) active = active.filter((s) => s.end > start);
    for (let l = 0; l < LINES; l++) if ((lines[l]?.end ?? start + 1) <= start) lines[l] = null;
    for (let s = starting[next]; s && s.start <= start; s = starting[++next]) {
      active.push(s);
      const free = lines.indexOf(null);
      if (free !== -1) lines[free] = s;
    }
    const drawn = lines.slice(0, lines.findLastIndex((s) => s !== null) + 1);
    const more = active.length - drawn.filter((s) => s !== null).length;
    made.push({ start, end, spans: active.slice(), lines: drawn, more });
  }
  return made;
}

/**
 * For each block, the spans that meet it, in reading order. Blocks are ordered and do not overlap.
 * O(s log s + s log b + the number of meetings).
 */
export function spansByBlock<T extends Marked>(
  blocks: readonly Range[],
  spans: Iterable<T>,
): readonly (readonly T[])[] {
  const perBlock: T[][] = blocks.map(() => []);
  for (const span of inReadingOrder(spans)) {
    let low = 0;
    let high = blocks.length; // the first block that ends after the span's start
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((blocks[middle]?.end ?? 0) <= span.start) low = middle + 1;
      else high = middle;
    }
    for (let b = low; (blocks[b]?.start ?? span.end) < span.end; b++) perBlock[b]?.push(span);
  }
  return perBlock;
}
