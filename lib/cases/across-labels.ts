/** R2: clusters of different labels that mean one stretch are one case. */
import type { Range } from "../text/range";
import { byName, type CaseSpan } from "./case";
import { Heap } from "./heap";
import { atLeastHalf, compareRatios, iou, type Ratio } from "./overlap-ratio";
import type { Rules } from "./rules";

/** The clusters as they are, but for those of different labels that are joined. */
export function joinAcrossLabels<S extends CaseSpan>(
  parts: readonly (readonly S[])[],
  rules: Rules,
): readonly (readonly S[])[] {
  const near = nearParts(parts);
  if (near.length === 0) return parts;
  const clusters = new Map<number, Cluster<S>>();
  const clusterAt = (i: number): Cluster<S> => {
    const made = clusters.get(i) ?? clusterOf(parts[i] ?? [], rules);
    clusters.set(i, made);
    return made;
  };
  for (const { a, b, ratio } of near) meet(clusterAt(a), clusterAt(b), ratio);
  const joined = greedily(new Set(clusters.values()), rules);
  return [...parts.filter((_, i) => !clusters.has(i)), ...[...joined].map((c) => c.members)];
}

type Cluster<S> = Range & {
  readonly members: readonly S[];
  readonly labels: readonly string[];
  readonly reviewers: ReadonlySet<string>;
  /** The largest IoU with each other cluster where it is at least one half. */
  readonly near: Map<Cluster<S>, Ratio>;
};

function clusterOf<S extends CaseSpan>(members: readonly S[], rules: Rules): Cluster<S> {
  return {
    start: members.reduce((start, m) => Math.min(start, m.start), Number.POSITIVE_INFINITY),
    end: members.reduce((end, m) => Math.max(end, m.end), 0),
    members,
    labels: [...new Set(members.map((m) => m.label))].sort(rules.byLabel),
    reviewers: new Set(members.map((m) => m.reviewer)),
    near: new Map(),
  };
}

/** Keeps the larger where they have met before. */
function meet<S>(x: Cluster<S>, y: Cluster<S>, ratio: Ratio): void {
  const known = x.near.get(y);
  if (known && compareRatios(ratio, known) <= 0) return;
  x.near.set(y, ratio);
  y.near.set(x, ratio);
}

type Candidate<S> = { readonly ratio: Ratio; readonly first: Cluster<S>; readonly second: Cluster<S> };

/** The pair with the largest IoU first; after each joining the pairs of what came of it are computed anew. */
function greedily<S extends CaseSpan>(clusters: Set<Cluster<S>>, rules: Rules): ReadonlySet<Cluster<S>> {
  const byPlace = (x: Cluster<S>, y: Cluster<S>) =>
    x.start - y.start ||
    x.end - y.end ||
    rules.byLabel(x.labels[0] ?? "", y.labels[0] ?? "") ||
    byName(x.members[0]?.reviewer ?? "", y.members[0]?.reviewer ?? "");
  const mayJoin = (x: Cluster<S>, y: Cluster<S>) =>
    !x.labels.some((l) => y.labels.some((k) => k === l || rules.coexist(l, k))) &&
    ![...x.reviewers].some((r) => y.reviewers.has(r));
  const candidates = new Heap<Candidate<S>>(
    (p, q) => compareRatios(q.ratio, p.ratio) || byPlace(p.first, q.first) || byPlace(p.second, q.second),
  );
  const offer = (x: Cluster<S>, y: Cluster<S>, ratio: Ratio) => {
    if (!mayJoin(x, y)) return;
    candidates.push(byPlace(x, y) <= 0 ? { ratio, first: x, second: y } : { ratio, first: y, second: x });
  };
  const seen = new Set<Cluster<S>>();
  for (const x of clusters) {
    seen.add(x);
    for (const [y, ratio] of x.near) if (!seen.has(y)) offer(x, y, ratio);
  }
  for (let best = candidates.pop(); best; best = candidates.pop()) {
    const { first, second } = best;
    if (!clusters.has(first) || !clusters.has(second)) continue;
    clusters.delete(first);
    clusters.delete(second);
    const joined = clusterOf([...first.members, ...second.members], rules);
    for (const [other, ratio] of [...first.near, ...second.near]) if (clusters.has(other)) meet(joined, other, ratio);
    clusters.add(joined);
    for (const [other, ratio] of joined.near) offer(joined, other, ratio);
  }
  return clusters;
}

/** A member is compared with at most so many of another label that began before it, the latest: only a hostile file has more. */
const NEIGHBOURS = 256;

type Placed = { readonly part: number; readonly span: CaseSpan };
type Near = { readonly a: number; readonly b: number; readonly ratio: Ratio };

/** Members of different labels and reviewers with an IoU of at least one half, by one sweep. A pair of parts may come up several times. */
function nearParts(parts: readonly (readonly CaseSpan[])[]): readonly Near[] {
  const all: Placed[] = [];
  const active = new Map<string, Placed[]>();
  parts.forEach((members, part) => {
    for (const span of members) all.push({ part, span });
    const label = members[0]?.label ?? "";
    if (!active.has(label)) active.set(label, []);
  });
  if (active.size < 2) return [];
  all.sort((x, y) => x.span.start - y.span.start);
  const found: Near[] = [];
  for (const here of all) {
    for (const [label, earlier] of active) {
      if (label === here.span.label) continue;
      dropPassed(earlier, here.span.start);
      for (const there of earlier) {
        if (there.span.reviewer === here.span.reviewer) continue;
        const ratio = iou(there.span, here.span);
        if (atLeastHalf(ratio)) found.push({ a: there.part, b: here.part, ratio });
      }
    }
    const own = active.get(here.span.label);
    own?.push(here);
    if (own && own.length > NEIGHBOURS) own.shift();
  }
  return found;
}

/** IoU >= 1/2 is out of reach once the middle of the earlier span is passed. In place, as it is done for every member and label. */
function dropPassed(earlier: Placed[], start: number): void {
  let kept = 0;
  for (const placed of earlier) {
    if (2 * start > placed.span.start + placed.span.end) continue;
    earlier[kept] = placed;
    kept++;
  }
  earlier.length = kept;
}
