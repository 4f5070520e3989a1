/**
 * Suggestions from outside: marks that an editor imported as proposals. Nothing of them is in a review before it is taken; a span that was
 * made of one says so for as long as it stands, and a review remembers which it would not have.
 */
import type { Range } from "../text/range";
import { withAccepted } from "./accepted";
import type { Act, Effect } from "./act";
import { canonicalSpan } from "./canonical";
import type { Attributes, Review, Span } from "./model";
import { byReading } from "./order";

/** `to` is another suggestion of the article; null when `toText` names the target. */
export type SuggestedLink = { readonly type: string; readonly to: string | null; readonly toText: string | null };

export type Suggestion = Range & {
  readonly id: string;
  /** Who or what suggested it: a model, an annotator. */
  readonly by: string;
  /** How sure they were, as the file says. */
  readonly score: number | null;
  readonly label: string;
  readonly attributes: Attributes;
  readonly note: string;
  readonly uncertain: boolean;
  /** Those that start here. */
  readonly links: readonly SuggestedLink[];
};

/** Where a span came from. It outlives the suggestion, which may be deleted. */
export type Origin = {
  /** null: a file that says only by whom it was suggested. */
  readonly id: string | null;
  readonly by: string;
  readonly score: number | null;
  /** Its range, label or attributes are no longer the suggested ones. */
  readonly changed: boolean;
  /** Whoever suggested it is somebody, not a machine. Absent: not known to be. */
  readonly person?: boolean;
};

type Content = Range & { readonly label: string; readonly attributes: Attributes };

/** Whether a span is another than what was suggested: in range, label or attributes. Notes do not count. */
export const differs = (span: Content, suggestion: Content): boolean => canonicalOf(span) !== canonicalOf(suggestion);

const canonicalOf = ({ start, end, label, attributes }: Content): string =>
  canonicalSpan({ start, end, label, attributes, note: "", uncertain: false });

/** Those that wait for an answer, in reading order: neither taken, nor dismissed, nor marked by hand already. */
export function openSuggestions(review: Review, suggestions: readonly Suggestion[]): readonly Suggestion[] {
  if (suggestions.length === 0) return suggestions;
  const taken = new Set<string>();
  const marked = new Set<string>();
  for (const span of review.spans.values()) {
    if (span.suggestion !== undefined) taken.add(span.suggestion);
    marked.add(placeOf(span));
  }
  return suggestions
    .filter((one) => !taken.has(one.id) && !review.dismissed?.has(one.id) && !marked.has(placeOf(one)))
    .sort(byReading);
}

const placeOf = ({ start, end, label }: Range & { readonly label: string }): string => `${start} ${end} ${label}`;

/** The suggestion as a span of the review, with the suggested links whose other end has been taken already. */
export function take(
  review: Review,
  suggestion: Suggestion,
  all: readonly Suggestion[],
  newId: () => string,
): { readonly id: string; readonly act: Act } {
  const id = newId();
  const { start, end, label, attributes, note, uncertain } = suggestion;
  const after = {
    ...{ start, end, label, attributes, note, uncertain },
    ...withAccepted(Object.keys(attributes)),
    suggestion: suggestion.id,
  };
  const spanOf = new Map<string, Span>();
  for (const span of review.spans.values()) if (span.suggestion !== undefined) spanOf.set(span.suggestion, span);
  const link = (type: string, from: string, to: string | null, toText: string | null): Effect => ({
    kind: "link",
    id: newId(),
    before: null,
    after: { type, from, to, toText, accepted: true },
  });
  const out = suggestion.links.flatMap(({ type, to, toText }) => {
    const there = to === null ? undefined : spanOf.get(to)?.id;
    return to === null || there !== undefined ? [link(type, id, there ?? null, toText)] : [];
  });
  const back = all.flatMap((other) => {
    const from = spanOf.get(other.id)?.id;
    if (from === undefined) return [];
    return other.links.flatMap(({ type, to }) => (to === suggestion.id ? [link(type, from, id, null)] : []));
  });
  return { id, act: [{ kind: "span", id, before: null, after }, ...out, ...back] };
}

/** Will not have it, or (`undo`) may be asked again. */
export const dismiss = (suggestion: string): Act => [{ kind: "dismissal", id: suggestion, before: null, after: true }];
