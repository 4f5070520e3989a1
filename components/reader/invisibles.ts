/** Characters that cannot be seen, or look like a blank and are none: where they stand, and what they are called. */
import type { TextIndex } from "@/lib/text/codepoints";
import type { Range } from "@/lib/text/range";

export type Invisible = {
  /** Code points. */
  readonly at: number;
  readonly name: string;
  /** What is shown in its place. */
  readonly sign: string;
};

const NAMES: Readonly<Record<string, readonly [string, string]>> = {
  "\t": ["tab", "→"],
  "\u00a0": ["no-break space", "°"],
  "\u00ad": ["soft hyphen", "¬"],
  "\u034f": ["combining grapheme joiner", "·"],
  "\u061c": ["Arabic letter mark", "¶"],
  "\u180e": ["Mongolian vowel separator", "·"],
  "\u200b": ["zero width space", "|"],
  "\u200c": ["zero width non-joiner", "|"],
  "\u200d": ["zero width joiner", "+"],
  "\u200e": ["left-to-right mark", "›"],
  "\u200f": ["right-to-left mark", "‹"],
  "\u2028": ["line separator", "↵"],
  "\u2029": ["paragraph separator", "¶"],
  "\u202a": ["left-to-right embedding", "›"],
  "\u202b": ["right-to-left embedding", "‹"],
  "\u202c": ["end of embedding", "×"],
  "\u202d": ["left-to-right override", "›"],
  "\u202e": ["right-to-left override", "‹"],
  "\u202f": ["narrow no-break space", "°"],
  "\u2060": ["word joiner", "+"],
  "\u2066": ["left-to-right isolate", "›"],
  "\u2067": ["right-to-left isolate", "‹"],
  "\u2068": ["first strong isolate", "›"],
  "\u2069": ["end of isolate", "×"],
  "\u3000": ["ideographic space", "□"],
  "\ufeff": ["zero width no-break space", "|"],
};
/** Blanks of other widths, and controls. */
const OTHER = /(?![ \n\r])[\p{Cc}\p{Zs}\u2061-\u2064]/u;
const ANY = new RegExp(`[${Object.keys(NAMES).join("")}]|${OTHER.source}`, "gu");
/** A joiner inside an emoji is part of a picture. */
const PICTURE = /\p{Extended_Pictographic}/u;

const nameOf = (sign: string): readonly [string, string] =>
  NAMES[sign] ??
  (sign < " " || (sign >= "\u007f" && sign < "\u00a0")
    ? [`control character ${codeOf(sign)}`, "¤"]
    : [`blank ${codeOf(sign)}`, "·"]);
const codeOf = (sign: string) => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** Those in a range, in order, at most `most`. */
export function invisiblesIn(index: TextIndex, range: Range, most = 2_000): readonly Invisible[] {
  const text = index.slice(range);
  const from = index.toUtf16(range.start);
  const made: Invisible[] = [];
  for (const found of text.matchAll(ANY)) {
    const [sign] = found;
    if (sign === "\u200d" && PICTURE.test(text.slice(Math.max(0, found.index - 3), found.index))) continue;
    const [name, shown] = nameOf(sign);
    made.push({ at: index.toCodePoint(from + found.index), name, sign: shown });
    if (made.length >= most) break;
  }
  return made;
}

/** "12 times no-break space, 1 soft hyphen", the most frequent first; null where there are none. */
export function countInvisibles(index: TextIndex): string | null {
  const counts = new Map<string, number>();
  for (const { name } of invisiblesIn(index, { start: 0, end: index.length }, Number.POSITIVE_INFINITY))
    counts.set(name, (counts.get(name) ?? 0) + 1);
  const words = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([name, n]) => (n === 1 ? `1 ${name}` : `${n} times ${name}`));
  return words.length === 0 ? null : words.join(", ");
}
