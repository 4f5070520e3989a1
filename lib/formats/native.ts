/**
 * The native article model: what every format is read into and written from. In memory it is complete (defaults filled in, camelCase);
 * on the wire it is the snake_case JSON line of interface.md (native-wire.ts). All offsets are Unicode code points, half-open.
 */
import type { RegionRole } from "../regions/roles";
import type { Fault } from "../result";
import type { Attributes, SpanInput } from "../spans/model";
import type { Origin } from "../spans/suggested";
import type { Range } from "../text/range";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Members that Gloss does not know. They are kept at the level where they stood and come out again under `extra`. */
export type Extra = { readonly [name: string]: Json };

export type NativeRegion = Range & { readonly role: RegionRole; readonly reason: string | null; readonly extra: Extra };

export type NativeSpan = Range & {
  /** Optional on input. Any text; a link's `from` and `to` name it. */
  readonly id: string | null;
  readonly label: string;
  /** What the offsets cut out of the text, checked on reading; null where the file gave none. */
  readonly quote: string | null;
  readonly attributes: Attributes;
  readonly note: string;
  readonly uncertain: boolean;
  /** Keys of the attributes whose value was taken from an offer, sorted; absent: none. */
  readonly accepted?: readonly string[];
  /** The suggestion from outside that it was made of; absent: by hand. */
  readonly suggestion?: Origin;
  /** Of a suggestion: how sure whoever made it was; absent: not said. */
  readonly score?: number;
  readonly schemeVersion: number | null;
  readonly guidelineVersion: number | null;
  readonly extra: Extra;
};

export type NativeLink = {
  readonly id: string | null;
  readonly type: string;
  readonly from: string;
  /** A span's id, possibly in another article; null when `toText` names the target. Exactly one of the two is given. */
  readonly to: string | null;
  readonly toText: string | null;
  /** It was taken from an offer; absent: no. */
  readonly accepted?: boolean;
  readonly extra: Extra;
};

export const REVIEW_STATUSES = ["assigned", "in_progress", "submitted", "skipped"] as const;
export type NativeReviewStatus = (typeof REVIEW_STATUSES)[number];

/** What stood at an earlier submit; given only where it differs from the review as it stands. */
export type NativeSubmission = {
  readonly number: number;
  readonly blind: boolean;
  readonly submittedAt: string | null;
  readonly spans: readonly NativeSpan[];
  readonly links: readonly NativeLink[];
};

export type NativeReview = {
  /** A name for the reviewer that is the same through the whole file. */
  readonly reviewer: string;
  readonly status: NativeReviewStatus;
  /** Reopened after gold or another's marks could have been seen. */
  readonly notBlind: boolean;
  readonly submittedAt: string | null;
  readonly skipReason: string | null;
  readonly spans: readonly NativeSpan[];
  readonly links: readonly NativeLink[];
  readonly submissions: readonly NativeSubmission[];
  /** What became of each mark when the review was carried over from the version before; absent: it was not. */
  readonly carried?: readonly NativeCarried[];
  readonly extra: Extra;
};

export const CARRIED_KINDS = ["exact", "drifted", "orphan"] as const;
export type CarriedKind = (typeof CARRIED_KINDS)[number];

/** A mark of the version before: under `span` it stands in this review, or, an orphan that was not placed yet, will. */
/** As a change would give it (lib/spans/schema.ts), under the rules that it was made by. */
export type CarriedContent = Pick<
  SpanInput,
  "label" | "attributes" | "note" | "uncertain" | "accepted" | "suggestion"
> & {
  readonly schemeVersion?: number | undefined;
  readonly guidelineVersion?: number | undefined;
};

export type NativeCarried = Range & {
  readonly span: string;
  readonly kind: CarriedKind;
  readonly score: number;
  /** The span as it was marked, and its article; `start` and `end` are its place there. */
  readonly from: string;
  readonly fromArticle: string;
  readonly quote: string;
  readonly before: string;
  readonly after: string;
  /** Label, attributes and what else it had, where it could stand, and links that wait for it. */
  readonly content: CarriedContent;
  readonly candidates: readonly (Range & { readonly score: number })[];
  readonly links: Json;
  readonly dropReason: string | null;
  readonly droppedAt: string | null;
};

/** What one model or annotator from outside suggested in the article: nobody's review. Links end in spans beside them, or in words. */
export type NativeSuggestions = {
  readonly by: string;
  /** Somebody's annotation, not a machine's; absent: not known to be. */
  readonly person?: boolean;
  readonly spans: readonly NativeSpan[];
  readonly links: readonly NativeLink[];
  readonly extra: Extra;
};

export const DECISION_ACTIONS = [
  "suggestion",
  "member",
  "union",
  "intersection",
  "edit",
  "nothing",
  "split",
  "merge",
  "create",
  "reopen",
] as const;
export type NativeDecisionAction = (typeof DECISION_ACTIONS)[number];

/** The case that a decision ruled on, as it stood then. */
export type NativeCase = Range & {
  readonly id: string | null;
  readonly labels: readonly string[];
  readonly primary: string;
  readonly flags: readonly string[];
  /** Reviewers who had submitted and marked nothing here. */
  readonly missing: readonly string[];
};

/** Restored by an import from `members`: the case that holds these spans is the one it ruled on. */
export type NativeDecision = {
  readonly id: string | null;
  readonly action: NativeDecisionAction;
  /** null for `create`, which rules on what nobody marked. */
  readonly case: NativeCase | null;
  /** The resulting gold spans and links. */
  readonly spans: readonly NativeSpan[];
  readonly links: readonly NativeLink[];
  readonly reasonCode: string | null;
  readonly note: string;
  readonly rule: string | null;
  readonly adjudicator: string;
  readonly alsoReviewed: boolean;
  readonly anonymous: boolean;
  /** The spans of reviews that it was made about, with the hash of their content then. */
  readonly members: readonly { readonly span: string; readonly hash: string | null }[];
  /** How many reviews of the article were submitted then. */
  readonly submitted: number | null;
  /** The suggestion as it stood, and the request as it was. */
  readonly suggestion: Json;
  readonly input: Json;
  readonly textSha256: string | null;
  readonly schemeVersion: number | null;
  readonly guidelineVersion: number | null;
  readonly supersedes: string | null;
  readonly live: boolean;
  /** ISO 8601, UTC. */
  readonly at: string | null;
  readonly extra: Extra;
};

export type NativeGold = {
  readonly spans: readonly NativeSpan[];
  readonly links: readonly NativeLink[];
  /** In the order in which they were made. */
  readonly decisions: readonly NativeDecision[];
  readonly extra: Extra;
};

export const DATE_PRECISIONS = ["year", "month", "day", "minute", "second"] as const;
export type DatePrecision = (typeof DATE_PRECISIONS)[number];

export type ArticleMetadata = {
  readonly outlet: string | null;
  readonly repostedBy: string | null;
  readonly author: string | null;
  readonly dateline: string | null;
  readonly url: string | null;
  /** The raw string of the page. */
  readonly published: string | null;
  /** ISO 8601, as precise as `publishedPrecision` says, never shifted by zone (dates.ts). */
  readonly publishedDate: string | null;
  readonly publishedPrecision: DatePrecision | null;
  /** BCP 47 */
  readonly language: string | null;
  readonly licence: string | null;
};

export type NativeArticle = ArticleMetadata & {
  readonly id: string | null;
  readonly title: string | null;
  /** null only where the caller allowed `length` in its place (`agreement`, `cases`). */
  readonly text: string | null;
  /** Code points of the text. */
  readonly length: number;
  /** Of the UTF-8 bytes, lower-case hex; null without a text. */
  readonly textSha256: string | null;
  /** null: the file said nothing of regions, so an import may propose them; []: it said that there are none. */
  readonly regions: readonly NativeRegion[] | null;
  readonly reviews: readonly NativeReview[];
  readonly gold: NativeGold | null;
  /** One a name; absent: none. */
  readonly suggestions?: readonly NativeSuggestions[];
  readonly story: string | null;
  readonly split: string | null;
  /** The first version's id, where this is a later one; absent: it is no version of another. */
  readonly versionOf?: string;
  /** Which of the versions it is, from 1. */
  readonly textVersion?: number;
  readonly extra: Extra;
};

/** The optional first line. `scheme` and `guideline` are the current versions; earlier ones follow for the spans made under them. */
export type NativeProject = {
  readonly id: string | null;
  readonly name: string;
  readonly description: string;
  readonly policies: {
    readonly reviewersPerArticle: number | null;
    readonly blind: boolean | null;
    readonly acceptUnanimous: boolean | null;
    readonly adjudicateOwn: boolean | null;
    readonly forbidOutsideScope: boolean | null;
    readonly showSuggestions?: boolean;
    readonly scope: readonly RegionRole[] | null;
    readonly extra: Extra;
  };
  /** The scheme as JSON, as the API gives and takes it (lib/scheme checks it). */
  readonly scheme: { readonly version: number; readonly scheme: Json } | null;
  readonly guideline: { readonly version: number; readonly markdown: string } | null;
  readonly schemeVersions: readonly { readonly version: number; readonly scheme: Json }[];
  readonly guidelineVersions: readonly { readonly version: number; readonly markdown: string }[];
  readonly extra: Extra;
};

/** Where a fault lies: `line` counts from 1, `file` is a name inside an archive or of the upload, `excerpt` is at most 120 characters. */
export type PlacedFault = Fault & { readonly file?: string; readonly excerpt?: string };

/** What a reader gives, in the order of the file. `notes` say what reading changed ("BOM dropped"). */
export type ReadItem =
  | { readonly kind: "project"; readonly line: number; readonly project: NativeProject }
  | {
      readonly kind: "article";
      readonly line: number | null;
      readonly file: string | null;
      readonly article: NativeArticle;
      readonly notes: readonly string[];
    }
  | {
      readonly kind: "fault";
      readonly line: number | null;
      readonly file: string | null;
      readonly faults: readonly PlacedFault[];
    };

export const NO_EXTRA: Extra = {};

export const NO_METADATA: ArticleMetadata = {
  outlet: null,
  repostedBy: null,
  author: null,
  dateline: null,
  url: null,
  published: null,
  publishedDate: null,
  publishedPrecision: null,
  language: null,
  licence: null,
};
