/** S3: where a span should begin and end, by what more than half of its voters cover. */
import type { TextIndex } from "../text/codepoints";
import { overlap, type Range } from "../text/range";
import { tidy } from "../text/trim";
import { byName } from "./case";
import { iou } from "./overlap-ratio";

type Voted = Range & { readonly reviewer: string };

/** `spans` of the voters, at least one. Pieces in order, not overlapping, each with at least one code point. */
export function suggestExtent(spans: readonly Voted[], text: TextIndex | null): readonly Range[] {
  const [only] = spans;
  if (only && spans.every((s) => s.start === only.start && s.end === only.end)) {
    const same = [{ start: only.start, end: only.end }];
    return text ? tidied(same, text) : same;
  }
  const voters = [...new Set(spans.map((s) => s.reviewer))];
  const majority = coveredBy(spans, (n) => 2 * n > voters.length);
  const whole = majority.length > 0 ? pieces(majority, spans, voters) : [medoid(spans)];
  const cut = whole.flatMap((piece) => cutWhereTouching(piece, spans, voters));
  return text ? tidied(cut, text) : cut;
}

/** The stretches where the number of reviewers who cover it satisfies `enough`. One reviewer's overlapping spans count once. */
export function coveredBy(spans: readonly Voted[], enough: (reviewers: number) => boolean): readonly Range[] {
  const edges = spans
    .flatMap((s) => [
      { at: s.start, by: 1, reviewer: s.reviewer },
      { at: s.end, by: -1, reviewer: s.reviewer },
    ])
    .sort((x, y) => x.at - y.at);
  const depth = new Map<string, number>();
  const stretches: { start: number; end: number }[] = [];
  let reviewers = 0;
  edges.forEach(({ at, by, reviewer }, i) => {
    const before = depth.get(reviewer) ?? 0;
    depth.set(reviewer, before + by);
    if (before + by === 0) reviewers--;
    else if (before === 0 && by === 1) reviewers++;
    const next = edges[i + 1]?.at ?? at;
    if (next === at || reviewers === 0 || !enough(reviewers)) return;
    const last = stretches.at(-1);
    if (last?.end === at) last.end = next;
    else stretches.push({ start: at, end: next });
  });
  return stretches;
}

const strictMajority = (voters: readonly string[], holds: (reviewer: string) => boolean) =>
  2 * voters.filter(holds).length > voters.length;

/** Kept apart if a strict majority of voters has more than one span, otherwise their hull. */
function pieces(stretches: readonly Range[], spans: readonly Voted[], voters: readonly string[]): readonly Range[] {
  const counts = new Map<string, number>();
  for (const { reviewer } of spans) counts.set(reviewer, (counts.get(reviewer) ?? 0) + 1);
  if (strictMajority(voters, (r) => (counts.get(r) ?? 0) > 1)) return stretches;
  return [{ start: stretches[0]?.start ?? 0, end: stretches.at(-1)?.end ?? 0 }];
}

/** One piece is cut where a strict majority of voters has one span end and another begin. */
function cutWhereTouching(piece: Range, spans: readonly Voted[], voters: readonly string[]): readonly Range[] {
  const starts = new Set(spans.map((s) => `${s.reviewer} ${s.start}`));
  const touching = new Map<number, Set<string>>();
  for (const { reviewer, end } of spans) {
    if (end <= piece.start || end >= piece.end || !starts.has(`${reviewer} ${end}`)) continue;
    touching.set(end, (touching.get(end) ?? new Set()).add(reviewer));
  }
  const cuts = [...touching].filter(([, who]) => 2 * who.size > voters.length).map(([at]) => at);
  const edges = [piece.start, ...cuts.sort((a, b) => a - b), piece.end];
  return edges.slice(1).map((end, i) => ({ start: edges[i] ?? 0, end }));
}

/** Sums of IoU nearer than this are equal: they are sums of fractions in floating point. */
const SAME = 1e-9;

/** The span with the largest sum of IoU with the others' spans; then the earliest, the longest, by reviewer. */
function medoid(spans: readonly Voted[]): Range {
  const ranked = spans.map((span) => ({
    span,
    sum: spans.reduce((sum, other) => {
      if (other.reviewer === span.reviewer || !overlap(span, other)) return sum;
      const { inter, union } = iou(span, other);
      return sum + inter / union;
    }, 0),
  }));
  const top = Math.max(...ranked.map((r) => r.sum));
  const [best] = ranked
    .filter((r) => r.sum >= top - SAME)
    .map((r) => r.span)
    .sort((a, b) => a.start - b.start || b.end - a.end || byName(a.reviewer, b.reviewer));
  return { start: best?.start ?? 0, end: best?.end ?? 0 };
}

/** White space trimmed, widened to whole graphemes; pieces that would then overlap are parted again, blank ones are dropped. */
function tidied(ranges: readonly Range[], text: TextIndex): readonly Range[] {
  const kept: Range[] = [];
  for (const range of ranges) {
    const clean = tidy(text, range);
    if (!clean) continue;
    const start = Math.max(clean.start, kept.at(-1)?.end ?? 0);
    if (start < clean.end) kept.push({ start, end: clean.end });
  }
  return kept.length > 0 ? kept : ranges;
}
