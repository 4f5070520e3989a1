/** R0 to R2 of agreement.md: which spans of an article's submitted reviews are about the same thing. */
import { canonicalSpan } from "../spans/canonical";
import type { Range } from "../text/range";
import { byName, type CaseSpan, type Member } from "./case";
import { Heap } from "./heap";
import { hasNesting, splitNested } from "./nesting";
import { atLeastHalf, compareRatios, iou, type Ratio } from "./overlap-ratio";
import type { Rules } from "./rules";

export type Group = Range & { readonly labels: readonly string[]; readonly members: readonly Member[] };

/**
 * Every span in exactly one group, exact duplicates of one reviewer collapsed. Groups by start, end, scheme order; members by start,
 * end, scheme order, reviewer. Does not depend on the order of `spans`. O(n log n) but where very many long spans lie on one another.
 */
export function partition(spans: readonly CaseSpan[], rules: Rules): readonly Group[] {
  const clusters = collapse(spans, rules).flatMap(sameLabel);
  return joinAcrossLabels(clusters, rules)
    .map((members) => groupOf(members, rules))
    .sort(
      (x, y) =>
        x.start - y.start ||
        x.end - y.end ||
        rules.byLabel(x.labels[0] ?? "", y.labels[0] ?? "") ||
        byName(x.members[0]?.reviewer ?? "", y.members[0]?.reviewer ?? "") ||
        byName(x.members[0]?.id ?? "", y.members[0]?.id ?? ""),
    );
}

const content = (s: CaseSpan) =>
  canonicalSpan({ start: s.start, end: s.end, label: s.label, attributes: s.attributes, note: "", uncertain: false });

/** R0, label by label, each sorted by start. */
function collapse(spans: readonly CaseSpan[], rules: Rules): readonly (readonly Member[])[] {
  const sorted = [...spans].sort(
    (a, b) =>
      (a.label === b.label ? 0 : rules.byLabel(a.label, b.label)) ||
      a.start - b.start ||
      a.end - b.end ||
      byName(a.reviewer, b.reviewer) ||
      byName(a.id, b.id),
  );
  const labels: Member[][] = [];
  let label: Member[] = [];
  let same: Member[] = []; // one reviewer's members of one range and label
  for (const span of sorted) {
    const last = same[0];
    if (last?.label !== span.label) {
      label = [];
      labels.push(label);
    }
    const atSamePlace =
      last?.label === span.label &&
      last.start === span.start &&
      last.end === span.end &&
      last.reviewer === span.reviewer;
    if (!atSamePlace) same = [];
    const twin = same.find((m) => content(m) === content(span));
    if (twin) {
      const joined = { ...twin, twins: [...twin.twins, span.id] };
      same[same.indexOf(twin)] = joined;
      label[label.lastIndexOf(twin)] = joined;
    } else {
      const member = { ...span, twins: [] };
      same.push(member);
      label.push(member);
    }
  }
  return labels;
}

/** R1 and R1n. `spans` are of one label, sorted by start. */
function sameLabel(spans: readonly Member[]): readonly (readonly Member[])[] {
  const components: Member[][] = [];
  let component: Member[] = [];
  let reach = -1;
  for (const span of spans) {
    if (span.start >= reach) {
      component = [];
      components.push(component);
    }
    component.push(span);
    reach = Math.max(span.start >= reach ? 0 : reach, span.end);
  }
  return components.flatMap((c): readonly (readonly Member[])[] => (hasNesting(c) ? splitNested(c) : [c]));
}

function groupOf(members: readonly Member[], rules: Rules): Group {
  const sorted = [...members].sort(
    (a, b) =>
      a.start - b.start ||
      a.end - b.end ||
      (a.label === b.label ? 0 : rules.byLabel(a.label, b.label)) ||
      byName(a.reviewer, b.reviewer) ||
      byName(a.id, b.id),
  );
  return {
    start: sorted[0]?.start ?? 0,
    end: sorted.reduce((end, m) => Math.max(end, m.end), 0),
    labels: [...new Set(sorted.map((m) => m.label))].sort(rules.byLabel),
    members: sorted,
  };
}

type Cluster = Range & {
  readonly members: readonly Member[];
  readonly labels: readonly string[];
  readonly reviewers: ReadonlySet<string>;
  /** The largest IoU with each other cluster where it is at least one half. */
  readonly near: Map<Cluster, Ratio>;
  gone: boolean;
};

type Candidate = { readonly ratio: Ratio; readonly first: Cluster; readonly second: Cluster };

/** R2. */
function joinAcrossLabels(parts: readonly (readonly Member[])[], rules: Rules): readonly (readonly Member[])[] {
  const clusters = new Set(parts.map((members) => clusterOf(members, rules, new Map())));
  measureNearness(clusters);
  const byPlace = (x: Cluster, y: Cluster) =>
    x.start - y.start ||
    x.end - y.end ||
    rules.byLabel(x.labels[0] ?? "", y.labels[0] ?? "") ||
    byName(x.members[0]?.reviewer ?? "", y.members[0]?.reviewer ?? "");
  const mayJoin = (x: Cluster, y: Cluster) =>
    !x.labels.some((l) => y.labels.some((k) => k === l || rules.coexist(l, k))) &&
    ![...x.reviewers].some((r) => y.reviewers.has(r));
  const candidates = new Heap<Candidate>(
    (p, q) => compareRatios(q.ratio, p.ratio) || byPlace(p.first, q.first) || byPlace(p.second, q.second),
  );
  const offer = (x: Cluster, y: Cluster, ratio: Ratio) => {
    if (!mayJoin(x, y)) return;
    candidates.push(byPlace(x, y) <= 0 ? { ratio, first: x, second: y } : { ratio, first: y, second: x });
  };
  const seen = new Set<Cluster>();
  for (const x of clusters) {
    seen.add(x);
    for (const [y, ratio] of x.near) if (!seen.has(y)) offer(x, y, ratio);
  }
  for (let best = candidates.pop(); best; best = candidates.pop()) {
    const { first, second } = best;
    if (first.gone || second.gone) continue;
    const near = new Map<Cluster, Ratio>();
    for (const one of [first, second]) {
      one.gone = true;
      clusters.delete(one);
      for (const [other, ratio] of one.near) {
        const known = near.get(other);
        if (!other.gone && (!known || compareRatios(ratio, known) > 0)) near.set(other, ratio);
      }
    }
    near.delete(first);
    near.delete(second);
    const joined = clusterOf([...first.members, ...second.members], rules, near);
    for (const [other, ratio] of near) {
      other.near.set(joined, ratio);
      offer(joined, other, ratio);
    }
    clusters.add(joined);
  }
  return [...clusters].map((c) => c.members);
}

function clusterOf(members: readonly Member[], rules: Rules, near: Map<Cluster, Ratio>): Cluster {
  const labels = [...new Set(members.map((m) => m.label))];
  return {
    start: members.reduce((start, m) => Math.min(start, m.start), Number.POSITIVE_INFINITY),
    end: members.reduce((end, m) => Math.max(end, m.end), 0),
    members,
    labels: labels.length > 1 ? labels.sort(rules.byLabel) : labels,
    reviewers: new Set(members.map((m) => m.reviewer)),
    near,
    gone: false,
  };
}

/** A member is compared with at most so many of another label that began before it, the latest: only a hostile file has more. */
const NEIGHBOURS = 256;

/** By one sweep over all members; clusters of one label are never compared. */
function measureNearness(clusters: ReadonlySet<Cluster>): void {
  const all = [...clusters].flatMap((cluster) => cluster.members.map((span) => ({ cluster, span })));
  all.sort((x, y) => x.span.start - y.span.start);
  const active = new Map<string, typeof all>(all.map(({ span }) => [span.label, []]));
  for (const here of all) {
    for (const [label, earlier] of active) {
      if (label === here.span.label) continue;
      // IoU >= 1/2 is out of reach once the middle of the earlier span is passed.
      const near = earlier.filter(({ span }) => 2 * here.span.start <= span.start + span.end);
      active.set(label, near);
      for (const there of near) compareMembers(there, here);
    }
    const own = active.get(here.span.label);
    own?.push(here);
    if (own && own.length > NEIGHBOURS) own.shift();
  }
}

type Placed = { readonly cluster: Cluster; readonly span: Member };

function compareMembers(x: Placed, y: Placed): void {
  if (x.span.reviewer === y.span.reviewer) return;
  const ratio = iou(x.span, y.span);
  if (!atLeastHalf(ratio)) return;
  const known = x.cluster.near.get(y.cluster);
  if (known && compareRatios(ratio, known) <= 0) return;
  x.cluster.near.set(y.cluster, ratio);
  y.cluster.near.set(x.cluster, ratio);
}
