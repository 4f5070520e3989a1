/**
 * What this screen has that the server does not: changes laid over a confirmed review. Lenient where apply.ts is strict, because
 * the server alone decides whether a change stands; until it has answered, the reviewer sees what she did.
 */
import { withAccepted } from "@/lib/spans/accepted";
import { dismissedAfter } from "@/lib/spans/apply";
import { targetOf } from "@/lib/spans/change";
import type { Change, Link, Review, Span } from "@/lib/spans/model";

/** What stands under an id now. */
export type Standing<T> =
  | T
  | { readonly id: string; readonly version: number; readonly removed: true; readonly was?: T };

export const isRemoved = <T extends object>(
  s: Standing<T>,
): s is Exclude<Standing<T>, T> & { readonly removed: true } => "removed" in s;

const spanOf = (change: Extract<Change, { kind: "span.put" }>, version: number): Span => ({
  id: change.span.id,
  version,
  start: change.span.start,
  end: change.span.end,
  label: change.span.label,
  attributes: change.span.attributes ?? {},
  note: change.span.note ?? "",
  uncertain: change.span.uncertain ?? false,
  ...withAccepted(change.span.accepted),
  ...(change.span.suggestion === undefined ? {} : { suggestion: change.span.suggestion }),
});

const linkOf = (change: Extract<Change, { kind: "link.put" }>, version: number): Link => ({
  id: change.link.id,
  version,
  type: change.link.type,
  from: change.link.from,
  to: change.link.to,
  toText: change.link.toText ?? null,
  ...(change.link.accepted ? { accepted: true } : {}),
});

/** What a change is about, and the spans at a link's ends: what must stand before the change can. */
export const needsOf = (change: Change): readonly string[] =>
  change.kind === "link.put"
    ? [change.link.id, change.link.from, ...(change.link.to === null ? [] : [change.link.to])]
    : [targetOf(change)];

const baseOf = (change: Change): number => {
  switch (change.kind) {
    case "span.put":
      return change.span.base;
    case "link.put":
      return change.link.base;
    case "suggestion.dismiss":
      return 0;
    default:
      return change.base;
  }
};

export const versionOf = (review: Review, id: string): number =>
  (review.spans.get(id) ?? review.links.get(id) ?? review.removedSpans.get(id) ?? review.removedLinks.get(id))
    ?.version ?? 0;

/** Maps that are copied once and written often. */
class Sheet {
  readonly #from: Review;
  #spans: Map<string, Span> | null = null;
  #links: Map<string, Link> | null = null;
  #removedSpans: Map<string, { id: string; version: number; was?: Span }> | null = null;
  #removedLinks: Map<string, { id: string; version: number; was?: Link }> | null = null;
  readonly #dismissed = new Map<string, boolean>();

  constructor(from: Review) {
    this.#from = from;
  }

  span(id: string): Span | undefined {
    return (this.#spans ?? this.#from.spans).get(id);
  }
  link(id: string): Link | undefined {
    return (this.#links ?? this.#from.links).get(id);
  }

  setSpan(id: string, to: Standing<Span> | null): void {
    this.#spans ??= new Map(this.#from.spans);
    this.#removedSpans ??= new Map(this.#from.removedSpans);
    if (to === null || isRemoved(to)) {
      const was = this.#spans.get(id) ?? (to?.was as Span | undefined);
      this.#spans.delete(id);
      if (to) this.#removedSpans.set(id, { id, version: to.version, ...(was ? { was } : {}) });
      else this.#removedSpans.delete(id);
    } else {
      this.#spans.set(id, to);
      this.#removedSpans.delete(id);
    }
  }

  setLink(id: string, to: Standing<Link> | null): void {
    this.#links ??= new Map(this.#from.links);
    this.#removedLinks ??= new Map(this.#from.removedLinks);
    if (to === null || isRemoved(to)) {
      const was = this.#links.get(id) ?? (to?.was as Link | undefined);
      this.#links.delete(id);
      if (to) this.#removedLinks.set(id, { id, version: to.version, ...(was ? { was } : {}) });
      else this.#removedLinks.delete(id);
    } else {
      this.#links.set(id, to);
      this.#removedLinks.delete(id);
    }
  }

  setDismissed(id: string, dismissed: boolean): void {
    this.#dismissed.set(id, dismissed);
  }

  done(version: number): Review {
    const dismissed = dismissedAfter(this.#from.dismissed, this.#dismissed);
    return {
      version,
      spans: this.#spans ?? this.#from.spans,
      links: this.#links ?? this.#from.links,
      removedSpans: this.#removedSpans ?? this.#from.removedSpans,
      removedLinks: this.#removedLinks ?? this.#from.removedLinks,
      ...(dismissed ? { dismissed } : {}),
    };
  }
}

function write(sheet: Sheet, change: Change, version: number): void {
  switch (change.kind) {
    case "span.put":
      sheet.setSpan(change.span.id, spanOf(change, version));
      return;
    case "link.put":
      sheet.setLink(change.link.id, linkOf(change, version));
      return;
    case "span.remove":
      sheet.setSpan(change.spanId, { id: change.spanId, version, removed: true });
      return;
    case "link.remove":
      sheet.setLink(change.linkId, { id: change.linkId, version, removed: true });
      return;
    case "suggestion.dismiss":
      sheet.setDismissed(change.suggestionId, change.dismissed);
      return;
  }
}

/** The changes laid over a review, in order, whatever stands there. Links that lose an end are left out of sight. */
export function overlay(review: Review, changes: readonly Change[]): Review {
  if (changes.length === 0) return review;
  const sheet = new Sheet(review);
  for (const change of changes) write(sheet, change, baseOf(change) + 1);
  const laid = sheet.done(review.version);
  for (const link of laid.links.values()) {
    const lost = !laid.spans.has(link.from) || (link.to !== null && laid.removedSpans.has(link.to));
    if (lost) sheet.setLink(link.id, null);
  }
  return sheet.done(review.version);
}

/** The confirmed review after the server has applied changes: what it already knows to be newer stays. */
export function settle(
  confirmed: Review,
  changes: readonly Change[],
  applied: ReadonlyMap<string, number>,
  version: number,
): Review {
  const sheet = new Sheet(confirmed);
  const reached = new Map<string, number>();
  for (const change of changes) {
    const id = targetOf(change);
    if (change.kind === "suggestion.dismiss") {
      write(sheet, change, 0); // without versions: the last word counts
      continue;
    }
    const at = applied.get(change.id) ?? baseOf(change) + 1;
    if (at <= (reached.get(id) ?? versionOf(confirmed, id))) continue;
    reached.set(id, at);
    write(sheet, change, at);
  }
  return sheet.done(Math.max(confirmed.version, version));
}

/** What stands on the server under some ids, as a conflict or another tab tells it. Older news than what is known is dropped. */
export type News = {
  readonly spans: readonly Standing<Span>[];
  readonly links: readonly Standing<Link>[];
  /** Suggestions that were dismissed (true) or are asked again. Absent: none. */
  readonly dismissed?: readonly (readonly [id: string, dismissed: boolean])[];
};

export function hear(confirmed: Review, news: News, version: number): Review {
  const sheet = new Sheet(confirmed);
  for (const s of news.spans) if (s.version > versionOf(confirmed, s.id)) sheet.setSpan(s.id, s);
  for (const l of news.links) if (l.version > versionOf(confirmed, l.id)) sheet.setLink(l.id, l);
  for (const [id, dismissed] of news.dismissed ?? []) sheet.setDismissed(id, dismissed);
  return sheet.done(Math.max(confirmed.version, version));
}

/** What a review holds under these ids, to be told to other tabs; `suggestions`: ids of those that were dismissed or are asked again. */
export function newsOf(review: Review, ids: Iterable<string>, suggestions: readonly string[] = []): News {
  const spans: Standing<Span>[] = [];
  const links: Standing<Link>[] = [];
  for (const id of ids) {
    const span = review.spans.get(id);
    const link = review.links.get(id);
    const goneSpan = review.removedSpans.get(id);
    const goneLink = review.removedLinks.get(id);
    if (span) spans.push(span);
    else if (link) links.push(link);
    else if (goneSpan) spans.push({ ...goneSpan, removed: true });
    else if (goneLink) links.push({ ...goneLink, removed: true });
  }
  const dismissed = suggestions.map((id) => [id, review.dismissed?.has(id) ?? false] as const);
  return { spans, links, ...(dismissed.length > 0 ? { dismissed } : {}) };
}
