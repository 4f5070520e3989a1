/**
 * Every measure of agreement.md over a project's articles. Articles are added one by one and only counted, so that memory does not grow with
 * their text or spans: an article leaves a row of a few numbers. Pure; the order of articles, reviews and spans does not matter.
 */
import { type Rules, rulesOf } from "../cases/rules";
import { DEFAULT_SCHEME } from "../scheme/default";
import type { Scheme } from "../scheme/scheme";
import type { AgreementArticle } from "./article";
import { Attributes } from "./attributes";
import { Confusion } from "./confusion";
import { GammaMeasure } from "./gamma";
import { grouped } from "./grouped";
import { ArticleStatistics, intervals, REPLICATES } from "./intervals";
import { Layered, labelStatistics } from "./layered";
import { Links, type SameForeign } from "./links";
import { Pairs } from "./pairs";
import { Names, type Outside, type Prepared, prepare } from "./prepare";
import type { AgreementReport } from "./report";
import { type F1Kind, SpanF1 } from "./span-f1";
import { TokenMeasures } from "./tokens";
import { Unitizing } from "./unitizing";
import type { Reason } from "./value";

export type MeasureOptions = {
  /** Gives the order of labels, coexistence and the attributes' kinds; without one the default scheme's order, and none coexist. */
  readonly scheme?: Scheme | null | undefined;
  readonly seed?: number | undefined;
  readonly replicates?: number | undefined;
  readonly sameForeign?: SameForeign | undefined;
  /** false: attribute values that were taken from an offer count as not given, so that what is left was chosen by hand. Default true. */
  readonly accepted?: boolean | undefined;
};

export class Measurement {
  readonly #rules: Rules;
  readonly #reviewers = new Names();
  readonly #labels = new Names();
  readonly #statistics = new ArticleStatistics();
  readonly #layered = new Layered();
  readonly #unitizing = new Unitizing();
  readonly #f1 = new SpanF1();
  readonly #pairs = new Pairs();
  readonly #tokens = new TokenMeasures();
  readonly #gamma = new GammaMeasure();
  readonly #attributes: Attributes;
  readonly #confusion = new Confusion();
  readonly #links: Links;
  #counted = 0;
  #leftOut = 0;
  #merged = 0;
  #outside: Outside = { spans: 0, parts: 0, codePoints: 0 };

  constructor(readonly options: MeasureOptions = {}) {
    this.#rules = rulesOf(options.scheme, DEFAULT_SCHEME);
    this.#attributes = new Attributes(this.#rules);
    this.#links = new Links(options.sameForeign);
  }

  /** Spans must lie within `length` and not be empty; reviewers must differ. */
  add(article: AgreementArticle): void {
    if (article.reviews.length < 2) {
      this.#leftOut++;
      return;
    }
    const prepared = prepare(article, this.#reviewers, this.#labels);
    this.#counted++;
    this.#merged += prepared.merged;
    this.#outside = {
      spans: this.#outside.spans + prepared.outside.spans,
      parts: this.#outside.parts + prepared.outside.parts,
      codePoints: this.#outside.codePoints + prepared.outside.codePoints,
    };
    this.#addLayered(prepared);
    this.#unitizing.add(prepared);
    this.#pairs.add(prepared, this.#f1);
    this.#tokens.add(prepared);
    this.#gamma.add(prepared);
    this.#links.add(prepared);
    const given = this.options.accepted ?? true;
    for (const group of grouped(prepared, this.#rules, this.#reviewers.list, given)) {
      this.#confusion.add(group);
      this.#attributes.add(group);
    }
  }

  #addLayered(prepared: Prepared): void {
    const { lanes, projection, labels, article } = prepared;
    this.#layered.addArticle(projection.length, lanes.length);
    this.#statistics.addArticle(article.id, projection.length, lanes.length, article.cluster ?? null);
    for (const label of labels) {
      const statistics = labelStatistics(prepared, label);
      this.#layered.addLabel(label, statistics, lanes.length);
      this.#statistics.addLabel(label, statistics);
    }
  }

  report(): AgreementReport {
    const { seed = 1, replicates = REPLICATES } = this.options;
    const reason: Reason | null = this.#counted === 0 ? "single_reviewer" : null;
    const labels = this.#labels.list
      .map((name, number) => ({ name, number }))
      .sort((a, b) => this.#rules.byLabel(a.name, b.name));
    const each = <T>(of: (label: number) => T): Readonly<Record<string, T>> =>
      Object.fromEntries(labels.map(({ name, number }) => [name, of(number)]));
    const names = labels.map(({ name }) => name);
    const around = intervals(
      this.#statistics,
      labels.map(({ number }) => number),
      replicates,
      seed,
    );
    const f1 = (kind: F1Kind) => ({
      micro: this.#f1.micro(kind, reason),
      labels: each((label) => this.#f1.label(kind, label, reason)),
    });
    return {
      articles: this.#counted,
      articlesLeftOut: this.#leftOut,
      reviewers: [...this.#reviewers.list].sort(),
      labels: names,
      outside: this.#outside,
      layered: {
        pooled: this.#layered.pooled(reason),
        interval: around.pooled,
        jackknife: around.jackknife,
        labels: each((label) => this.#layered.label(label, reason)),
        intervals: each((label) => around.labels.get(label) ?? around.pooled),
        merged: this.#merged,
      },
      u2016: {
        u: this.#unitizing.all(reason),
        binary: this.#unitizing.binary(reason),
        cu: this.#unitizing.categories(reason),
        ku: each((label) => this.#unitizing.label(label, reason)),
      },
      characters: {
        alpha: this.#unitizing.characters(reason),
        labels: each((label) => this.#layered.characters(label, reason)),
      },
      f1: {
        strict: f1("strict"),
        normalised: f1("normalised"),
        overlap: f1("overlap"),
        iou50: f1("iou50"),
        characters: f1("characters"),
      },
      tokens: {
        labels: each((label) => {
          const { pairs, ...figures } = this.#tokens.label(label, reason);
          return { ...figures, pairs: this.#named(pairs) };
        }),
      },
      gamma: this.#gamma.value(reason, seed),
      pairs: this.#named(this.#pairs.list()),
      attributes: this.#attributes.list(names),
      links: {
        micro: this.#links.micro(reason),
        givenEnds: this.#links.givenEnds(reason),
        types: this.#links.types(),
      },
      confusion: this.#confusion.table(names),
    };
  }

  /** Pairs by the reviewers' names, in order. */
  #named<P extends { readonly reviewers: readonly [number, number] }>(pairs: readonly P[]) {
    const name = (reviewer: number) => this.#reviewers.list[reviewer] ?? "";
    return pairs
      .map((pair) => ({ ...pair, reviewers: [name(pair.reviewers[0]), name(pair.reviewers[1])] as const }))
      .sort((a, b) => compare(a.reviewers[0], b.reviewers[0]) || compare(a.reviewers[1], b.reviewers[1]));
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function measure(articles: Iterable<AgreementArticle>, options: MeasureOptions = {}): AgreementReport {
  const measurement = new Measurement(options);
  for (const article of articles) measurement.add(article);
  return measurement.report();
}
