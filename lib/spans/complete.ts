/** What a review still lacks before it can be submitted. */
import { labelOf } from "../scheme/lookup";
import type { Scheme } from "../scheme/scheme";
import type { Review } from "./model";
import { inReadingOrder } from "./order";

export type Missing = {
  readonly spanId: string;
  /** `attributes.KEY` or `links.TYPE`. */
  readonly path: string;
  readonly code: "attribute-missing" | "link-missing";
  readonly message: string;
};

/**
 * Each required attribute that a span lacks (blank text is lacking) and each required link, in reading order; a link to a text
 * serves as one to a span does. What is archived, a span's label included, is never asked for.
 */
export function missingToSubmit(scheme: Scheme, review: Pick<Review, "spans" | "links">): readonly Missing[] {
  const linked = new Set([...review.links.values()].map((l) => `${l.type} ${l.from}`));
  return inReadingOrder(review.spans.values()).flatMap((span): readonly Missing[] => {
    const label = labelOf(scheme, span.label);
    if (!label || label.archived) return [];
    const attributes = label.attributes
      .filter((a) => a.required && !a.archived && (span.attributes[a.key] ?? "").trim() === "")
      .map((a): Missing => {
        const message = `${label.name} needs its ${a.name.toLowerCase()}.`;
        return { spanId: span.id, path: `attributes.${a.key}`, code: "attribute-missing", message };
      });
    const links = scheme.links
      .filter((t) => t.requiredFor?.includes(label.key) && !t.archived && !linked.has(`${t.key} ${span.id}`))
      .map((t): Missing => {
        const message = `${label.name} needs a link, ${t.name}, to ${t.freeText ? "a span or a text" : "a span"}.`;
        return { spanId: span.id, path: `links.${t.key}`, code: "link-missing", message };
      });
    return [...attributes, ...links];
  });
}
