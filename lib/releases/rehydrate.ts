/**
 * Texts back under a stand-off release. A text with the release's own hash takes its spans as they are, each checked. In one that drifted each
 * span is looked for by its salted hashes: its words first, then what stood on both sides of it. What is found has a score; what is found with
 * too low a score, or not at all, is reported and left out.
 */
import { sha256 } from "../formats/native-read";
import { indexText, type TextIndex } from "../text/codepoints";
import type { Range } from "../text/range";
import { alike, bySides, LEAST_SCORE, SCORES } from "../versions/score";
import { CONTEXT, hashesOf, saltedHash } from "./standoff";

export type StandOffSpan = Range & {
  readonly id: string | null;
  readonly label: string;
  readonly quote_hash: string;
  readonly before_hash: string;
  readonly after_hash: string;
};

export type Found = {
  readonly id: string | null;
  readonly label: string;
  readonly was: Range;
  readonly is: Range;
  readonly score: number;
};
export type Missed = {
  readonly id: string | null;
  readonly label: string;
  readonly was: Range;
  readonly why: string;
  readonly score: number;
};

export type Anchored = {
  /** The text is the one that was labelled. */
  readonly exact: boolean;
  readonly found: ReadonlyMap<StandOffSpan, Range>;
  /** Those that stand elsewhere than they did, or are surrounded by other words. */
  readonly moved: readonly Found[];
  readonly missed: readonly Missed[];
};

export function anchor(
  spans: readonly StandOffSpan[],
  article: { readonly text_sha256: string; readonly length: number },
  text: string,
  salt: string,
  leastScore = LEAST_SCORE,
): Anchored {
  const index = indexText(text);
  const exact = sha256(text) === article.text_sha256;
  const found = new Map<StandOffSpan, Range>();
  const moved: Found[] = [];
  const missed: Missed[] = [];
  const places = new Places(index, salt);
  for (const span of spans) {
    const was = { start: span.start, end: span.end };
    const { id, label } = span;
    const best = exact ? asItWas(span, index, salt) : places.best(span, article.length);
    if (!best || best.score < leastScore) {
      const why = best ? "only a doubtful place was found" : "its words are not there, nor what stood around them";
      missed.push({
        id,
        label,
        was,
        why: exact ? "its words are not what was labelled" : why,
        score: best?.score ?? 0,
      });
      continue;
    }
    found.set(span, best.is);
    if (!exact && (best.score < 1 || best.is.start !== was.start))
      moved.push({ id, label, was, is: best.is, score: best.score });
  }
  return { exact, found, moved, missed };
}

type Best = { readonly is: Range; readonly score: number };

function asItWas({ start, end, quote_hash }: StandOffSpan, index: TextIndex, salt: string): Best | null {
  const fits = end <= index.length && saltedHash(salt, "quote", index.slice({ start, end })) === quote_hash;
  return fits ? { is: { start, end }, score: 1 } : null;
}

/** Where stretches of a text with a given hash begin, by the kind of stretch and its length; each length is gone through once. */
class Places {
  readonly #known = new Map<string, ReadonlyMap<string, readonly number[]>>();

  constructor(
    readonly index: TextIndex,
    readonly salt: string,
  ) {}

  #starts(kind: "quote" | "before" | "after", length: number, hash: string): readonly number[] {
    const key = `${kind} ${length}`;
    let map = this.#known.get(key);
    if (!map) {
      const made = new Map<string, number[]>();
      for (let start = 0; start + length <= this.index.length; start++) {
        const found = saltedHash(this.salt, kind, this.index.slice({ start, end: start + length }));
        const list = made.get(found);
        if (list) list.push(start);
        else made.set(found, [start]);
      }
      map = made;
      this.#known.set(key, made);
    }
    return map.get(hash) ?? [];
  }

  best(span: StandOffSpan, lengthThen: number): Best | null {
    const size = span.end - span.start;
    const scale = lengthThen === 0 ? 1 : this.index.length / lengthThen;
    const near = (start: number) => Math.abs(start - span.start * scale);
    const places = this.#starts("quote", size, span.quote_hash)
      .map((start) => {
        const is = { start, end: start + size };
        const hashes = hashesOf(this.index, is, this.salt);
        const sides = Number(hashes.before === span.before_hash) + Number(hashes.after === span.after_hash);
        return { is, sides };
      })
      .sort((a, b) => b.sides - a.sides || near(a.is.start) - near(b.is.start));
    const [first, second] = places;
    if (first) {
      const unique = !second || second.sides < first.sides;
      if (!unique) return { is: first.is, score: first.sides === 2 ? SCORES.one : SCORES.ambiguous };
      return { is: first.is, score: bySides(first.sides) };
    }
    return this.#between(span, lengthThen, near);
  }

  /** Other words between the same neighbours. */
  #between(span: StandOffSpan, lengthThen: number, near: (start: number) => number): Best | null {
    const size = span.end - span.start;
    const before = Math.min(CONTEXT, span.start);
    const after = Math.min(CONTEXT, lengthThen - span.end);
    if (before < CONTEXT / 2 || after < CONTEXT / 2) return null;
    const starts = this.#starts("before", before, span.before_hash).map((start) => start + before);
    const ends = this.#starts("after", after, span.after_hash);
    let best: Best | null = null;
    for (const start of starts)
      for (const end of ends) {
        const length = end - start;
        if (length <= 0 || length > 2 * size + CONTEXT) continue;
        const score = SCORES.between * alike(length, size);
        if (!best || score > best.score || (score === best.score && near(start) < near(best.is.start)))
          best = { is: { start, end }, score };
      }
    return best;
  }
}
