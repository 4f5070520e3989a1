/** The label scheme as data: what may be marked, with which attributes, and which links are allowed. Versioned by its project. */
export type LabelKey = string;

/** The hues of the design's tokens, in the order in which new labels are offered them. */
export const COLOURS = ["claim", "attribution", "denial", "framing", "teal", "ochre", "rose", "slate"] as const;
export const LINES = ["solid", "dotted", "wavy", "dashed"] as const;
export type LineStyle = (typeof LINES)[number];

/**
 * What an article shows that makes a value an offer (lib/offers). Of its quote marks: all of the span's words stand in them, some, none while
 * someone else speaks in the sentence, none while nobody does. Of its frames: one stands in the sentence, or none. Or: no word of the
 * attribute's lists was found.
 */
export type Sign = "direct" | "mixed" | "reported" | "plain" | "framed" | "unframed" | "otherwise";

export type AttributeValue = {
  readonly key: string;
  readonly name: string;
  readonly archived?: boolean;
  /** Words that stand for this value in an article, and so offer it. */
  readonly words?: readonly string[];
  readonly sign?: Sign;
};

export type Attribute = {
  readonly key: string;
  readonly name: string;
  /** The single letter that arms it on the review screen. */
  readonly hotkey: string | null;
  readonly archived?: boolean;
  /** Must be there to submit. */
  readonly required?: boolean;
} & (
  | {
      readonly kind: "text";
      /** A source's text counts by its normalised name, and is offered from the project's register of sources. */
      readonly source?: boolean;
      /** Keys of attributes of the label: the words of their lists that were found are offered as this text. */
      readonly wordsOf?: readonly string[];
    }
  | {
      readonly kind: "choice";
      readonly values: readonly AttributeValue[];
      /** Keys of `values` that form an ordered scale, lowest first; the rest lie outside the order. Absent: nominal. */
      readonly order?: readonly string[];
      /** Offered as it was last given with the same source. */
      readonly withSource?: boolean;
    }
);

export type Label = {
  readonly key: LabelKey;
  readonly name: string;
  readonly description: string;
  /** "1" to "9", or null */
  readonly hotkey: string | null;
  /** One of COLOURS. */
  readonly colour: string;
  readonly line: LineStyle;
  readonly archived?: boolean;
  readonly attributes: readonly Attribute[];
};

export type LinkType = {
  readonly key: string;
  readonly name: string;
  /** Labels allowed at the start and end; "any" is every label; "same" (to only) is the label of the start. */
  readonly from: readonly LabelKey[] | "any";
  readonly to: readonly LabelKey[] | "any" | "same";
  /** The target may be a free text instead of a span. */
  readonly freeText?: boolean;
  /** The target may lie in another article of the project. */
  readonly otherArticle?: boolean;
  /** Labels whose spans need at least one such link before submit. */
  readonly requiredFor?: readonly LabelKey[];
  /** Offered between spans of one sentence; spans that may start it are the frames of those it may end in. */
  readonly offered?: boolean;
  readonly archived?: boolean;
};

export type Scheme = {
  readonly labels: readonly Label[];
  readonly links: readonly LinkType[];
  /** Pairs of labels that may stand on one stretch without being a label conflict (agreement.md R2). */
  readonly coexist: readonly (readonly [LabelKey, LabelKey])[];
};
