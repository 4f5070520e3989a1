/** What the review screen is given by its page. */

import type { OwnReview } from "@/lib/access/can";
import type { CarriedKind } from "@/lib/formats/native";
import type { Region, RegionRole } from "@/lib/regions/roles";
import type { Scheme } from "@/lib/scheme/scheme";
import type { Attributes, Link, Review, Span, Tombstone } from "@/lib/spans/model";
import { differs, type Origin, type Suggestion } from "@/lib/spans/suggested";
import type { Range } from "@/lib/text/range";

/** A span of another article that a link may end in, or ends in. */
export type FarTarget = {
  readonly id: string;
  readonly label: string;
  readonly quote: string;
  readonly articleId: string;
  readonly articleTitle: string;
  readonly gold: boolean;
  /** It stands in a former version of its article. */
  readonly superseded: boolean;
};

type WaitingLink = {
  readonly id: string;
  readonly type: string;
  readonly from: string;
  readonly to: string | null;
  readonly toText: string | null;
  readonly accepted?: boolean | undefined;
};

/** A mark of the version before that has no place in this one, or had none; `id` is its span's, once it is placed. */
export type Orphan = {
  readonly id: string;
  readonly quote: string;
  readonly before: string;
  readonly after: string;
  readonly content: {
    readonly label: string;
    readonly attributes: Attributes;
    readonly note: string;
    readonly uncertain: boolean;
    readonly accepted?: readonly string[] | undefined;
    readonly suggestion?: string | undefined;
  };
  readonly candidates: readonly (Range & { readonly score: number; readonly quote: string })[];
  readonly links: readonly WaitingLink[];
  readonly dropReason: string | null;
};

/** What became of the marks of the version before. */
export type Carried = {
  readonly spans: readonly {
    readonly id: string;
    readonly kind: CarriedKind;
    readonly score: number;
    readonly quote: string;
  }[];
  readonly orphans: readonly Orphan[];
};

export type ReviewPage = {
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    /** Tours that were taken or skipped. */
    readonly tours: readonly string[];
  };
  readonly project: {
    readonly id: string;
    readonly name: string;
    /** The project that ships, in which the first tour begins by itself. */
    readonly sample: boolean;
  };
  /** Of the reader's own reviews in this project. */
  readonly progress: { readonly submitted: number; readonly total: number };
  readonly article: {
    readonly id: string;
    readonly title: string;
    readonly text: string;
    readonly language: string | null;
    readonly outlet: string | null;
    readonly regions: readonly Region[];
  };
  readonly scope: readonly RegionRole[];
  readonly forbidOutsideScope: boolean;
  readonly scheme: Scheme;
  readonly guideline: { readonly version: number; readonly markdown: string };
  readonly review: {
    readonly id: string;
    readonly status: OwnReview;
    readonly version: number;
    readonly sentBackComment: string | null;
    readonly skipReason: string | null;
    readonly spans: readonly Span[];
    readonly links: readonly Link[];
    readonly removed: { readonly spans: readonly Tombstone[]; readonly links: readonly Tombstone[] };
    /** Ids of suggestions. */
    readonly dismissed: readonly string[];
    /** The owner may edit it; others read. */
    readonly mine: boolean;
    readonly mayReopen: boolean;
  };
  readonly targets: readonly FarTarget[];
  readonly carried: Carried;
  readonly version: {
    readonly number: number;
    /** A newer version has taken its place: it is read only. */
    readonly superseded: boolean;
    /** The reader's own review of the newer one. */
    readonly newest: string | null;
  };
  /** From outside; none where the project does not show them, or to whoever only reads the review. */
  readonly suggestions: readonly Suggestion[];
  /** Of the spans that were made of a suggestion, also of one that is gone. */
  readonly origins: readonly Origin[];
};

const byId = <T extends { readonly id: string }>(items: readonly T[]) => new Map(items.map((item) => [item.id, item]));

export const reviewOf = ({ version, spans, links, removed, dismissed }: ReviewPage["review"]): Review => ({
  dismissed: new Set(dismissed),
  version,
  spans: byId(spans),
  links: byId(links),
  removedSpans: byId(removed.spans),
  removedLinks: byId(removed.links),
});

/** Where a span came from, as it is now; null: made by hand. */
export function originOf(page: Pick<ReviewPage, "suggestions" | "origins">, span: Span): Origin | null {
  const { suggestion: id } = span;
  if (id === undefined) return null;
  const there = page.suggestions.find((one) => one.id === id);
  if (there) return { id, by: there.by, score: there.score, changed: differs(span, there) };
  return page.origins.find((one) => one.id === id) ?? null;
}
