/**
 * The only place that converts offset units. Gloss counts in Unicode code points; JavaScript strings, the DOM and some
 * formats count in UTF-16 code units. A surrogate pair is one code point, a lone surrogate is one code point too.
 */
import type { Range } from "./range";

export type TextIndex = {
  readonly text: string;
  /** In code points. */
  readonly length: number;
  /** `cp` in 0..length. */
  readonly toUtf16: (cp: number) => number;
  /** `u16` in 0..text.length; an offset inside a surrogate pair belongs to the code point that the pair makes. */
  readonly toCodePoint: (u16: number) => number;
  readonly slice: (range: Range) => string;
};

const SURROGATE = /[\ud800-\udfff]/;

const isPair = (text: string, u16: number): boolean =>
  (text.charCodeAt(u16) & 0xfc00) === 0xd800 && (text.charCodeAt(u16 + 1) & 0xfc00) === 0xdc00;

export function codePointLength(text: string): number {
  if (!SURROGATE.test(text)) return text.length;
  let pairs = 0;
  for (let i = 0; i < text.length - 1; i++) if (isPair(text, i)) pairs++;
  return text.length - pairs;
}

/** How many entries of the ascending list, the k-th of them raised by `perEntry` times k, are below `value`. */
function countBelow(ascending: Uint32Array, value: number, perEntry: 0 | 1): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) + perEntry * middle < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** O(n) once; then O(1) for texts without surrogate pairs, O(log of the number of pairs) otherwise. */
export function indexText(text: string): TextIndex {
  const length = codePointLength(text);
  if (length === text.length) {
    const same = (offset: number) => offset;
    return { text, length, toUtf16: same, toCodePoint: same, slice: (r) => text.slice(r.start, r.end) };
  }

  // The code point offset of each pair. The k-th pair's UTF-16 offset is pairs[k] + k.
  const pairs = new Uint32Array(text.length - length);
  for (let i = 0, k = 0; i < text.length - 1; i++) {
    if (isPair(text, i)) {
      pairs[k] = i - k;
      k++;
    }
  }
  const toUtf16 = (cp: number) => cp + countBelow(pairs, cp, 0);
  const toCodePoint = (u16: number) => u16 - countBelow(pairs, u16, 1);
  return { text, length, toUtf16, toCodePoint, slice: (r) => text.slice(toUtf16(r.start), toUtf16(r.end)) };
}
