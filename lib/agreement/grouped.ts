/** Cases as agreement needs them: found on the parts in scope, by the same rules as for adjudication. */
import { type Group, partition } from "../cases/partition";
import type { Rules } from "../cases/rules";
import type { AgreementSpan } from "./article";
import type { Prepared } from "./prepare";

export type GroupedSpan = Omit<AgreementSpan, "schemeVersion" | "guidelineVersion"> & { readonly reviewer: string };
export type Grouped = Pick<Group<GroupedSpan>, "labels" | "members"> & { readonly missing: readonly string[] };

/** Members' offsets are code points in scope; an exact duplicate is none. */
export function grouped(
  { article, lanes, projection }: Prepared,
  rules: Rules,
  names: readonly string[],
): readonly Grouped[] {
  const reviewers = lanes.map((lane) => names[lane.reviewer] ?? "");
  const spans = article.reviews.flatMap(({ reviewer, spans }) =>
    spans.flatMap(({ id, label, attributes, accepted, ...range }): GroupedSpan[] => {
      const inside = projection.clip(range);
      if (!inside) return [];
      const [start, end] = [projection.at(inside.start), projection.at(inside.end)];
      return [{ id, reviewer, start, end, label, attributes, accepted }];
    }),
  );
  return partition(spans, rules).groups.map((group) => {
    const present = new Set(group.members.map((m) => m.reviewer));
    return { labels: group.labels, members: group.members, missing: reviewers.filter((r) => !present.has(r)) };
  });
}
