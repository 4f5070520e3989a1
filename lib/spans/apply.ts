/**
 * A review is edited by changes (interface.md, POST /reviews/{r}/changes). The same pure code runs in the browser for the
 * screen and on the server for the truth, with the same refusals.
 */
import { type Fault, invalid, ok, type Result, refuse } from "../result";
import { linkTypeOf, mayLink, mayStart } from "../scheme/lookup";
import { type Act, compose, type Effect, linkContent, reverse, spanContent } from "./act";
import { sameLink, sameSpan } from "./canonical";
import { type Context, checkLink, checkSpan } from "./check";
import type { Change, Link, LinkInput, Review, Span, SpanInput } from "./model";
import { Table } from "./table";

export type { Context } from "./check";

export const emptyReview = (): Review => ({
  version: 0,
  spans: new Map(),
  links: new Map(),
  removedSpans: new Map(),
  removedLinks: new Map(),
});

export type Applied = {
  /** The given one, never changed in place, with its version one higher if anything was written. */
  readonly review: Review;
  /** A change's id, and the version of its span or link after it. */
  readonly applied: readonly { readonly id: string; readonly version: number }[];
  /** What would take all of it back (act.ts). */
  readonly inverse: Act;
};

const CONFLICTS: readonly string[] = ["conflict", "has-links"];

const spanOf = (input: SpanInput, version: number): Span => ({
  id: input.id,
  version,
  start: input.start,
  end: input.end,
  label: input.label,
  attributes: input.attributes ?? {},
  note: input.note ?? "",
  uncertain: input.uncertain ?? false,
});

const linkOf = (input: LinkInput, version: number): Link => ({
  id: input.id,
  version,
  type: input.type,
  from: input.from,
  to: input.to,
  toText: input.toText ?? null,
});

/**
 * All of the changes, in order, or nothing. Links are looked at when all has been applied, so a request may remove a span before
 * its links or link a span before it makes it. Refuses with `invalid` (422) if anything is wrong in itself, otherwise with
 * `conflict` (409) and, in each fault's `current`, what stands there now. Paths begin with `changes.N`.
 *
 * The review may be cut down to what matters here: the spans and links that the changes name (touchedBy), live or
 * removed, the spans at the ends of these links, and every link that starts or ends in a named span.
 */
export function applyAll(context: Context, review: Review, changes: readonly Change[]): Result<Applied> {
  const spans = new Table<Span>(review.spans, review.removedSpans);
  const links = new Table<Link>(review.links, review.removedLinks);
  const faults: Fault[] = [];
  const applied: { id: string; version: number }[] = [];
  const paths = new Map<string, string>(); // of the last change to each span and link
  const refused = new Set<string>(); // spans and links of refused changes: what follows from them is not said again
  const changeIds = new Set<string>();

  changes.forEach((change, n) => {
    const path = `changes.${n}`;
    const id = targetOf(change);
    const table = change.kind === "span.put" || change.kind === "span.remove" ? spans : links;
    paths.set(id, path);
    let found: readonly Fault[] = [];
    if (changeIds.has(change.id))
      found = [{ path: `${path}.id`, code: "duplicate-change", message: "Two changes of the request have one id." }];
    else if (change.kind === "span.put") found = putSpan(context, spans, `${path}.span`, change.span);
    else if (change.kind === "link.put") found = putLink(links, `${path}.link`, change.link);
    else found = remove<Span | Link>(table, path, id, change.base);
    changeIds.add(change.id);
    applied.push({ id: change.id, version: table.version(id) });
    if (found.length === 0) return;
    if (!refused.has(id)) faults.push(...found);
    refused.add(id);
  });
  faults.push(...checkLinks(context, spans, links, paths, refused));

  if (faults.some((f) => !CONFLICTS.includes(f.code)))
    return invalid(faults, "Nothing was changed: some changes are not right.");
  if (faults.length > 0)
    return refuse("conflict", "Nothing was changed: what stands there is no longer what was changed.", faults);

  const act: Act = [
    ...[...spans.written()].map(
      ({ id, before, after }): Effect => ({
        kind: "span",
        id,
        before: before ? spanContent(before) : null,
        after: after ? spanContent(after) : null,
      }),
    ),
    ...[...links.written()].map(
      ({ id, before, after }): Effect => ({
        kind: "link",
        id,
        before: before ? linkContent(before) : null,
        after: after ? linkContent(after) : null,
      }),
    ),
  ];
  const { live: liveSpans, dead: removedSpans } = spans.done();
  const { live: liveLinks, dead: removedLinks } = links.done();
  const version = review.version + (act.length > 0 ? 1 : 0);
  return ok({
    review: { version, spans: liveSpans, links: liveLinks, removedSpans, removedLinks },
    applied,
    inverse: reverse(compose(act, [])),
  });
}

/** One change; as `applyAll`, with the version of its span or link. */
export function applyChange(
  context: Context,
  review: Review,
  change: Change,
): Result<{ readonly review: Review; readonly resultVersion: number; readonly inverse: Act }> {
  const done = applyAll(context, review, [change]);
  if (!done.ok) return done;
  const { applied, ...rest } = done.value;
  return ok({ ...rest, resultVersion: applied[0]?.version ?? 0 });
}

const targetOf = (change: Change): string => {
  switch (change.kind) {
    case "span.put":
      return change.span.id;
    case "span.remove":
      return change.spanId;
    case "link.put":
      return change.link.id;
    case "link.remove":
      return change.linkId;
  }
};

/** The ids that a request names: what must be loaded to apply it. */
export function touchedBy(changes: readonly Change[]): {
  readonly spans: readonly string[];
  readonly links: readonly string[];
} {
  const spans = new Set<string>();
  const links = new Set<string>();
  for (const change of changes) {
    (change.kind === "span.put" || change.kind === "span.remove" ? spans : links).add(targetOf(change));
    if (change.kind !== "link.put") continue;
    spans.add(change.link.from);
    if (change.link.to !== null) spans.add(change.link.to);
  }
  return { spans: [...spans], links: [...links] };
}

function conflict<T extends Span | Link>(table: Table<T>, path: string, id: string, base: number): readonly Fault[] {
  const expected = table.version(id);
  const message =
    expected === 0 ? "It was never in this review." : `It has changed since: it is at version ${expected} now.`;
  return [{ path: `${path}.base`, code: "conflict", message, expected, actual: base, current: table.state(id) }];
}

function remove<T extends Span | Link>(table: Table<T>, path: string, id: string, base: number): readonly Fault[] {
  const live = table.get(id);
  if (live?.version !== base) return conflict(table, path, id, base);
  table.remove(live);
  return [];
}

function putSpan(context: Context, spans: Table<Span>, path: string, input: SpanInput): readonly Fault[] {
  const span = spanOf(input, input.base + 1);
  const live = spans.get(span.id);
  const again = input.base === 0 && live !== undefined && sameSpan(live, span); // the same creation once more
  if (!again && input.base !== spans.version(span.id)) return conflict(spans, path, span.id, input.base);
  const faults = checkSpan(context, path, span, input.quote, spans.last(span.id));
  if (!again && faults.length === 0) spans.put(span);
  return faults;
}

function putLink(links: Table<Link>, path: string, input: LinkInput): readonly Fault[] {
  const link = linkOf(input, input.base + 1);
  const live = links.get(link.id);
  if (input.base === 0 && live && sameLink(live, link)) return [];
  if (input.base !== links.version(link.id)) return conflict(links, path, link.id, input.base);
  links.put(link);
  return [];
}

/** The links that were put, and those that the removing and relabelling of spans leaves behind. */
function checkLinks(
  context: Context,
  spans: Table<Span>,
  links: Table<Link>,
  paths: ReadonlyMap<string, string>,
  refused: ReadonlySet<string>,
): readonly Fault[] {
  const faults: Fault[] = [];
  const labelOf = (id: string) => spans.get(id)?.label;
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
    for (const end of ends.filter((e) => gone.has(e))) held.set(end, [...(held.get(end) ?? []), link]);
    const changed = ends.find((e) => relabelled.has(e));
    if (changed === undefined || checked.has(link.id) || ends.some((e) => gone.has(e))) continue;
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
