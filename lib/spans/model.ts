/** What one reviewer has marked in one article: spans, links, and the changes that edit them. Offsets are code points. */
import type { Range } from "../text/range";

export type Attributes = Readonly<Record<string, string>>;

export type Span = Range & {
  readonly id: string;
  readonly version: number;
  readonly label: string;
  readonly attributes: Attributes;
  readonly note: string;
  readonly uncertain: boolean;
  /** Keys of the attributes whose value was taken from an offer (lib/offers) instead of given by hand, sorted. Absent: none. */
  readonly accepted?: readonly string[];
  /** Id of the suggestion from outside (suggested.ts) that it was made of. Absent: made by hand. */
  readonly suggestion?: string;
};

export type Link = {
  readonly id: string;
  readonly version: number;
  readonly type: string;
  readonly from: string;
  /** A span's id, possibly in another article; null when `toText` names the target. */
  readonly to: string | null;
  readonly toText: string | null;
  /** It was taken from an offer. Absent: no. */
  readonly accepted?: boolean;
};

/** A removed span or link keeps its id and version, so that a put on that version brings it back. */
export type Tombstone = { readonly id: string; readonly version: number };

/** What it was when it was removed, where that is known: an old use of an archived label may come back as it was. */
export type SpanTombstone = Tombstone & { readonly was?: Span };
export type LinkTombstone = Tombstone & { readonly was?: Link };

export type Review = {
  readonly version: number;
  readonly spans: ReadonlyMap<string, Span>;
  readonly links: ReadonlyMap<string, Link>;
  readonly removedSpans: ReadonlyMap<string, SpanTombstone>;
  readonly removedLinks: ReadonlyMap<string, LinkTombstone>;
  /** Ids of suggestions that the reviewer will not have. Absent: none. */
  readonly dismissed?: ReadonlySet<string>;
};

export type SpanInput = Range & {
  readonly id: string;
  /** The version the client last saw; 0 for a new one. */
  readonly base: number;
  readonly label: string;
  readonly quote?: string | undefined;
  readonly attributes?: Attributes | undefined;
  readonly note?: string | undefined;
  readonly uncertain?: boolean | undefined;
  readonly accepted?: readonly string[] | undefined;
  readonly suggestion?: string | undefined;
};

export type LinkInput = {
  readonly id: string;
  readonly base: number;
  readonly type: string;
  readonly from: string;
  readonly to: string | null;
  readonly toText?: string | null | undefined;
  readonly accepted?: boolean | undefined;
};

/** Ids are client-made UUIDs. */
export type Change =
  | { readonly id: string; readonly kind: "span.put"; readonly span: SpanInput }
  | { readonly id: string; readonly kind: "span.remove"; readonly spanId: string; readonly base: number }
  | { readonly id: string; readonly kind: "link.put"; readonly link: LinkInput }
  | { readonly id: string; readonly kind: "link.remove"; readonly linkId: string; readonly base: number }
  /** The last word counts: there is nothing in it that two windows could disagree on. */
  | {
      readonly id: string;
      readonly kind: "suggestion.dismiss";
      readonly suggestionId: string;
      readonly dismissed: boolean;
    };
