/**
 * Span F1 of two reviewers, symmetric (the precision of the one is the recall of the other): 2·TP / (|A| + |B|), micro-averaged by adding up
 * both sides over pairs and articles. Both empty: null. Examples: one span of 40 against touching spans of 10, 10 and 20 of the same label:
 * strict 0, overlap 2·1/4 = .5 (one to one, so never 6/4), characters 80/80 = 1.
 */
import { intersection } from "./continuum";
import { WholeSum } from "./exact";
import { halfMatched, overlapPartners, sameSpans } from "./matching";
import type { LabelMarks } from "./prepare";
import { figure, none, type Reason, type Value } from "./value";

export type F1Kind = "strict" | "normalised" | "overlap" | "iou50" | "characters";

/** Of one label, two reviewers and one article. `normalised` is null where there is no text. */
export type LabelMatches = {
  /** |A| + |B| */
  readonly spans: number;
  readonly strict: number;
  readonly normalised: number | null;
  readonly overlap: number;
  readonly iou50: number;
  /** Code points in both, and in A plus in B. */
  readonly shared: number;
  readonly covered: number;
};

export function matches(a: LabelMarks | undefined, b: LabelMarks | undefined): LabelMatches {
  const spans = (a?.start.length ?? 0) + (b?.start.length ?? 0);
  const covered = (a?.covered ?? 0) + (b?.covered ?? 0);
  if (!a || !b) {
    const text = (a ?? b)?.trimmed !== null;
    return { spans, covered, strict: 0, normalised: text ? 0 : null, overlap: 0, iou50: 0, shared: 0 };
  }
  const strict = sameSpans(a, b);
  const all = strict === a.start.length && strict === b.start.length;
  return {
    spans,
    covered,
    strict,
    normalised: a.trimmed && b.trimmed ? (all ? strict : sameSpans(a.trimmed, b.trimmed)) : null,
    overlap: all ? strict : overlapPartners(a, b).count,
    iou50: all ? strict : halfMatched(a, b),
    shared: all ? a.covered : intersection(a.merged, b.merged),
  };
}

export const NO_MATCHES: LabelMatches = {
  spans: 0,
  covered: 0,
  strict: 0,
  normalised: 0,
  overlap: 0,
  iou50: 0,
  shared: 0,
};

export const addMatches = (a: LabelMatches, b: LabelMatches): LabelMatches => ({
  spans: a.spans + b.spans,
  strict: a.strict + b.strict,
  normalised: a.normalised === null || b.normalised === null ? null : a.normalised + b.normalised,
  overlap: a.overlap + b.overlap,
  iou50: a.iou50 + b.iou50,
  shared: a.shared + b.shared,
  covered: a.covered + b.covered,
});

type Sums = { readonly matched: WholeSum; readonly all: WholeSum };
const newSums = (): Sums => ({ matched: new WholeSum(), all: new WholeSum() });

/** `matched` of each kind is TP (or shared code points); the figure is twice that over `all`. */
class KindSums {
  readonly strict = newSums();
  readonly normalised = newSums();
  readonly overlap = newSums();
  readonly iou50 = newSums();
  readonly characters = newSums();

  add(m: LabelMatches): void {
    this.#put("strict", m.strict, m.spans);
    this.#put("normalised", m.normalised ?? 0, m.spans);
    this.#put("overlap", m.overlap, m.spans);
    this.#put("iou50", m.iou50, m.spans);
    this.#put("characters", m.shared, m.covered);
  }

  #put(kind: F1Kind, matched: number, all: number): void {
    this[kind].matched.add(matched);
    this[kind].all.add(all);
  }
}

export class SpanF1 {
  readonly #all = new KindSums();
  readonly #labels = new Map<number, KindSums>();
  #noText = false;

  /** Also for an article in which nobody marked anything: whether it has a text decides whether normalised figures are given. */
  addArticle(hasText: boolean): void {
    if (!hasText) this.#noText = true;
  }

  add(label: number, m: LabelMatches): void {
    this.#all.add(m);
    const sums = this.#labels.get(label) ?? new KindSums();
    this.#labels.set(label, sums);
    sums.add(m);
  }

  micro(kind: F1Kind, reason: Reason | null): Value {
    return this.#figure(kind, this.#all, reason);
  }

  label(kind: F1Kind, label: number, reason: Reason | null): Value {
    return this.#figure(kind, this.#labels.get(label) ?? new KindSums(), reason);
  }

  #figure(kind: F1Kind, sums: KindSums, reason: Reason | null): Value {
    if (reason) return none(reason);
    if (kind === "normalised" && this.#noText) return none("no_text");
    return f1(sums[kind].matched.value, sums[kind].all.value, "no_spans");
  }
}

/** 2·matched / all. */
export function f1(matched: bigint, all: bigint, otherwise: Reason): Value {
  if (all === 0n) return none(otherwise, 0, 0);
  const [observed, expected] = [Number(2n * matched), Number(all)];
  return figure(observed / expected, observed, expected);
}
