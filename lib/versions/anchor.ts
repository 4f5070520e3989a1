/**
 * Where marked words stand in another version of their text, each with a score, and never a guess in silence: what is in doubt is an orphan,
 * with its best candidates. The same words in the same place of the two texts are `exact`; the same words among others, or words of which
 * most are the same, `drifted`. Deterministic. Offsets are code points.
 */
import type { TextIndex } from "../text/codepoints";
import type { Range } from "../text/range";
import { trimBlanks } from "../text/trim";
import { commonLines, diffTexts, type Step } from "./diff";
import { Finder } from "./finder";
import { bySides, LEAST_SCORE, SCORES } from "./score";

/** What is known of a mark: its words and what stood around them, and where they stood if that is a place of the earlier text. */
export type Mark = {
  readonly id: string;
  readonly quote: string;
  readonly before: string;
  readonly after: string;
  /** null: it comes from a version before the earlier text, in which it has no place. */
  readonly was: Range | null;
};

export type Candidate = Range & { readonly score: number };

export type Anchor =
  | { readonly kind: "exact" | "drifted"; readonly is: Range; readonly score: number }
  | { readonly kind: "orphan"; readonly is: null; readonly score: number; readonly candidates: readonly Candidate[] };

/** Code points kept from each side of a mark. */
export const CONTEXT = 32;
const WIDER = [CONTEXT, 128, 512] as const;
const MOST_CANDIDATES = 5;
/** Places of the same words: among so many a mark's own is told by its number, and an orphan's candidates are sought. */
const MOST_ALIKE = { told: 200, sought: 1_000 } as const;

/** The mark of a range of the earlier text. */
export const markOf = (index: TextIndex, id: string, { start, end }: Range): Mark => ({
  id,
  quote: index.slice({ start, end }),
  before: index.slice({ start: Math.max(0, start - CONTEXT), end: start }),
  after: index.slice({ start: end, end: Math.min(index.length, end + CONTEXT) }),
  was: { start, end },
});

/** What two texts have in common: word by word, and line by line, which tells better what became of what was rewritten. */
export type Ground = { readonly words: readonly Step[]; readonly lines: readonly Step[] };

export function groundOf(was: TextIndex, is: TextIndex): Ground {
  const common = commonLines(was, is);
  return { words: diffTexts(was, is, { lines: false, common }), lines: diffTexts(was, is, { common }) };
}

/** By the marks' ids. O(text) for the difference, then for each mark what its rarest word takes, with a bound. */
export function anchorMarks(
  was: TextIndex,
  is: TextIndex,
  marks: readonly Mark[],
  ground: Ground = groundOf(was, is),
): ReadonlyMap<string, Anchor> {
  const texts = { was: new Finder(was.text), is: new Finder(is.text) };
  const found = marks.map((mark): Placed => ({ mark, anchor: new Anchoring(was, is, ground, texts, mark).anchor() }));
  return new Map(inOrder(found).map(({ mark, anchor }) => [mark.id, anchor]));
}

type Placed = { readonly mark: Mark; readonly anchor: Anchor };
type Finders = { readonly was: Finder; readonly is: Finder };

class Anchoring {
  constructor(
    readonly was: TextIndex,
    readonly is: TextIndex,
    readonly ground: Ground,
    readonly texts: Finders,
    readonly mark: Mark,
  ) {}

  anchor(): Anchor {
    return this.#inPlace() ?? this.#byContext() ?? this.#changed() ?? this.#orphan();
  }

  /** Inside a stretch that both texts have, if that stretch is not one of several of the same words. */
  #inPlace(): Anchor | null {
    const { was } = this.mark;
    const { words: steps } = this.ground;
    const step = was && steps[stepAt(steps, was.start)];
    if (!was || step?.kind !== "same" || was.end > step.was.end) return null;
    const by = step.is.start - step.was.start;
    const is = { start: was.start + by, end: was.end + by };
    for (const width of WIDER) {
      const around = {
        start: Math.max(step.was.start, was.start - width),
        end: Math.min(step.was.end, was.end + width),
      };
      const words = this.was.slice(around);
      const before = this.texts.was.places(words, MOST_ALIKE.told);
      const now = this.texts.is.places(words, MOST_ALIKE.told);
      // As many as there were, and this one of them: nothing of the kind came or went that it could be taken for.
      const place = before.found.indexOf(this.was.toUtf16(around.start));
      const asMany = before.all && now.all && before.found.length === now.found.length;
      if (asMany && now.found[place] === this.is.toUtf16(around.start + by))
        return { kind: "exact", is, score: SCORES.both };
      if (around.start === step.was.start && around.end === step.was.end) break;
    }
    return null;
  }

  /** The same words once in either text: with both neighbours, with one, alone. */
  #byContext(): Anchor | null {
    const { quote, before, after } = this.mark;
    const both = this.#once(before + quote + after, before.length);
    if (both !== null) return this.#at(both, 2);
    const left = before === "" ? null : this.#once(before + quote, before.length);
    const right = after === "" ? null : this.#once(quote + after, 0);
    if (left !== null && right !== null && left !== right) return null;
    const one = left ?? right;
    if (one !== null) return this.#at(one, 1);
    const alone = this.#once(quote, 0);
    return alone === null ? null : this.#at(alone, 0);
  }

  /** Where in the later text it stands, in UTF-16 units; null if it does not, or if either text has it more than once. */
  #once(words: string, skip: number): number | null {
    const place = this.texts.is.only(words);
    return place !== null && this.texts.was.places(words, 1).all ? place + skip : null;
  }

  #at(u16: number, sides: number): Anchor {
    const score = bySides(sides);
    return { kind: score === SCORES.both ? "exact" : "drifted", is: this.#range(u16), score };
  }

  #range(u16: number): Range {
    return { start: this.is.toCodePoint(u16), end: this.is.toCodePoint(u16 + this.mark.quote.length) };
  }

  /** Other words between what is left of the old ones, if most are left and the old ones stand nowhere else. */
  #changed(): Anchor | null {
    const between = this.texts.is.places(this.mark.quote, 0).all ? this.#between() : null;
    return between && between.score >= LEAST_SCORE
      ? { kind: "drifted", is: { start: between.start, end: between.end }, score: between.score }
      : null;
  }

  /** What stands where the mark stood, and how much of the two is common: Dice over code points, just below that of the same words. */
  #between(): Candidate | null {
    const { was } = this.mark;
    const { lines: steps } = this.ground;
    if (!was) return null;
    let common = 0;
    let start: number | null = null;
    let end = 0;
    for (let i = stepAt(steps, was.start); i < steps.length; i++) {
      const step = steps[i];
      if (!step || step.was.start >= was.end) break;
      const begins = step.kind === "same" ? step.is.start + Math.max(0, was.start - step.was.start) : step.is.start;
      start ??= begins;
      const ends = step.kind === "same" ? step.is.end - Math.max(0, step.was.end - was.end) : step.is.end;
      end = Math.max(end, ends);
      if (step.kind === "same") common += ends - begins;
      // What came in for words that went at its end belongs to it.
      const next = steps[i + 1];
      if (step.kind === "out" && step.was.end <= was.end && next?.kind === "in") end = Math.max(end, next.is.end);
    }
    const is = start === null || end <= start ? null : trimBlanks(this.is, { start, end });
    if (!is) return null;
    const dice = (2 * common) / (was.end - was.start + (is.end - is.start));
    return { ...is, score: hundredths(Math.min(1, dice) * 0.95) };
  }

  #orphan(): Anchor {
    const { quote, before, after, was } = this.mark;
    const here = was ? was.start * (this.is.length / Math.max(1, this.was.length)) : 0;
    const text = this.is.text;
    const same = this.texts.is.places(quote, MOST_ALIKE.sought).found.map((place) => {
      const sides =
        Number(before !== "" && text.startsWith(before, place - before.length)) +
        Number(after !== "" && text.startsWith(after, place + quote.length));
      return { ...this.#range(place), score: hundredths(SCORES.ambiguous + 0.05 * sides) };
    });
    const between = this.#between();
    const beside = this.#beside();
    const seen = new Set<string>();
    const unseen = ({ start, end }: Range) => seen.size < seen.add(`${start} ${end}`).size;
    const all = [...same, ...(between && between.score > 0.2 ? [between] : []), ...(beside ? [beside] : [])]
      .sort((a, b) => b.score - a.score || Math.abs(a.start - here) - Math.abs(b.start - here) || a.start - b.start)
      .filter(unseen)
      .slice(0, MOST_CANDIDATES);
    return { kind: "orphan", is: null, score: all[0]?.score ?? 0, candidates: all };
  }

  /** Whatever stands between the same neighbours. */
  #beside(): Candidate | null {
    const { quote, before, after } = this.mark;
    if (before.length < CONTEXT / 2 || after.length < CONTEXT / 2) return null;
    const [from, to] = [this.texts.is.only(before), this.texts.is.only(after)];
    if (from === null || to === null) return null;
    const start = from + before.length;
    if (to <= start || to - start > 3 * quote.length + CONTEXT) return null;
    const is = trimBlanks(this.is, { start: this.is.toCodePoint(start), end: this.is.toCodePoint(to) });
    return is && { ...is, score: SCORES.ambiguous };
  }
}

const hundredths = (value: number) => Math.round(value * 100) / 100;

/** The step that holds an offset of the earlier text. */
function stepAt(steps: readonly Step[], offset: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.was.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The last look: of marks of the same words none may have passed another, and two that stood apart may not have come to one place. Where that
 * would be so, all but the exact ones are in doubt.
 */
function inOrder(found: readonly Placed[]): readonly Placed[] {
  const doubtful = new Set<string>();
  const placed = found.filter(({ anchor }) => anchor.is !== null);
  const start = ({ mark }: Placed) => mark.was?.start ?? -1;
  for (const group of groupsBy(placed, ({ mark }) => mark.quote)) {
    const order = [...group].sort((a, b) => start(a) - start(b));
    const passed = order.some((one, i) => {
      const before = order[i - 1];
      if (!before || start(before) === start(one)) return false;
      return (before.anchor.is?.start ?? 0) >= (one.anchor.is?.start ?? 0);
    });
    if (passed) for (const one of group) if (one.anchor.kind === "drifted" || !holds(one)) doubtful.add(one.mark.id);
  }
  for (const group of groupsBy(placed, ({ anchor }) => `${anchor.is?.start} ${anchor.is?.end}`)) {
    const apart = group.some(
      ({ mark }) => mark.was?.start !== group[0]?.mark.was?.start || mark.was?.end !== group[0]?.mark.was?.end,
    );
    if (apart) for (const one of group) if (one.anchor.kind === "drifted") doubtful.add(one.mark.id);
  }
  return found.map(
    (one): Placed =>
      doubtful.has(one.mark.id) && one.anchor.is
        ? {
            ...one,
            anchor: {
              kind: "orphan",
              is: null,
              score: SCORES.ambiguous,
              candidates: [{ ...one.anchor.is, score: SCORES.ambiguous }],
            },
          }
        : one,
  );
}

function groupsBy<T>(items: readonly T[], keyOf: (item: T) => string): Iterable<readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups.values();
}

/** Exact anchors of one text never pass each other, unless one has no place in the earlier text. */
const holds = ({ mark, anchor }: Placed) => anchor.kind === "exact" && mark.was !== null;
