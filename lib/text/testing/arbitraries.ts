/** Texts and ranges for property tests: what real pages hold that a naive program gets wrong. */
import fc from "fast-check";
import { codePointLength } from "../codepoints";
import type { Range } from "../range";

const BITS = [
  "a",
  "Z",
  "7",
  " ",
  "\u00a0",
  "\n",
  ".",
  ",",
  "“",
  "”",
  "'",
  "’",
  '"',
  "-",
  "—",
  "é",
  "e\u0301",
  "ﬁ",
  "ß",
  "Σ",
  "İ",
  "\u00ad",
  "\u200b",
  "💧",
  "👨🏻‍🚒",
  "🇳🇱",
  "한",
  "ㅎㅏㄴ",
  "ｶﾞ",
  "д",
  "ن",
  "水",
  "word",
  "The",
  "U.S.",
  "1,000",
];

/** Well-formed, without NUL. */
export const someText = (maxLength = 40): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...BITS) },
        { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 3 }) },
      ),
      { maxLength },
    )
    .map((bits) => bits.join("").replaceAll("\0", ""));

/** Any code points at all, lone surrogates and unassigned ones too. */
export const anyCodePoints: fc.Arbitrary<string> = fc
  .array(fc.nat(0x10ffff))
  .map((points) => points.map((p) => String.fromCodePoint(p)).join(""));

/** Half-open, never empty; `length` of at least 1. */
export const someRange = (length: number): fc.Arbitrary<Range> =>
  fc
    .tuple(fc.nat(length - 1), fc.nat(length - 1))
    .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) + 1 }));

/** A text of at least one code point, with a range of it. */
export const textAndRange = fc
  .tuple(someText(), fc.constantFrom(...BITS))
  .map(([text, more]) => text + more)
  .chain((text) => fc.tuple(fc.constant(text), someRange(codePointLength(text))));
