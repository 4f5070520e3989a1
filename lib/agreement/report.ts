/** What `measure` answers, and the command and the API print (interface.md). */
import type { AttributeAgreement } from "./attributes";
import type { Breakdown } from "./by";
import type { CompetenceReport } from "./competence";
import type { Gamma } from "./gamma";
import type { LinkAgreement } from "./links";
import type { Outside } from "./prepare";
import type { F1Kind } from "./span-f1";
import type { LabelReliability } from "./unitizing";
import type { Value } from "./value";

type ByLabel<T> = Readonly<Record<string, T>>;
type ReviewerPair = readonly [string, string];

export type Interval = {
  /** null when no replicate was defined. */
  readonly low: number | null;
  readonly high: number | null;
  readonly replicates: number;
  /** Replicates that were not defined. */
  readonly dropped: number;
  readonly seed: number;
  readonly unit: "article" | "story";
  /** How many there are to draw from; of one there is nothing to draw again, so its interval is a point that says nothing. */
  readonly units: number;
};

export type Jackknife = { readonly standardError: number | null; readonly warning: "few-articles" };

/** How much of a label there is. */
export type Usage = {
  readonly spans: number;
  readonly perReview: number | null;
  /** In which anybody used it. */
  readonly articles: number;
};

/** A part of the articles, or one reviewer against the others: every pair with them counts as an article of two. */
export type SectionReport = {
  /** null: not known, such as an article without an outlet. */
  readonly key: string | null;
  readonly articles: number;
  readonly reviews: number;
  readonly layered: {
    readonly pooled: Value;
    readonly interval: Interval;
    readonly labels: ByLabel<Value>;
    readonly intervals: ByLabel<Interval>;
  };
  readonly f1: Readonly<Record<"strict" | "normalised" | "overlap", Value>>;
  readonly usage: ByLabel<Usage>;
};

export type AgreementReport = {
  /** Articles with two or more submitted reviews; the others contribute nothing, and are counted here. */
  readonly articles: number;
  readonly articlesLeftOut: number;
  readonly reviewers: readonly string[];
  /** Those that stand in the counted articles, in scheme order. */
  readonly labels: readonly string[];
  /** Submitted reviews of the counted articles. */
  readonly reviews: number;
  readonly usage: ByLabel<Usage>;
  readonly outside: Outside;
  /** Spans of the counted reviews that were made of a suggestion from outside, and whether they count. */
  readonly suggestions: { readonly spans: number; readonly counted: boolean };
  readonly layered: {
    readonly pooled: Value;
    readonly interval: Interval;
    /** Below ten articles (or stories). */
    readonly jackknife: Jackknife | null;
    readonly labels: ByLabel<Value>;
    readonly intervals: ByLabel<Interval>;
    /** One reviewer's own spans of a label that were merged because they share a code point. */
    readonly merged: number;
  };
  readonly u2016: {
    readonly u: Value;
    readonly binary: Value;
    readonly cu: Value;
    readonly ku: ByLabel<LabelReliability>;
  };
  /** Over all labels at once, and a label against all else. */
  readonly characters: { readonly alpha: Value; readonly labels: ByLabel<Value> };
  readonly f1: Readonly<Record<F1Kind, { readonly micro: Value; readonly labels: ByLabel<Value> }>>;
  readonly tokens: {
    readonly labels: ByLabel<{
      readonly fleiss: Value;
      readonly alpha: Value;
      readonly pairs: readonly { readonly reviewers: ReviewerPair; readonly cohen: Value }[];
    }>;
  };
  readonly gamma: Gamma;
  readonly pairs: readonly {
    readonly reviewers: ReviewerPair;
    readonly articles: number;
    readonly strictF1: Value;
    readonly layered: Value;
  }[];
  readonly attributes: ByLabel<ByLabel<AttributeAgreement>>;
  readonly links: LinkAgreement;
  /** Attributes and links without what was taken from an offer: two who took the same offer agree cheaply. */
  readonly byHand: { readonly attributes: ByLabel<ByLabel<AttributeAgreement>>; readonly links: LinkAgreement };
  readonly competence: CompetenceReport;
  readonly confusion: ByLabel<ByLabel<number>>;
  /** What was asked for. */
  readonly by: Readonly<Partial<Record<Breakdown, readonly SectionReport[]>>>;
};
