/**
 * Folding a copy of a text for comparison and search; the text itself is never changed. Folded text has compatibility forms,
 * case, quotes, dashes and white space made equal, and nothing that cannot be seen. Rests on NFKC_Casefold of Unicode
 * (UAX #31), with case folding by upper-casing and lower-casing, which JavaScript has, so that a dotless i equals an i.
 */
import type { TextIndex } from "./codepoints";
import type { Range } from "./range";

/** Compatibility decomposition would take these apart into something that is no quote any more. */
const QUOTES_THAT_NFKC_BREAKS: readonly [RegExp, string][] = [
  [/[\u2033\u2036]/g, '"'],
  [/\u00b4/g, "'"],
];

/** Of marks in a row; more than any writing needs (UAX #15, Stream-Safe Text Format). Normalising takes the square of their number. */
const MARKS = /(\p{M}{30})\p{M}+/gu;

/** What comes out may still have blanks at its ends and in rows. */
function foldCharacters(text: string): string {
  let folded = text;
  for (const [pattern, replacement] of QUOTES_THAT_NFKC_BREAKS) folded = folded.replace(pattern, replacement);
  return folded
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .replace(MARKS, "$1")
    .normalize("NFKC")
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(/ς/g, "σ")
    .normalize("NFKC")
    .replace(/[‘’‚‛′‵‹›ʼʻ`]/g, "'")
    .replace(/[“”„‟«»〝〞〟]/g, '"')
    .replace(/[\p{Dash_Punctuation}−]/gu, "-");
}

/** Equal folded texts are the same words. */
export const fold = (text: string): string => foldCharacters(text).replace(/\s+/g, " ").trim();

/**
 * A folded text that knows where each of its UTF-16 units came from: `starts[i]` and `ends[i]` are the UTF-16 bounds, in the
 * original, of the characters that unit i was made of.
 */
export type FoldedText = { readonly folded: string; readonly starts: Uint32Array; readonly ends: Uint32Array };

/**
 * A character with all that may melt into it: marks, invisible characters, the later parts of Korean syllables (also as
 * compatibility and half-width letters) and the half-width Japanese voicing marks.
 */
const CLUSTER = /.[\p{M}\p{Default_Ignorable_Code_Point}\u1160-\u11ff\ud7b0-\ud7ff\u3131-\u318e\uff9e-\uffdc]*/suy;

/** `fold` with a map; the same folded text. */
export function foldWithMap(text: string): FoldedText {
  const units: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const emit = (folded: string, start: number, end: number) => {
    for (let i = 0; i < folded.length; i++) {
      const unit = folded[i] ?? "";
      if (!/\s/.test(unit)) units.push(unit);
      else if (units.length > 0 && units.at(-1) !== " ") units.push(" ");
      else continue; // leading, or one more of a row
      starts.push(start);
      ends.push(end);
    }
  };
  const known = new Map<string, string>();
  for (let i = 0; i < text.length; ) {
    CLUSTER.lastIndex = i;
    const found = CLUSTER.exec(text)?.[0] ?? text[i] ?? "";
    let folded = known.get(found);
    if (folded === undefined) {
      folded = foldCharacters(found);
      known.set(found, folded);
    }
    emit(folded, i, i + found.length);
    i += found.length;
  }
  if (units.at(-1) === " ") units.pop();
  return {
    folded: units.join(""),
    starts: Uint32Array.from(starts.slice(0, units.length)),
    ends: Uint32Array.from(ends.slice(0, units.length)),
  };
}

const maps = new WeakMap<TextIndex, FoldedText>();

/** Kept as long as the index is, because search asks for the same text again with each letter typed. */
function mapOf(index: TextIndex): FoldedText {
  const known = maps.get(index);
  if (known) return known;
  const made = foldWithMap(index.text);
  maps.set(index, made);
  return made;
}

const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u;

/** Whether a word goes on across this UTF-16 offset. */
function joins(text: string, u16: number): boolean {
  const after = String.fromCodePoint(text.codePointAt(u16) ?? 0x20);
  const before = [...text.slice(Math.max(0, u16 - 2), u16)].at(-1) ?? " ";
  return WORD_CHARACTER.test(before) && WORD_CHARACTER.test(after);
}

/**
 * Where a phrase stands in the text, whatever its case, quotes, dashes and spacing: ranges of the original in code points,
 * in order, none overlapping. With `wholeWords` a hit has no letter or digit right before or after it.
 */
export function findFolded(index: TextIndex, phrase: string, wholeWords = false): readonly Range[] {
  const wanted = fold(phrase);
  if (wanted === "") return [];
  const { folded, starts, ends } = mapOf(index);
  const hits: Range[] = [];
  for (let at = folded.indexOf(wanted); at !== -1; ) {
    const last = at + wanted.length - 1;
    const start = starts[at] ?? 0;
    const end = ends[last] ?? 0;
    const whole = !wholeWords || (!joins(folded, at) && !joins(folded, last + 1));
    if (whole) hits.push({ start: index.toCodePoint(start), end: index.toCodePoint(end) });
    at = folded.indexOf(wanted, whole ? last + 1 : at + 1);
  }
  return hits;
}
