/** The lines of a page as the proposal of regions looks at them. */
import type { TextIndex } from "../text/codepoints";
import { fold } from "../text/fold";
import type { Range } from "../text/range";

export type Line = Range & {
  readonly text: string;
  /** Lower case, straight quotes, single blanks (lib/text/fold.ts). */
  readonly folded: string;
  readonly words: number;
  /** Ends as a sentence does, whatever quotes and brackets follow. */
  readonly endsSentence: boolean;
  /** Eight words or more that end in a full stop. */
  readonly isSentence: boolean;
  /** Whether nothing but a line break stands between it and its neighbour. */
  readonly joinsPrevious: boolean;
};

const LINE = /[^\n\r\u2028\u2029]+/g;
const SENTENCE_END = /[.!?…。！？؟:;,][\s\p{Pf}\p{Pe}"'”’»)]*$/u;

const FULL_STOP = /[.…。][\s\p{Pf}\p{Pe}"'”’»)]*$/u;

/** Every line that is not blank. Offsets in code points, without the line break. */
export function linesOf(index: TextIndex): readonly Line[] {
  const lines: Line[] = [];
  let previousEnd = -2;
  for (const found of index.text.matchAll(LINE)) {
    const text = found[0];
    if (text.trim() === "") continue;
    const folded = fold(text);
    const u16End = found.index + text.length;
    const words = folded.split(" ").filter((w) => /[\p{L}\p{N}]/u.test(w)).length;
    lines.push({
      start: index.toCodePoint(found.index),
      end: index.toCodePoint(u16End),
      text,
      folded,
      words,
      endsSentence: SENTENCE_END.test(text),
      isSentence: words >= 8 && FULL_STOP.test(text),
      joinsPrevious: found.index === previousEnd + 1,
    });
    previousEnd = u16End;
  }
  return lines;
}

/** Of the words of four letters and more, how many begin with a capital; 0 without such words. */
export function capitalShare(text: string): number {
  const words = text.match(/\p{L}[\p{L}’'-]{3,}/gu) ?? [];
  return words.length === 0 ? 0 : words.filter((w) => /^\p{Lu}/u.test(w)).length / words.length;
}

const SCRIPTS = {
  Latin: /\p{Script=Latin}/gu,
  Cyrillic: /\p{Script=Cyrillic}/gu,
  Greek: /\p{Script=Greek}/gu,
  Arabic: /\p{Script=Arabic}/gu,
  Hebrew: /\p{Script=Hebrew}/gu,
  Devanagari: /\p{Script=Devanagari}/gu,
  Thai: /\p{Script=Thai}/gu,
  // Japanese and Korean pages mix these.
  "East Asian": /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu,
} as const;

/** The script of more than four fifths of a text's letters, if there are at least three of them. Looks at the beginning only. */
export function scriptOf(whole: string): string | null {
  const text = whole.slice(0, 20_000);
  const counts = Object.entries(SCRIPTS).map(([name, letters]) => [name, text.match(letters)?.length ?? 0] as const);
  const all = counts.reduce((sum, [, n]) => sum + n, 0);
  return counts.find(([, n]) => n >= 3 && n > 0.8 * all)?.[0] ?? null;
}
