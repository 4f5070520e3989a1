/** Words and what a selection becomes, by Intl.Segmenter on the text nearby. */
import type { TextIndex } from "./codepoints";
import { snapToGraphemes, windowAround } from "./graphemes";
import type { Range } from "./range";
import { dropEnds, trimBlanks } from "./trim";

const SEGMENTER = new Intl.Segmenter("en", { granularity: "word" });
/** UTF-16 units; no word is longer. */
const REACH = 1_000;

type Segment = Range & { readonly isWord: boolean };

/** The word, blank or sign that holds the UTF-16 unit at `u16`, in UTF-16; null at the text's end. */
function segmentAt(text: string, u16: number): Segment | null {
  const window = windowAround(text, u16, REACH);
  const found = SEGMENTER.segment(text.slice(window.start, window.end)).containing(u16 - window.start);
  if (!found) return null;
  const start = window.start + found.index;
  return { start, end: start + found.segment.length, isWord: found.isWordLike === true };
}

/** The range widened so that it cuts no word. */
function snapToWords(index: TextIndex, range: Range): Range {
  const first = segmentAt(index.text, index.toUtf16(range.start));
  const end = index.toUtf16(range.end);
  const last = segmentAt(index.text, end);
  return {
    start: first ? index.toCodePoint(first.start) : range.start,
    end: last && last.start < end ? index.toCodePoint(last.end) : range.end,
  };
}

const BLANK_OR_QUOTE = /[\s\p{Default_Ignorable_Code_Point}\p{Pi}\p{Pf}"'`´‚„‟′″]/u;
/** The guideline leaves final punctuation outside too. */
const OR_FINAL_PUNCTUATION = /[\s\p{Default_Ignorable_Code_Point}\p{Pi}\p{Pf}"'`´‚„‟′″.,;:!?…。，、；：！？]/u;

/**
 * What a selection becomes before it is labelled: outer blanks and quotes and final punctuation dropped, then widened to whole
 * words. A selection of nothing but such signs is kept, without its blanks. With `exact` it is only widened to whole graphemes.
 * null for a selection of blanks, or of nothing.
 */
export function snapSelection(
  index: TextIndex,
  selection: Range,
  { exact = false }: { readonly exact?: boolean } = {},
): Range | null {
  if (selection.start >= selection.end) return null;
  const whole = snapToGraphemes(index, selection);
  const marked = trimBlanks(index, whole);
  if (!marked) return null;
  if (exact) return whole;
  const inner = dropEnds(index, whole, BLANK_OR_QUOTE, OR_FINAL_PUNCTUATION);
  return inner ? snapToWords(index, inner) : marked;
}

/** The word under an offset, or right before it; null where there is none. */
export function wordAt(index: TextIndex, at: number): Range | null {
  const u16 = index.toUtf16(at);
  const under = segmentAt(index.text, u16);
  const word = under?.isWord ? under : u16 > 0 ? segmentAt(index.text, u16 - 1) : null;
  return word?.isWord ? { start: index.toCodePoint(word.start), end: index.toCodePoint(word.end) } : null;
}

/** The caret's step by a word to the right: to the end of the word that ends next, or, as on Windows, to the start of the next. */
export function nextWord(index: TextIndex, at: number, to: "end" | "start" = "end"): number {
  const { text } = index;
  let u16 = index.toUtf16(at);
  for (let segment = segmentAt(text, u16); segment; segment = segmentAt(text, u16)) {
    if (segment.isWord && to === "end") return index.toCodePoint(segment.end);
    if (segment.isWord && to === "start" && segment.start > index.toUtf16(at)) return index.toCodePoint(segment.start);
    u16 = segment.end;
  }
  return index.length;
}

/** The caret's step by a word to the left: to the start of the word that starts before it. */
export function previousWord(index: TextIndex, at: number): number {
  for (let u16 = index.toUtf16(at); u16 > 0; ) {
    const segment = segmentAt(index.text, u16 - 1);
    if (!segment) return 0;
    if (segment.isWord) return index.toCodePoint(segment.start);
    u16 = segment.start;
  }
  return 0;
}
