/** What agreement is measured on. Only submitted reviews may be handed in, as they were first submitted, blind. */
import type { Attributes } from "../spans/model";
import type { Range } from "../text/range";

/** Offsets are code points of the article. */
export type AgreementSpan = Range & {
  readonly id: string;
  readonly label: string;
  readonly attributes: Attributes;
  /** Keys of the attributes whose value was taken from an offer; absent: none. */
  readonly accepted?: readonly string[] | undefined;
};

export type AgreementLink = {
  readonly type: string;
  readonly from: string;
  /** A span's id, possibly in another article; null when `toText` names the target. */
  readonly to: string | null;
  readonly toText: string | null;
};

export type AgreementReview = {
  readonly reviewer: string;
  readonly spans: readonly AgreementSpan[];
  readonly links: readonly AgreementLink[];
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
  /** One a reviewer. Fewer than two: the article contributes nothing. */
  readonly reviews: readonly AgreementReview[];
};
