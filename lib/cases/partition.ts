/** R0 to R2 of agreement.md: which spans of an article's submitted reviews are about the same thing. */
import { canonicalSpan } from "../spans/canonical";
import type { Range } from "../text/range";
import { joinAcrossLabels } from "./across-labels";
import { byName, type CaseSpan } from "./case";
import { hasNesting, splitNested } from "./nesting";
import type { Rules } from "./rules";

export type Group<S = CaseSpan> = Range & { readonly labels: readonly string[]; readonly members: readonly S[] };

export type Partition<S> = {
  readonly groups: readonly Group<S>[];
  /** The ids of a member's exact duplicates, which stand in no group. */
  readonly twins: ReadonlyMap<S, readonly string[]>;
};

/**
 * Every span in exactly one group, or a twin of one. Groups by start, end, scheme order; members by start, end, scheme order,
 * reviewer. Does not depend on the order of `spans`. O(n log n) but where very many long spans lie on one another.
 */
export function partition<S extends CaseSpan>(spans: readonly S[], rules: Rules): Partition<S> {
  const twins = new Map<S, string[]>();
  const clusters = byLabel(spans).flatMap((label) => sameLabel(collapse(label, twins)));
  const groups = joinAcrossLabels(clusters, rules)
    .map((members) => groupOf(members, rules))
    .sort(
      (x, y) =>
        x.start - y.start ||
        x.end - y.end ||
        rules.byLabel(x.labels[0] ?? "", y.labels[0] ?? "") ||
        byName(x.members[0]?.reviewer ?? "", y.members[0]?.reviewer ?? "") ||
        byName(x.members[0]?.id ?? "", y.members[0]?.id ?? ""),
    );
  return { groups, twins };
}

function byLabel<S extends CaseSpan>(spans: readonly S[]): readonly (readonly S[])[] {
  const labels = new Map<string, S[]>();
  for (const span of spans) {
    const known = labels.get(span.label);
    if (known) known.push(span);
    else labels.set(span.label, [span]);
  }
  return [...labels.values()].map((label) =>
    label.sort((a, b) => a.start - b.start || a.end - b.end || byName(a.reviewer, b.reviewer) || byName(a.id, b.id)),
  );
}

const content = (s: CaseSpan) =>
  canonicalSpan({ start: s.start, end: s.end, label: s.label, attributes: s.attributes, note: "", uncertain: false });

/** R0. `spans` are of one label, by start, end and reviewer. */
function collapse<S extends CaseSpan>(spans: readonly S[], twins: Map<S, string[]>): readonly S[] {
  const members: S[] = [];
  let last: S | undefined;
  const here = new Map<string, S>(); // the members at the place in hand, of one reviewer, by their content
  for (const span of spans) {
    if (last?.start !== span.start || last.end !== span.end || last.reviewer !== span.reviewer) here.clear();
    else if (here.size === 0) here.set(content(last), last);
    const twin = here.size === 0 ? undefined : here.get(content(span));
    if (twin) {
      const known = twins.get(twin);
      if (known) known.push(span.id);
      else twins.set(twin, [span.id]);
      continue;
    }
    if (here.size > 0) here.set(content(span), span);
    members.push(span);
    last = span;
  }
  return members;
}

/** R1 and R1n. `spans` are of one label, by start. */
function sameLabel<S extends CaseSpan>(spans: readonly S[]): readonly (readonly S[])[] {
  const components: S[][] = [];
  let component: S[] = [];
  let reach = -1;
  for (const span of spans) {
    if (span.start >= reach) {
      component = [];
      components.push(component);
    }
    component.push(span);
    reach = Math.max(reach, span.end);
  }
  return components.flatMap((c): readonly (readonly S[])[] => (hasNesting(c) ? splitNested(c) : [c]));
}

/** Members of one label are in order already. */
function groupOf<S extends CaseSpan>(members: readonly S[], rules: Rules): Group<S> {
  const [first] = members;
  const end = members.reduce((most, m) => Math.max(most, m.end), 0);
  if (!first || members.every((m) => m.label === first.label))
    return { start: first?.start ?? 0, end, labels: first ? [first.label] : [], members };
  const sorted = [...members].sort(
    (a, b) =>
      a.start - b.start ||
      a.end - b.end ||
      rules.byLabel(a.label, b.label) ||
      byName(a.reviewer, b.reviewer) ||
      byName(a.id, b.id),
  );
  const labels = [...new Set(sorted.map((m) => m.label))].sort(rules.byLabel);
  return { start: sorted[0]?.start ?? 0, end, labels, members: sorted };
}
