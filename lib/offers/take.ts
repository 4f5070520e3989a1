/** Taking offers: what the span and the review are afterwards. Nothing else ever turns an offer into a mark. */

import { stillAccepted } from "../spans/accepted";
import type { Attributes, Span } from "../spans/model";
import type { LinkOffer, Offer } from "./offers";

/** A span's values with those that were taken among the given ones, and which of all were taken; and the links to make. */
export function taken(
  span: Span,
  offers: readonly Offer[],
): { readonly attributes: Attributes; readonly accepted: readonly string[]; readonly links: readonly LinkOffer[] } {
  const values = offers.flatMap((o) => (o.kind === "value" ? [[o.attribute, o.value] as const] : []));
  const attributes = { ...span.attributes, ...Object.fromEntries(values) };
  const before = stillAccepted(span.accepted, span.attributes, attributes);
  return {
    attributes,
    accepted: [...new Set([...before, ...values.map(([key]) => key)])].sort(),
    links: offers.filter((o) => o.kind === "link"),
  };
}
