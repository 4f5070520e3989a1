/** Ranges made smaller at their ends, one code point after the other from outside; O(what is dropped). */
import type { TextIndex } from "./codepoints";
import { snapToGraphemes } from "./graphemes";
import type { Range } from "./range";

/** Without the code points at the start that match `leading` and those at the end that match `trailing`; null if none is left. */
export function dropEnds(index: TextIndex, range: Range, leading: RegExp, trailing: RegExp): Range | null {
  let { start, end } = range;
  while (start < end && leading.test(index.slice({ start, end: start + 1 }))) start++;
  while (start < end && trailing.test(index.slice({ start: end - 1, end }))) end--;
  return start < end ? { start, end } : null;
}

const BLANK = /[\s\p{Default_Ignorable_Code_Point}]/u;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{N}]/u;

/** Without white space and invisible characters at its ends; null if it is nothing else. */
export const trimBlanks = (index: TextIndex, range: Range): Range | null => dropEnds(index, range, BLANK, BLANK);

/**
 * The *edge trim* of agreement.md: without what is neither letter nor digit at its ends. A range of nothing else is left as it
 * is, so that no span loses its place.
 */
export const edgeTrim = (index: TextIndex, range: Range): Range =>
  dropEnds(index, range, NEITHER_LETTER_NOR_DIGIT, NEITHER_LETTER_NOR_DIGIT) ?? range;

/** Without blanks at its ends, then widened to whole graphemes (agreement.md S3); null if it is blank. */
export function tidy(index: TextIndex, range: Range): Range | null {
  const trimmed = trimBlanks(index, range);
  return trimmed && snapToGraphemes(index, trimmed);
}
