/** Cases as agreement needs them: found on the parts in scope, by the same rules as for adjudication. */
import { type Group, partition } from "../cases/partition";
import type { Rules } from "../cases/rules";
import { byHand } from "../spans/accepted";
import type { Prepared } from "./prepare";

export type Grouped = Pick<Group, "labels" | "members"> & { readonly missing: readonly string[] };

/**
 * Members' offsets are code points in scope; an exact duplicate is none. Without `accepted`, attribute values that were taken from an offer are
 * left out; which spans make a case does not hang on attributes, so the cases are the same.
 */
export function grouped(
  { article, lanes, projection }: Prepared,
  rules: Rules,
  names: readonly string[],
  accepted: boolean,
): readonly Grouped[] {
  const reviewers = lanes.map((lane) => names[lane.reviewer] ?? "");
  const spans = article.reviews.flatMap((review) =>
    review.spans.flatMap((span) => {
      const inside = projection.clip(span);
      if (!inside) return [];
      const [start, end] = [projection.at(inside.start), projection.at(inside.end)];
      const attributes = accepted ? span.attributes : byHand(span.attributes, span.accepted);
      return [{ id: span.id, reviewer: review.reviewer, start, end, label: span.label, attributes }];
    }),
  );
  return partition(spans, rules).groups.map((group) => {
    const present = new Set(group.members.map((m) => m.reviewer));
    return { labels: group.labels, members: group.members, missing: reviewers.filter((r) => !present.has(r)) };
  });
}
