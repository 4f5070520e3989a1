/**
 * The difference of two texts, word by word. Lines that are the same are laid beside each other first, then words between them, so that
 * a page of any length takes little more than reading it. Offsets are code points.
 */
import { diffArrays } from "diff";
import { indexText, type TextIndex } from "../text/codepoints";
import type { Range } from "../text/range";

/** A stretch of the earlier text and what stands for it in the later one; the two tile both texts. */
export type Step = {
  /** `out`: only the earlier text has it (`is` is empty); `in`: only the later one (`was` is empty). */
  readonly kind: "same" | "out" | "in";
  readonly was: Range;
  readonly is: Range;
};

/** Edits after which two texts count as other texts; the algorithm's cost grows with its square. */
const MOST_EDITS = { lines: 2_000, words: 1_500 } as const;

/** What all comparing of words in one difference may cost, in steps: the square of edits, or a word weighed against another line. */
const MOST_STEPS = 2 * MOST_EDITS.words ** 2;
type Purse = { left: number };

const LINES = /[^\n]*\n+|[^\n]+$/g;
/** Words, blanks of one kind, and every other sign by itself. */
const TOKENS = /[\p{L}\p{N}\p{M}]+|\n+|[^\S\n]+|[^\p{L}\p{N}\p{M}\s]/gu;

type Part = { readonly kind: Step["kind"]; readonly length: number };

/**
 * In the order of both texts; two neighbours are never of one kind. `lines`: a line that went is compared with the one that came for it, as
 * people read it; without, words of one line may be found in any other of the same change. O(text), and a bounded number of steps for all of
 * its changes together: those that are left when it is spent went and came as a whole.
 */
export function diffTexts(
  was: TextIndex,
  is: TextIndex,
  { lines = true, common = commonLines(was, is) }: { readonly lines?: boolean; readonly common?: CommonLines } = {},
): readonly Step[] {
  const purse: Purse = { left: MOST_STEPS };
  const parts: Part[] = [];
  let change: { out: readonly string[]; in: readonly string[] } = { out: [], in: [] };
  const close = () => {
    const whole = [[change.out.join(""), change.in.join("")]] as const;
    for (const [out, into] of lines ? pairLines(change.out, change.in, purse) : whole) {
      if (out !== "" && into !== "") parts.push(...wordParts(out, into, purse));
      else parts.push({ kind: "out", length: out.length }, { kind: "in", length: into.length });
    }
    change = { out: [], in: [] };
  };
  for (const { kind, tokens } of common) {
    if (kind !== "same") change = { ...change, [kind]: [...change[kind], ...tokens] };
    else {
      close();
      parts.push({ kind: "same", length: tokens.join("").length });
    }
  }
  close();
  return stepsOf(parts, was, is);
}

type CommonLines = readonly Run[];

/** The lines that both texts have, in their order, and what lies between. */
export const commonLines = (was: TextIndex, is: TextIndex): CommonLines =>
  arrayDiff(was.text.match(LINES) ?? [], is.text.match(LINES) ?? [], MOST_EDITS.lines);

/** Lines between which words are compared have at least so much in common (Dice over their words). */
const ALIKE = 0.4;
/** Pairs of lines that are weighed; a change of more lines than that is compared as one stretch of words. */
const MOST_PAIRS = 2_500;

/** Which of the lines that went became which of those that came, in their order, so that they have as much as possible in common. */
function pairLines(
  out: readonly string[],
  into: readonly string[],
  purse: Purse,
): readonly (readonly [string, string])[] {
  const whole = [[out.join(""), into.join("")]] as const;
  if (out.length === 0 || into.length === 0 || out.length * into.length > MOST_PAIRS) return whole;
  const bags = { out: out.map(bagOf), into: into.map(bagOf) };
  const steps = into.length * bags.out.reduce((sum, { words }) => sum + words.size, 0);
  if (steps > purse.left) return whole;
  purse.left -= steps;
  const common = bags.out.map((one) => bags.into.map((other) => dice(one, other)));
  const best = Array.from({ length: out.length + 1 }, () => new Array<number>(into.length + 1).fill(0));
  const at = (i: number, j: number) => best[i]?.[j] ?? 0;
  const paired = (i: number, j: number) => {
    const alike = common[i]?.[j] ?? 0;
    return alike < ALIKE ? -1 : at(i + 1, j + 1) + alike;
  };
  for (let i = out.length - 1; i >= 0; i--)
    for (let j = into.length - 1; j >= 0; j--) {
      const row = best[i];
      if (row) row[j] = Math.max(at(i + 1, j), at(i, j + 1), paired(i, j));
    }
  const pairs: [string, string][] = [];
  let [i, j] = [0, 0];
  while (i < out.length || j < into.length) {
    if (i < out.length && j < into.length && paired(i, j) === at(i, j) && paired(i, j) > 0)
      pairs.push([out[i++] ?? "", into[j++] ?? ""]);
    else if (j >= into.length || (i < out.length && at(i + 1, j) === at(i, j))) pairs.push([out[i++] ?? "", ""]);
    else pairs.push(["", into[j++] ?? ""]);
  }
  return pairs;
}

type Bag = { readonly words: ReadonlyMap<string, number>; readonly size: number };

function bagOf(line: string): Bag {
  const found = line.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const words = new Map<string, number>();
  for (const word of found) words.set(word, (words.get(word) ?? 0) + 1);
  return { words, size: found.length };
}

function dice(one: Bag, other: Bag): number {
  let both = 0;
  for (const [word, n] of one.words) both += Math.min(n, other.words.get(word) ?? 0);
  return (2 * both) / Math.max(1, one.size + other.size);
}

type Run = { readonly kind: Step["kind"]; readonly tokens: readonly string[] };

function arrayDiff(was: readonly string[], is: readonly string[], maxEditLength: number): readonly Run[] {
  let start = 0;
  while (start < was.length && start < is.length && was[start] === is[start]) start++;
  let end = 0;
  while (end < was.length - start && end < is.length - start && was.at(-1 - end) === is.at(-1 - end)) end++;
  const middle = [was.slice(start, was.length - end), is.slice(start, is.length - end)] as const;
  const found = diffArrays([...middle[0]], [...middle[1]], { maxEditLength });
  const same = (tokens: readonly string[]): Run => ({ kind: "same", tokens });
  const between: readonly Run[] = found
    ? found.map(({ value, added, removed }) => ({ kind: added ? "in" : removed ? "out" : "same", tokens: value }))
    : [
        { kind: "out", tokens: middle[0] },
        { kind: "in", tokens: middle[1] },
      ];
  return [same(was.slice(0, start)), ...between, same(was.slice(was.length - end))].filter(
    ({ tokens }) => tokens.length > 0,
  );
}

const WORD = /[\p{L}\p{N}]/u;

/** A blank or comma that both have between words that differ is no common ground: it reads as one change. */
function wordParts(was: string, is: string, purse: Purse): readonly Part[] {
  const most = Math.min(MOST_EDITS.words, Math.floor(Math.sqrt(purse.left)));
  const found = arrayDiff(was.match(TOKENS) ?? [], is.match(TOKENS) ?? [], most);
  const edits = found.reduce((sum, { kind, tokens }) => sum + (kind === "same" ? 0 : tokens.length), 0);
  purse.left -= Math.min(edits, most) ** 2;
  return found.flatMap(({ kind, tokens }, i): readonly Part[] => {
    const words = tokens.join("");
    const between = kind === "same" && i > 0 && i < found.length - 1 && !WORD.test(words) && !words.includes("\n");
    const { length } = words;
    return between
      ? [
          { kind: "out", length },
          { kind: "in", length },
        ]
      : [{ kind, length }];
  });
}

/** Neighbours put together: what went before what came. */
function stepsOf(parts: readonly Part[], was: TextIndex, is: TextIndex): readonly Step[] {
  const steps: Step[] = [];
  let at = { was: 0, is: 0 };
  let change = { out: 0, in: 0 };
  const push = (kind: Step["kind"], out: number, into: number) => {
    if (out + into === 0) return;
    const range = (index: TextIndex, start: number, length: number) => ({
      start: index.toCodePoint(start),
      end: index.toCodePoint(start + length),
    });
    steps.push({ kind, was: range(was, at.was, out), is: range(is, at.is, into) });
    at = { was: at.was + out, is: at.is + into };
  };
  const close = () => {
    push("out", change.out, 0);
    push("in", 0, change.in);
    change = { out: 0, in: 0 };
  };
  let same = 0;
  for (const { kind, length } of parts) {
    if (length === 0) continue;
    if (kind === "same") {
      close();
      same += length;
      continue;
    }
    push("same", same, same);
    same = 0;
    change = kind === "out" ? { ...change, out: change.out + length } : { ...change, in: change.in + length };
  }
  close();
  push("same", same, same);
  return steps;
}

export type Piece = { readonly kind: Step["kind"]; readonly text: string };
export type Paragraph = {
  readonly kind: "same" | "changed" | "out" | "in";
  readonly pieces: readonly Piece[];
  /** Where it stands in the earlier and in the later text; empty where it stands in neither. */
  readonly was: Range;
  readonly is: Range;
};

/** The difference as it is read: by paragraphs, blank lines left out. */
export function paragraphsOf(was: TextIndex, is: TextIndex, steps: readonly Step[]): readonly Paragraph[] {
  const made: Paragraph[] = [];
  let pieces: Piece[] = [];
  let from = { was: 0, is: 0 };
  let at = from;
  const close = () => {
    const whole = pieces.map((piece) => piece.text).join("");
    if (whole.trim() !== "") {
      const kinds = new Set(pieces.filter((piece) => piece.text.trim() !== "").map((piece) => piece.kind));
      const [only] = kinds;
      made.push({
        kind: kinds.size === 1 && only ? only : "changed",
        pieces,
        was: { start: from.was, end: at.was },
        is: { start: from.is, end: at.is },
      });
    }
    pieces = [];
    from = at;
  };
  for (const step of steps) {
    const text = step.kind === "in" ? is.slice(step.is) : was.slice(step.was);
    for (const line of text.match(LINES) ?? []) {
      const words = line.replace(/\n+$/, "");
      if (words !== "") pieces.push({ kind: step.kind, text: words });
      const length = indexText(line).length;
      at = {
        was: at.was + (step.kind === "in" ? 0 : length),
        is: at.is + (step.kind === "out" ? 0 : length),
      };
      // A break that only one of them has ends a paragraph only where the other has nothing of it.
      if (words.length < line.length && (step.kind === "same" || pieces.every((piece) => piece.kind === step.kind)))
        close();
    }
  }
  close();
  return made;
}

/** Words that came and went. */
export function countWords(paragraphs: readonly Paragraph[]): { readonly in: number; readonly out: number } {
  const of = (kind: "in" | "out") =>
    paragraphs
      .flatMap((paragraph) => paragraph.pieces)
      .reduce(
        (sum, piece) => sum + (piece.kind === kind ? (piece.text.match(/[\p{L}\p{N}\p{M}]+/gu)?.length ?? 0) : 0),
        0,
      );
  return { in: of("in"), out: of("out") };
}
