/** An article made ready for counting: names as numbers, spans clipped to the scope, sorted, and merged where one reviewer's overlap. */
import { indexText, type TextIndex } from "../text/codepoints";
import { edgeTrim } from "../text/trim";
import type { AgreementArticle, AgreementSpan } from "./article";
import { type Projection, project } from "./projection";

/** Names in the order in which they are first met. */
export class Names {
  readonly #numbers = new Map<string, number>();
  readonly list: string[] = [];

  number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const made = this.list.push(name) - 1;
    this.#numbers.set(name, made);
    return made;
  }
}

/**
 * One reviewer's distinct spans of one label, by start and end, in code points in scope. Parallel arrays, because millions of them
 * are gone through.
 */
export type LabelMarks = {
  readonly start: readonly number[];
  readonly end: readonly number[];
  /** Each distinct span's span in the input (the first, of exact duplicates). */
  readonly spans: readonly AgreementSpan[];
  /** After the edge trim, by start and end; null without a text. */
  readonly trimmed: { readonly start: readonly number[]; readonly end: readonly number[] } | null;
  /** Merged where they share a code point: start, end, start, end, … */
  readonly merged: readonly number[];
  /** Code points in the merged segments, and the sum of the squares of their lengths. */
  readonly covered: number;
  readonly squares: number;
};

export type Lane = {
  readonly reviewer: number;
  /** By label number; undefined where the reviewer did not use the label. */
  readonly marks: readonly (LabelMarks | undefined)[];
  /** Whether any two of the reviewer's spans share a code point, of whatever label. */
  readonly overlaps: boolean;
  /** An exact duplicate's id to the id of the span that stands for it. */
  readonly twins: ReadonlyMap<string, string>;
};

export type Prepared = {
  readonly article: AgreementArticle;
  readonly index: TextIndex | null;
  readonly projection: Projection;
  /** Ordered by the reviewers' names. */
  readonly lanes: readonly Lane[];
  /** Label numbers that somebody used here. */
  readonly labels: readonly number[];
  /** Spans merged away per reviewer and label, exact duplicates included. */
  readonly merged: number;
  readonly outside: Outside;
};

/** What was left out because it lies outside the scope. */
export type Outside = {
  /** Spans wholly outside. */
  readonly spans: number;
  /** Spans of which a part is. */
  readonly parts: number;
  /** Code points of both, added up over spans. */
  readonly codePoints: number;
};

type Mark = {
  label: number;
  start: number;
  end: number;
  trimmed: { start: number; end: number } | null;
  span: AgreementSpan;
};

const byPlace = (a: { start: number; end: number }, b: { start: number; end: number }) =>
  a.start - b.start || a.end - b.end;

/** `known`: the text's index, where it was made before. */
export function prepare(
  article: AgreementArticle,
  reviewers: Names,
  labels: Names,
  known: TextIndex | null = null,
): Prepared {
  const projection = project(article.length, article.scope);
  const index = known ?? (typeof article.text === "string" ? indexText(article.text) : null);
  const outside = { spans: 0, parts: 0, codePoints: 0 };
  let merged = 0;
  const used = new Set<number>();
  const reviews = [...article.reviews].sort((a, b) => (a.reviewer < b.reviewer ? -1 : a.reviewer > b.reviewer ? 1 : 0));
  const lanes = reviews.map((review): Lane => {
    const marks: Mark[] = [];
    for (const span of review.spans) {
      const mark = markOf(span, labels, projection, index, outside);
      if (mark) marks.push(mark);
    }
    marks.sort(byPlace);
    const lane = laneOf(reviewers.number(review.reviewer), marks);
    merged += lane.merged;
    lane.marks.forEach((_, label) => {
      used.add(label);
    });
    return lane;
  });
  return { article, index, projection, lanes, labels: [...used].sort((a, b) => a - b), merged, outside };
}

function markOf(
  span: AgreementSpan,
  labels: Names,
  projection: Projection,
  index: TextIndex | null,
  outside: { spans: number; parts: number; codePoints: number },
): Mark | null {
  const inside = projection.clip(span);
  const start = inside ? projection.at(inside.start) : 0;
  const end = inside ? projection.at(inside.end) : 0;
  const lost = span.end - span.start - (end - start);
  if (lost > 0) outside.codePoints += lost;
  if (!inside || start >= end) {
    outside.spans++;
    return null;
  }
  if (lost > 0) outside.parts++;
  let trimmed: Mark["trimmed"] = null;
  if (index) {
    const trim = edgeTrim(index, inside);
    trimmed = { start: projection.at(trim.start), end: projection.at(trim.end) };
  }
  return { label: labels.number(span.label), start, end, trimmed, span };
}

type Building = {
  start: number[];
  end: number[];
  spans: AgreementSpan[];
  trims: { start: number; end: number }[] | null;
  merged: number[];
};

/** `marks` by start and end, of any labels. */
function laneOf(reviewer: number, marks: readonly Mark[]): Lane & { readonly merged: number } {
  const byLabel: Building[] = [];
  let reach = -1;
  let overlaps = false;
  let merged = 0;
  const twins = new Map<string, string>();
  for (const mark of marks) {
    const made = byLabel[mark.label] ?? { start: [], end: [], spans: [], trims: mark.trimmed && [], merged: [] };
    byLabel[mark.label] = made;
    const last = made.start.length - 1;
    if (made.start[last] === mark.start && made.end[last] === mark.end) {
      merged++;
      twins.set(mark.span.id, made.spans[last]?.id ?? mark.span.id);
      continue;
    }
    if (mark.start < reach) overlaps = true;
    reach = Math.max(reach, mark.end);
    made.start.push(mark.start);
    made.end.push(mark.end);
    made.spans.push(mark.span);
    if (mark.trimmed) made.trims?.push(mark.trimmed);
    const segmentEnd = made.merged.length - 1;
    const end = made.merged[segmentEnd];
    if (end !== undefined && mark.start < end) {
      made.merged[segmentEnd] = Math.max(end, mark.end);
      merged++;
    } else made.merged.push(mark.start, mark.end);
  }
  return { reviewer, marks: byLabel.map(finish), overlaps, twins, merged };
}

function finish({ start, end, spans, trims, merged }: Building): LabelMarks {
  trims?.sort(byPlace);
  let covered = 0;
  let squares = 0;
  for (let i = 0; i < merged.length; i += 2) {
    const length = (merged[i + 1] ?? 0) - (merged[i] ?? 0);
    covered += length;
    squares += length * length;
  }
  const trimmed = trims && { start: trims.map((t) => t.start), end: trims.map((t) => t.end) };
  return { start, end, spans, trimmed, merged, covered, squares };
}
