/** An article and overlapping spans of any size, the same for the same numbers. Paragraphs of some 600 characters, all ASCII. */
export type MadeSpan = { readonly id: string; readonly start: number; readonly end: number; readonly label: string };
export type Made = { readonly text: string; readonly spans: readonly MadeSpan[] };

const WORDS =
  "harbour gauge denied the port weir said officials water over sluice on Thursday that a ferry of council letters was almost certainly late".split(
    " ",
  );
const LABELS = ["CLAIM", "ATTRIBUTION", "DENIAL", "FRAMING"];

/** The same numbers each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const idOf = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;

export function make(length: number, count: number, seed = 20_180_904): Made {
  const below = numbers(seed);
  const parts: string[] = [];
  let size = 0;
  let line = 0;
  while (size < length) {
    const word = WORDS[below(WORDS.length)] ?? "water";
    const gap = line > 600 ? ".\n" : " ";
    parts.push(word, gap);
    size += word.length + gap.length;
    line = line > 600 ? 0 : line + word.length + gap.length;
  }
  const text = parts.join("").slice(0, length);
  const offset = seed % 2 ** 20;
  const spans = Array.from({ length: count }, (_, n): MadeSpan => {
    const start = below(length - 200);
    return { id: idOf(offset + n), start, end: start + 10 + below(150), label: LABELS[below(4)] ?? "CLAIM" };
  });
  return { text, spans: spans.sort((a, b) => a.start - b.start) };
}
