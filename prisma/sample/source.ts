/**
 * How the sample project is written down: texts in blocks, marks by the words they cover, and where each reviewer saw it otherwise.
 * Everything in it is invented: places, people, outlets, and the affair.
 */
import type { RegionRole } from "../../lib/regions/roles";
import type { Attributes } from "../../lib/spans/model";

export const REVIEWERS = { mara: "Mara Quist", jonas: "Jonas Feld", ife: "Ife Okonjo" } as const;
export type Who = keyof typeof REVIEWERS;
export const WHO: readonly Who[] = ["mara", "jonas", "ife"];
export const ADJUDICATOR = "Ruth Calloway";

/** A stretch of text and its role. Blocks are parted by a blank line, or, when `below`, by a line break. */
export type Block = {
  readonly role: RegionRole;
  readonly text: string;
  readonly reason: string;
  readonly below?: true;
};

/** Where a reviewer's mark differs: other words, another label, other attributes ("" takes one away), a note. */
export type Change = {
  readonly quote?: string;
  readonly nth?: number;
  readonly label?: string;
  readonly set?: Attributes;
  readonly note?: string;
  readonly uncertain?: true;
};

/** null: this reviewer did not mark it. Several: it was marked in parts. */
export type Variations = Partial<Record<Who, null | Change | readonly Change[]>>;

export type Mark = {
  readonly key: string;
  readonly label: "CLAIM" | "ATTRIBUTION" | "DENIAL" | "FRAMING";
  /** Its words. They must stand in the text once; otherwise `nth` counts from 1. */
  readonly quote: string;
  readonly nth?: number;
  readonly attributes: Attributes;
  readonly by: Variations;
};

/** From mark to mark by key ("other-article:key" for one elsewhere), or to words. A reviewer without either mark has no such link. */
export type LinkSource = {
  readonly type: "attributes" | "denies" | "nested-in" | "counters" | "frames" | "continues";
  readonly from: string;
  readonly to: string | { readonly text: string };
  readonly by?: Partial<Record<Who, null | string | { readonly text: string }>>;
};

export type Ruling = {
  /** The case that holds this mark, or, with `of`, that holds this reviewer's part of it. */
  readonly on: string;
  readonly of?: Who;
  readonly action: "suggestion" | "member" | "union" | "intersection" | "edit" | "nothing" | "split";
  /** Whose reading, for `member`. */
  readonly member?: Who;
  /** For `edit` and `split`. */
  readonly spans?: readonly {
    readonly quote: string;
    readonly label: Mark["label"];
    readonly attributes: Attributes;
  }[];
  readonly reasonCode?:
    | "boundary"
    | "label"
    | "missed"
    | "spurious"
    | "split"
    | "source"
    | "target"
    | "hedge"
    | "link"
    | "guideline-gap"
    | "other";
  readonly note?: string;
  readonly rule?: string;
};

export type ArticleSource = {
  readonly key: string;
  readonly outlet: string;
  readonly repostedBy?: string;
  readonly author: string | null;
  readonly dateline?: string;
  readonly url: string;
  readonly published: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly marks: readonly Mark[];
  readonly links: readonly LinkSource[];
  readonly reviewedBy: readonly Who[];
  /** Cases that no ruling names: `rest: "suggested"` decides them as suggested, `rest: "open"` leaves them. */
  readonly rest: "suggested" | "open";
  /** In the order in which they were made; a second one on the same case replaces the first. */
  readonly rulings: readonly Ruling[];
  /** What nobody marked. */
  readonly created?: readonly {
    readonly quote: string;
    readonly label: Mark["label"];
    readonly attributes: Attributes;
    readonly note: string;
    readonly rule: string;
  }[];
};

const REASONS: Readonly<Record<RegionRole, string>> = {
  headline: "The article's title",
  standfirst: "Stands between headline and text",
  byline: "Names who wrote it, where from or when",
  body: "Running text",
  subheading: "A short title above a paragraph",
  caption: "Names a picture or who took it",
  related: "Leads to other articles",
  meta: "Says what the page is, not what happened",
  comment: "Below the invitation to comment",
  form: "Asks the reader for something",
  debris: "In another script than the article",
};

export const block = (role: RegionRole, text: string, reason = REASONS[role]): Block => ({ role, text, reason });
export const below = (role: RegionRole, text: string, reason = REASONS[role]): Block => ({
  role,
  text,
  reason,
  below: true,
});

type Rest = { readonly nth?: number };
const nth = (rest: Rest) => (rest.nth === undefined ? {} : { nth: rest.nth });

/** A claim as the outlet reports it, checkable, source given, no hedge, unless told otherwise. */
export const claim = (
  key: string,
  quote: string,
  type: string,
  attributes: Attributes = {},
  by: Variations = {},
  rest: Rest = {},
): Mark => ({
  key,
  label: "CLAIM",
  quote,
  ...nth(rest),
  by,
  attributes: without({
    type,
    quotation: "indirect",
    likelihood: "certain",
    checkable: "yes",
    source: "given",
    outlet: "reports",
    ...attributes,
  }),
});

export const attribution = (
  key: string,
  quote: string,
  source: string,
  sourceType: string,
  attributes: Attributes = {},
  by: Variations = {},
  rest: Rest = {},
): Mark => ({
  key,
  label: "ATTRIBUTION",
  quote,
  ...nth(rest),
  by,
  attributes: without({ source, sourceType, cueStance: "neutral", utterance: "reported", ...attributes }),
});

export const denial = (
  key: string,
  quote: string,
  kind: string,
  source: string,
  attributes: Attributes = {},
  by: Variations = {},
  rest: Rest = {},
): Mark => ({
  key,
  label: "DENIAL",
  quote,
  ...nth(rest),
  by,
  attributes: without({ kind, source, sourceType: "person", answers: "accusation", ...attributes }),
});

export const framing = (key: string, quote: string, kind: string, reason: string, by: Variations = {}): Mark => ({
  key,
  label: "FRAMING",
  quote,
  by,
  attributes: { kind, reason },
});

/** Without those that are "". */
export const without = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ""));

export const only = (...who: readonly Who[]): Variations =>
  Object.fromEntries(WHO.filter((one) => !who.includes(one)).map((one) => [one, null]));
