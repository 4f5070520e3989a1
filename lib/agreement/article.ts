/** What agreement is measured on. Only submitted reviews may be handed in, as they were first submitted, blind. */
import type { RegionRole } from "../regions/roles";
import type { Attributes } from "../spans/model";
import type { Range } from "../text/range";

/** Offsets are code points of the article. */
export type AgreementSpan = Range & {
  readonly id: string;
  readonly label: string;
  readonly attributes: Attributes;
  /** Keys of the attributes whose value was taken from an offer; absent: none. */
  readonly accepted?: readonly string[] | undefined;
  /** The suggestion from outside that it was made of; absent or null: made by hand. */
  readonly suggestion?: object | null | undefined;
  /** Under which it was made, where that is known. */
  readonly schemeVersion?: number | null | undefined;
  readonly guidelineVersion?: number | null | undefined;
};

export type AgreementLink = {
  readonly type: string;
  readonly from: string;
  /** A span's id, possibly in another article; null when `toText` names the target. */
  readonly to: string | null;
  readonly toText: string | null;
  /** It was taken from an offer. */
  readonly accepted?: boolean | undefined;
};

export type AgreementReview = {
  readonly reviewer: string;
  readonly spans: readonly AgreementSpan[];
  readonly links: readonly AgreementLink[];
  /** ISO 8601, UTC; for agreement over time. */
  readonly submittedAt?: string | null | undefined;
  /** In force when it was submitted; counts where no span says under which it was made. */
  readonly schemeVersion?: number | null | undefined;
  readonly guidelineVersion?: number | null | undefined;
};

export type AgreementArticle = {
  readonly id: string;
  /** Code points. */
  readonly length: number;
  /** For tokens and the edge trim; without it these figures are null with the reason `no_text`. */
  readonly text?: string | null | undefined;
  /** Ordered ranges that count; absent or null: everything. */
  readonly scope?: readonly Range[] | null | undefined;
  /** The story it belongs to, where reprints are known: intervals then resample stories. */
  readonly cluster?: string | null | undefined;
  readonly outlet?: string | null | undefined;
  /** Those in scope, in order, for agreement by role of region. */
  readonly regions?: readonly (Range & { readonly role: RegionRole })[] | undefined;
  /** One a reviewer. Fewer than two: the article contributes nothing. */
  readonly reviews: readonly AgreementReview[];
};

/** The article without the spans that were made of a suggestion, and their links; and how many they were. */
export function withoutSuggested(article: AgreementArticle): {
  readonly article: AgreementArticle;
  readonly spans: number;
} {
  let left = 0;
  const reviews = article.reviews.map((review): AgreementReview => {
    const gone = new Set(review.spans.flatMap((span) => (span.suggestion ? [span.id] : [])));
    if (gone.size === 0) return review;
    left += gone.size;
    return {
      ...review,
      spans: review.spans.filter(({ id }) => !gone.has(id)),
      links: review.links.filter(({ from, to }) => !gone.has(from) && (to === null || !gone.has(to))),
    };
  });
  return { article: left === 0 ? article : { ...article, reviews }, spans: left };
}
