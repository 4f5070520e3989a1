/** The links of a review after a whole request has been applied to it. */
import type { Fault } from "../result";
import { linkTypeOf, mayLink, mayStart } from "../scheme/lookup";
import { type Context, checkLink } from "./check";
import type { Link, Span } from "./model";
import type { Table } from "./table";

/**
 * Faults of the links that were put, of those that still hold to a removed span, and of those that a span's new label does not
 * allow. `paths` names the last change to a span or link; what follows from `refused` ones is not said again. O(all links) if a
 * span was removed or relabelled, otherwise O(links put).
 */
export function checkLinks(
  context: Context,
  spans: Table<Span>,
  links: Table<Link>,
  paths: ReadonlyMap<string, string>,
  refused: ReadonlySet<string>,
): readonly Fault[] {
  const faults: Fault[] = [];
  const labelOf = (id: string) => spans.get(id)?.label ?? (spans.version(id) > 0 ? null : undefined);
  const isRefused = (l: Link) => refused.has(l.id) || refused.has(l.from) || (l.to !== null && refused.has(l.to));
  const checked = new Set<string>();
  for (const { id, last, after } of links.written()) {
    checked.add(id);
    if (after && !isRefused(after)) faults.push(...checkLink(context, `${paths.get(id)}.link`, after, last, labelOf));
  }

  const gone = new Set<string>();
  const relabelled = new Set<string>();
  for (const { id, before, after } of spans.written()) {
    if (before && !after) gone.add(id);
    else if (before && before.label !== after?.label) relabelled.add(id);
  }
  if (gone.size + relabelled.size === 0) return faults;

  const held = new Map<string, Link[]>(); // by the removed span
  for (const link of links.items()) {
    const ends = link.to === null ? [link.from] : [link.from, link.to];
    if (checked.has(link.id) || isRefused(link)) continue;
    const left = ends.filter((e) => gone.has(e));
    for (const end of left) {
      const others = held.get(end);
      if (others) others.push(link);
      else held.set(end, [link]);
    }
    const changed = ends.find((e) => relabelled.has(e));
    if (changed === undefined || left.length > 0) continue;
    const type = linkTypeOf(context.scheme, link.type);
    const from = labelOf(link.from) ?? "";
    const to = link.to === null ? null : (labelOf(link.to) ?? context.foreignTarget?.(link.to)?.label);
    if (!type || to === undefined || (to === null ? mayStart(type, from) : mayLink(type, from, to))) continue;
    const message = `The span has a link, ${type.name}, that its new label does not allow.`;
    faults.push({ path: `${paths.get(changed)}.span.label`, code: "link-not-allowed", message, current: [link] });
  }
  for (const [id, current] of held) {
    const message = "The span has links; remove them in the same request.";
    faults.push({ path: paths.get(id) ?? "", code: "has-links", message, current });
  }
  return faults;
}
