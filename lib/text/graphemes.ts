/** Graphemes (what a reader takes for one character) by Intl.Segmenter, looking only at the text nearby. */
import type { TextIndex } from "./codepoints";
import type { Range } from "./range";

const isLowSurrogate = (text: string, u16: number) => (text.charCodeAt(u16) & 0xfc00) === 0xdc00;

/**
 * The line around an offset with its line break; of a very long line about `reach` units on either side, begun at a blank if
 * there is one, so that what lies near the offset is segmented as in the whole. All offsets UTF-16.
 */
export function windowAround(text: string, u16: number, reach: number): Range {
  let start = Math.max(0, u16 - reach);
  const before = text.slice(start, u16);
  const lastBreak = before.lastIndexOf("\n");
  if (lastBreak !== -1) start += lastBreak + 1;
  else if (start > 0) start += Math.max(0, before.search(/\s/));
  if (isLowSurrogate(text, start)) start++;
  const nextBreak = text.slice(u16, u16 + reach).indexOf("\n");
  return { start, end: nextBreak === -1 ? Math.min(text.length, u16 + reach) : u16 + nextBreak + 1 };
}

const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });
/** UTF-16 units; a family of emoji has about 30, a row of flags may be longer than its neighbours. */
const REACH = 400;

/** Latin, and the usual punctuation: nothing that joins with its neighbours, but for a line feed after a carriage return. */
const plain = (unit: number): boolean => unit < 0x300 || (unit >= 0x2010 && unit <= 0x2027);
const RETURN = 13;

/** Whether it is certain, without a look further around, that a grapheme begins at `u16` (UAX #29). */
function surelyParts(text: string, u16: number): boolean {
  if (u16 <= 0 || u16 >= text.length) return true;
  const before = text.charCodeAt(u16 - 1);
  return before !== RETURN && plain(before) && plain(text.charCodeAt(u16));
}

/** The grapheme that holds the UTF-16 unit at `u16`, in UTF-16. */
function graphemeAt(text: string, u16: number): Range {
  if (u16 < text.length && surelyParts(text, u16) && surelyParts(text, u16 + 1)) return { start: u16, end: u16 + 1 };
  const window = windowAround(text, u16, REACH);
  const found = SEGMENTER.segment(text.slice(window.start, window.end)).containing(u16 - window.start);
  if (!found) return { start: u16, end: u16 };
  const start = window.start + found.index;
  return { start, end: start + found.segment.length };
}

/** The range widened to whole graphemes; an empty range widens only if it stands inside one. */
export function snapToGraphemes(index: TextIndex, range: Range): Range {
  const start = graphemeAt(index.text, index.toUtf16(range.start)).start;
  const at = index.toUtf16(range.end);
  const last = graphemeAt(index.text, at);
  return { start: index.toCodePoint(start), end: index.toCodePoint(last.start === at ? at : last.end) };
}

/** One step of the caret to the right; the text's end stays. */
export const nextGrapheme = (index: TextIndex, at: number): number =>
  index.toCodePoint(graphemeAt(index.text, index.toUtf16(at)).end);

/** One step of the caret to the left; 0 stays. */
export const previousGrapheme = (index: TextIndex, at: number): number =>
  at === 0 ? 0 : index.toCodePoint(graphemeAt(index.text, index.toUtf16(at) - 1).start);
