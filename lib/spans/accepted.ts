/**
 * How a value came about: given by hand, or taken from an offer (lib/offers). A span keeps the keys of its taken values, sorted; nothing is
 * written where there are none, so that a span without offers is what it always was.
 */
import type { Attributes } from "./model";

/** The member of a span, or none. */
export function withAccepted(keys: readonly string[] | undefined): { readonly accepted?: readonly string[] } {
  if (!keys || keys.length === 0) return {};
  return { accepted: [...new Set(keys)].sort() };
}

export const sameAccepted = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  JSON.stringify(withAccepted(a)) === JSON.stringify(withAccepted(b));

/** What of `accepted` still holds once the attributes are `after`: a value that was changed since, by whatever deed, is no longer the offered one. */
export const stillAccepted = (
  accepted: readonly string[] | undefined,
  before: Attributes,
  after: Attributes,
): readonly string[] => (accepted ?? []).filter((key) => after[key] !== undefined && after[key] === before[key]);

/** The attributes without those that were taken from an offer. */
export const byHand = (attributes: Attributes, accepted: readonly string[] | undefined): Attributes =>
  accepted && accepted.length > 0
    ? Object.fromEntries(Object.entries(attributes).filter(([key]) => !accepted.includes(key)))
    : attributes;
