/** What a release holds, in numbers: counted while it is made, shown in the app and in its data card. */
import type { NativeArticle } from "../formats/native";
import type { ChangeCounts } from "./diff";

type Counts = { [name: string]: number };

/** A figure of agreement: null with a word of agreement.md for why. */
export type AgreementFigure = {
  readonly label: string | null;
  readonly alpha: number | null;
  readonly reason: string | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly strictF1: number | null;
  readonly overlapF1: number | null;
};

export type AgreementFigures = {
  readonly articles: number;
  readonly reviewers: number;
  readonly seed: number;
  readonly replicates: number;
  readonly unit: "article" | "story";
  readonly pooled: AgreementFigure;
  readonly labels: readonly AgreementFigure[];
};

export type Figures = {
  readonly articles: number;
  readonly codePoints: number;
  readonly settled: number;
  readonly reviews: number;
  readonly notBlind: number;
  readonly reviewers: number;
  /** How many articles have so many submitted reviews: "2" to 40. */
  readonly reviewsPerArticle: Readonly<Counts>;
  readonly spans: { readonly gold: Readonly<Counts>; readonly reviews: Readonly<Counts> };
  readonly links: { readonly gold: number; readonly reviews: number };
  readonly uncertain: number;
  /** Live rulings by what was done. */
  readonly decisions: Readonly<Counts>;
  /** Articles by licence; "" is unknown. */
  readonly licences: Readonly<Counts>;
  readonly outlets: number;
  /** Articles by language; "" is unknown. */
  readonly languages: Readonly<Counts>;
  readonly from: string | null;
  readonly to: string | null;
  readonly splits: Readonly<{
    [name: string]: { readonly articles: number; readonly groups: number; readonly spans: number };
  }>;
  readonly agreement: AgreementFigures | null;
  /** Against the release before it. */
  readonly previous: { readonly number: number; readonly changes: ChangeCounts } | null;
};

const add = (counts: Counts, name: string, by = 1) => {
  counts[name] = (counts[name] ?? 0) + by;
};

/** Adds articles up as they come, before people are renamed or after: names only count as different or the same. */
export class Counting {
  #articles = 0;
  #codePoints = 0;
  #settled = 0;
  #reviews = 0;
  #notBlind = 0;
  #uncertain = 0;
  readonly #reviewers = new Set<string>();
  readonly #outlets = new Set<string>();
  readonly #reviewsPerArticle: Counts = {};
  readonly #spans = { gold: {} as Counts, reviews: {} as Counts };
  readonly #links = { gold: 0, reviews: 0 };
  readonly #decisions: Counts = {};
  readonly #licences: Counts = {};
  readonly #languages: Counts = {};
  #from: string | null = null;
  #to: string | null = null;

  add(article: NativeArticle, settled: boolean): void {
    this.#articles++;
    this.#codePoints += article.length;
    if (settled) this.#settled++;
    this.#reviews += article.reviews.length;
    add(this.#reviewsPerArticle, String(article.reviews.length));
    for (const review of article.reviews) {
      if (review.notBlind) this.#notBlind++;
      this.#reviewers.add(review.reviewer);
      this.#count("reviews", review);
    }
    if (article.gold) this.#count("gold", article.gold);
    for (const { live, action } of article.gold?.decisions ?? []) if (live) add(this.#decisions, action);
    add(this.#licences, article.licence ?? "");
    add(this.#languages, article.language ?? "");
    if (article.outlet) this.#outlets.add(article.outlet);
    const date = article.publishedDate;
    if (date && (this.#from === null || date < this.#from)) this.#from = date;
    if (date && (this.#to === null || date > this.#to)) this.#to = date;
  }

  #count(layer: "gold" | "reviews", { spans, links }: Pick<NativeArticle["reviews"][number], "spans" | "links">): void {
    for (const span of spans) {
      add(this.#spans[layer], span.label);
      if (span.uncertain) this.#uncertain++;
    }
    this.#links[layer] += links.length;
  }

  figures(more: Pick<Figures, "splits" | "agreement" | "previous">): Figures {
    return {
      articles: this.#articles,
      codePoints: this.#codePoints,
      settled: this.#settled,
      reviews: this.#reviews,
      notBlind: this.#notBlind,
      reviewers: this.#reviewers.size,
      reviewsPerArticle: this.#reviewsPerArticle,
      spans: this.#spans,
      links: this.#links,
      uncertain: this.#uncertain,
      decisions: this.#decisions,
      licences: this.#licences,
      outlets: this.#outlets.size,
      languages: this.#languages,
      from: this.#from,
      to: this.#to,
      ...more,
    };
  }
}

export const sum = (counts: Readonly<Counts>): number => Object.values(counts).reduce((all, one) => all + one, 0);
