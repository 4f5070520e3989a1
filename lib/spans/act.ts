/**
 * What one deed did to a review: for each span and link that it touched, the content before and after. Without versions, so
 * that it stays true whatever version the server gives, and can be stored as JSON.
 */
import { type LinkContent, type SpanContent, sameLink, sameSpan } from "./canonical";
import { isSpanChange, targetOf } from "./change";
import type { Change, Link, Review, Span, Tombstone } from "./model";

type EffectOn<K, C> = {
  readonly kind: K;
  readonly id: string;
  /** null: not there. */
  readonly before: C | null;
  readonly after: C | null;
};

export type Effect =
  | EffectOn<"span", SpanContent>
  | EffectOn<"link", LinkContent>
  /** Of a suggestion by its id: `true` where the reviewer will not have it. */
  | EffectOn<"dismissal", true>;

/** At most one effect a span, link or suggestion. */
export type Act = readonly Effect[];

const contentOf = <T extends Span | Link>(item: T | undefined): Omit<T, "id" | "version"> | null => {
  if (!item) return null;
  const { id: _id, version: _version, ...content } = item;
  return content;
};

type Written<T> = Iterable<{ readonly id: string; readonly before: T | undefined; readonly after: T | undefined }>;

/** The act that took each span and link from `before` to `after`. */
export const actOf = (
  spans: Written<Span>,
  links: Written<Link>,
  dismissed: Iterable<readonly [id: string, dismissed: boolean]> = [],
): Act =>
  [
    ...[...dismissed].map(
      ([id, now]): Effect => ({ kind: "dismissal", id, before: now ? null : true, after: now ? true : null }),
    ),
    ...[...spans].map(
      ({ id, before, after }): Effect => ({ kind: "span", id, before: contentOf(before), after: contentOf(after) }),
    ),
    ...[...links].map(
      ({ id, before, after }): Effect => ({ kind: "link", id, before: contentOf(before), after: contentOf(after) }),
    ),
  ].filter((e) => !isNothing(e));

export const reverse = (act: Act): Act =>
  act.map((e): Effect => {
    if (e.kind === "span") return { ...e, before: e.after, after: e.before };
    if (e.kind === "link") return { ...e, before: e.after, after: e.before };
    return { ...e, before: e.after, after: e.before };
  });

function isNothing(e: Effect): boolean {
  if (e.before === e.after) return true;
  if (e.kind === "dismissal" || e.before === null || e.after === null) return false;
  return e.kind === "span" ? sameSpan(e.before, e.after) : sameLink(e.before, e.after);
}

/** The first act and then the second, as one. What the two cancel is left out. */
export function compose(first: Act, second: Act): Act {
  const effects = new Map<string, Effect>(first.map((e) => [e.id, e]));
  for (const e of second) {
    const earlier = effects.get(e.id);
    if (earlier?.kind === "span" && e.kind === "span") effects.set(e.id, { ...e, before: earlier.before });
    else if (earlier?.kind === "link" && e.kind === "link") effects.set(e.id, { ...e, before: earlier.before });
    else if (earlier?.kind === "dismissal" && e.kind === "dismissal")
      effects.set(e.id, { ...e, before: earlier.before });
    else effects.set(e.id, e);
  }
  return [...effects.values()].filter((e) => !isNothing(e));
}

/** Whether each touched span, link and suggestion is now as the act takes it to be before it. */
export const applies = (review: Review, act: Act): boolean =>
  act.every((e) => {
    if (e.kind === "dismissal") return (review.dismissed?.has(e.id) ?? false) === (e.before !== null);
    if (e.kind === "span") {
      const now = review.spans.get(e.id);
      return e.before === null ? now === undefined : now !== undefined && sameSpan(now, e.before);
    }
    const now = review.links.get(e.id);
    return e.before === null ? now === undefined : now !== undefined && sameLink(now, e.before);
  });

/** The changes that do the act to this review: on its versions, links off before spans go and on after spans come. */
export function changesFor(review: Review, act: Act, newId: () => string): readonly Change[] {
  const changes: { order: number; change: Change }[] = act.map((e) => {
    const { id } = e;
    if (e.kind === "dismissal") {
      const dismissed = e.after !== null;
      return { order: 1, change: { id: newId(), kind: "suggestion.dismiss", suggestionId: id, dismissed } };
    }
    if (e.kind === "span") {
      const base = (review.spans.get(id) ?? review.removedSpans.get(id))?.version ?? 0;
      return e.after === null
        ? { order: 3, change: { id: newId(), kind: "span.remove", spanId: id, base } }
        : { order: 1, change: { id: newId(), kind: "span.put", span: { id, base, ...e.after } } };
    }
    const base = (review.links.get(id) ?? review.removedLinks.get(id))?.version ?? 0;
    return e.after === null
      ? { order: 0, change: { id: newId(), kind: "link.remove", linkId: id, base } }
      : { order: 2, change: { id: newId(), kind: "link.put", link: { id, base, ...e.after } } };
  });
  return changes.sort((a, b) => a.order - b.order).map((c) => c.change);
}

/**
 * Changes that were made on other versions, put on those of this review, for one who keeps hers against what came from elsewhere.
 * What she removed and is gone already needs no change.
 */
export function rebase(review: Review, changes: readonly Change[]): readonly Change[] {
  const state = new Map<string, { version: number; live: boolean }>();
  const now = (id: string, live: ReadonlyMap<string, Tombstone>, dead: ReadonlyMap<string, Tombstone>) =>
    state.get(id) ?? { version: (live.get(id) ?? dead.get(id))?.version ?? 0, live: live.has(id) };
  return changes.flatMap((change): readonly Change[] => {
    if (change.kind === "suggestion.dismiss") return [change];
    const id = targetOf(change);
    const { version: base, live } = isSpanChange(change)
      ? now(id, review.spans, review.removedSpans)
      : now(id, review.links, review.removedLinks);
    const isPut = change.kind === "span.put" || change.kind === "link.put";
    if (!isPut && !live) return [];
    state.set(id, { version: base + 1, live: isPut });
    if (change.kind === "span.put") return [{ ...change, span: { ...change.span, base } }];
    if (change.kind === "link.put") return [{ ...change, link: { ...change.link, base } }];
    return [{ ...change, base }];
  });
}
