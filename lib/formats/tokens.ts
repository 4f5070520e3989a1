/** Words and signs of a text, for formats that count in tokens. Offsets UTF-16. Blanks are in no token. */
import type { Range } from "../text/range";

/** Of UAX #29 by Intl.Segmenter in English; whoever compares tokens must know which they are. */
export const TOKENISER = "uax29-words-en-1";

const SEGMENTER = new Intl.Segmenter("en", { granularity: "word" });
/** Controls and line ends part tokens too: some formats put a token on a line. */
const BLANK = /^[\s\p{Cc}]+$/u;
const WORD = /[^\s\p{Cc}]+/gu;

export function tokensOf(text: string): readonly Range[] {
  const tokens: Range[] = [];
  // Line by line: the segmenter's time grows faster than a long text.
  for (let from = 0; from < text.length; ) {
    const next = text.indexOf("\n", from);
    const to = next === -1 ? text.length : next + 1;
    // A blank may be one segment with a mark of direction after it.
    for (const { segment, index } of SEGMENTER.segment(text.slice(from, to)))
      for (const { 0: word, index: at } of segment.matchAll(WORD))
        tokens.push({ start: from + index + at, end: from + index + at + word.length });
    from = to;
  }
  return tokens;
}

/** The tokens, in order, that share a character with a range, as one range over all of them; null: none does. */
export function tokensTouched(tokens: readonly Range[], { start, end }: Range): Range | null {
  const first = tokens[firstEndingAfter(tokens, start)];
  if (!first || first.start >= end) return null;
  const last = tokens[firstEndingAfter(tokens, end - 1)];
  // The range may end in a blank: then the token before it is the last.
  const to = last && last.start < end ? last : tokens[firstEndingAfter(tokens, end - 1) - 1];
  return { start: first.start, end: (to ?? first).end };
}

/** Tokens end in ascending order. */
export function firstEndingAfter(tokens: readonly Range[], at: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.end ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same, cut wherever a span begins or ends, so that every span is made of whole tokens. `cuts` are UTF-16 offsets. */
export function tokensCut(text: string, cuts: readonly number[]): readonly Range[] {
  const at = [...new Set(cuts)].sort((a, b) => a - b);
  const tokens: Range[] = [];
  let next = 0;
  for (const { start, end } of tokensOf(text)) {
    let from = start;
    while (next < at.length && (at[next] ?? 0) <= from) next++;
    for (let cut = at[next]; cut !== undefined && cut < end; cut = at[++next]) {
      tokens.push({ start: from, end: cut });
      from = cut;
    }
    tokens.push({ start: from, end });
  }
  return tokens;
}

/** Places in the text where a sentence begins, for tools that show one a line; 0 first. Paragraphs part sentences. UTF-16. */
export function sentenceStarts(text: string): readonly number[] {
  const starts: number[] = [];
  for (let from = 0; from < text.length; ) {
    const next = text.indexOf("\n", from);
    const to = next === -1 ? text.length : next + 1;
    for (const { index, segment } of SENTENCES.segment(text.slice(from, to)))
      if (!BLANK.test(segment)) starts.push(from + index + (segment.length - segment.trimStart().length));
    from = to;
  }
  return starts;
}

const SENTENCES = new Intl.Segmenter("en", { granularity: "sentence" });
