/**
 * A review is edited by changes (interface.md, POST /reviews/{r}/changes). The same pure code runs in the browser for the
 * screen and on the server for the truth, with the same refusals.
 */
import { type Fault, invalid, ok, type Result, refuse } from "../result";
import { withAccepted } from "./accepted";
import { type Act, actOf, reverse } from "./act";
import { sameLink, sameSpan } from "./canonical";
import { type DismissChange, isSpanChange, targetOf } from "./change";
import { type Context, checkSpan } from "./check";
import { checkLinks } from "./check-links";
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
  ...withAccepted(input.accepted),
  ...(input.suggestion === undefined ? {} : { suggestion: input.suggestion }),
});

const linkOf = (input: LinkInput, version: number): Link => ({
  id: input.id,
  version,
  type: input.type,
  from: input.from,
  to: input.to,
  toText: input.toText ?? null,
  ...(input.accepted ? { accepted: true } : {}),
});

/**
 * All of the changes, in order, or nothing. Links are looked at when all has been applied, so a request may remove a span before
 * its links or link a span before it makes it. Refuses with `invalid` (422) if anything is wrong in itself, otherwise with
 * `conflict` (409) and, in each fault's `current`, what stands there now. Paths begin with `changes.N`.
 *
 * The review may be cut down to what matters here: the spans and links that the changes name (touchedBy), live or removed; every
 * link that starts or ends in one of these spans; and the spans at the ends of all these links.
 */
export function applyAll(context: Context, review: Review, changes: readonly Change[]): Result<Applied> {
  const spans = new Table<Span>(review.spans, review.removedSpans);
  const links = new Table<Link>(review.links, review.removedLinks);
  const dismissals = new Map<string, boolean>(); // where they are now otherwise than before
  const faults: Fault[] = [];
  const applied: { id: string; version: number }[] = [];
  const paths = new Map<string, string>(); // of the last change to each span and link
  const refused = new Set<string>(); // spans and links of refused changes: what follows from them is not said again
  const changeIds = new Set<string>();

  changes.forEach((change, n) => {
    const path = `changes.${n}`;
    const id = targetOf(change);
    const table = change.kind === "suggestion.dismiss" ? null : isSpanChange(change) ? spans : links;
    paths.set(id, path);
    let found: readonly Fault[] = [];
    if (changeIds.has(change.id))
      found = [{ path: `${path}.id`, code: "duplicate-change", message: "Two changes of the request have one id." }];
    else if (change.kind === "span.put") found = putSpan(context, spans, `${path}.span`, change.span);
    else if (change.kind === "link.put") found = putLink(links, `${path}.link`, change.link);
    else if (change.kind === "suggestion.dismiss") found = dismiss(context, review, dismissals, path, change);
    else if (change.kind === "span.remove") found = remove<Span>(spans, path, id, change.base);
    else found = remove<Link>(links, path, id, change.base);
    changeIds.add(change.id);
    applied.push({ id: change.id, version: table?.version(id) ?? DISMISSED });
    if (found.length === 0) return;
    if (!refused.has(id)) faults.push(...found);
    refused.add(id);
  });
  faults.push(...checkLinks(context, spans, links, paths, refused));

  if (faults.some((f) => !CONFLICTS.includes(f.code)))
    return invalid(faults, "Nothing was changed: some changes are not right.");
  if (faults.length > 0)
    return refuse("conflict", "Nothing was changed: what stands there is no longer what was changed.", faults);

  const act = actOf(spans.written(), links.written(), dismissals);
  const { live: liveSpans, dead: removedSpans } = spans.done();
  const { live: liveLinks, dead: removedLinks } = links.done();
  const version = review.version + (spans.isWritten || links.isWritten || dismissals.size > 0 ? 1 : 0);
  const dismissed = dismissedAfter(review.dismissed, dismissals);
  return ok({
    review: {
      ...{ version, spans: liveSpans, links: liveLinks, removedSpans, removedLinks },
      ...(dismissed ? { dismissed } : {}),
    },
    applied,
    inverse: reverse(act),
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
  const faults = [
    ...checkSpan(context, path, span, input.quote, spans.last(span.id)),
    ...checkOrigin(context, path, span, spans.last(span.id)),
  ];
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

/** A dismissal has no versions; its change is answered with this one. */
const DISMISSED = 1;

const unknownSuggestion = (path: string, id: string): readonly Fault[] => [
  { path, code: "unknown-suggestion", message: "No such suggestion is shown for this article.", actual: id },
];

/** What a span was made of once it may always say, also when the suggestion is not there any more. */
function checkOrigin({ suggested }: Context, path: string, span: Span, before: Span | undefined): readonly Fault[] {
  const { suggestion } = span;
  if (suggestion === undefined || before?.suggestion === suggestion || suggested?.(suggestion)) return [];
  return unknownSuggestion(`${path}.suggestion`, suggestion);
}

function dismiss(
  { suggested }: Context,
  review: Review,
  dismissals: Map<string, boolean>,
  path: string,
  { suggestionId: id, dismissed }: DismissChange,
): readonly Fault[] {
  const before = review.dismissed?.has(id) ?? false;
  if (!before && !suggested?.(id)) return unknownSuggestion(`${path}.suggestionId`, id);
  if (before === dismissed) dismissals.delete(id);
  else dismissals.set(id, dismissed);
  return [];
}

/** Dismissals laid over those that were there: the same set where there are none. */
export function dismissedAfter(
  before: ReadonlySet<string> | undefined,
  now: Iterable<readonly [id: string, dismissed: boolean]>,
): ReadonlySet<string> | undefined {
  let after: Set<string> | null = null;
  for (const [id, dismissed] of now) {
    if ((before?.has(id) ?? false) === dismissed && !after) continue;
    after ??= new Set(before);
    if (dismissed) after.add(id);
    else after.delete(id);
  }
  return after ?? before;
}
