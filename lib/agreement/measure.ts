/**
 * Every measure of agreement.md over a project's articles. Articles are added one by one and only counted, so that memory does not grow with
 * their text or spans: an article leaves a row of a few numbers. Pure; the order of articles, reviews and spans does not matter.
 */
import type { SourceNames } from "../cases/case";
import { type Rules, rulesOf } from "../cases/rules";
import { DEFAULT_SCHEME } from "../scheme/default";
import type { Scheme } from "../scheme/scheme";
import { type AgreementArticle, withoutSuggested } from "./article";
import { Attributes } from "./attributes";
import { type Breakdown, Sections } from "./by";
import { Competences } from "./competence";
import { Confusion } from "./confusion";
import { GammaMeasure } from "./gamma";
import { grouped } from "./grouped";
import { REPLICATES } from "./intervals";
import { Links, type SameForeign } from "./links";
import { Pairs, pairsOf } from "./pairs";
import { Names, type Outside, prepare } from "./prepare";
import type { AgreementReport } from "./report";
import { contribution, Section } from "./section";
import type { F1Kind } from "./span-f1";
import { TokenMeasures } from "./tokens";
import { Unitizing } from "./unitizing";
import type { Reason } from "./value";

/** What counts, and how. */
export type MeasureOptions = {
  /** Gives the order of labels, coexistence and the attributes' kinds; without one the default scheme's order, and none coexist. */
  readonly scheme?: Scheme | null | undefined;
  readonly sameForeign?: SameForeign | undefined;
  /** The project's register of sources: attributes that name one are compared by it. */
  readonly sources?: SourceNames | null | undefined;
  /** true: spans that were made of a suggestion from outside count like any other. Default false: they are left out, and counted. */
  readonly suggestions?: boolean | undefined;
  /** What the figures can also be given by. */
  readonly by?: readonly Breakdown[] | undefined;
};

/** How many of the rows that replicates will draw have been drawn. */
export type Progress = (drawn: number, of: number) => void;

/** What is to be told of it; one measurement can be asked several times. */
export type ReportOptions = {
  readonly seed?: number | undefined;
  readonly replicates?: number | undefined;
  /** false: attribute values and links that were taken from an offer count as not given. Default true. */
  readonly accepted?: boolean | undefined;
  /** Of those that are counted; all of them where not given. */
  readonly by?: readonly Breakdown[] | undefined;
  readonly progress?: Progress | undefined;
};

type Given = { readonly attributes: Attributes; readonly links: Links };

export class Measurement {
  readonly #rules: Rules;
  readonly #reviewers = new Names();
  readonly #labels = new Names();
  readonly #whole = new Section();
  readonly #by: readonly Sections[];
  readonly #unitizing = new Unitizing();
  readonly #pairs = new Pairs();
  readonly #tokens = new TokenMeasures();
  readonly #gamma = new GammaMeasure();
  readonly #given: Given;
  /** The same without what was taken from an offer. */
  readonly #byHand: Given;
  readonly #confusion = new Confusion();
  readonly #competence = new Competences();
  #leftOut = 0;
  #merged = 0;
  #suggested = 0;
  #outside: Outside = { spans: 0, parts: 0, codePoints: 0 };

  constructor(readonly options: MeasureOptions = {}) {
    this.#rules = rulesOf(options.scheme, DEFAULT_SCHEME, options.sources);
    const given = (accepted: boolean) => ({
      attributes: new Attributes(this.#rules, accepted),
      links: new Links(options.sameForeign, accepted),
    });
    this.#given = given(true);
    this.#byHand = given(false);
    this.#by = [...new Set(options.by)].map((by) => new Sections(by));
  }

  /** Spans must lie within `length` and not be empty; reviewers must differ. */
  add(given: AgreementArticle): void {
    if (given.reviews.length < 2) {
      this.#leftOut++;
      return;
    }
    // Two who took the same suggestion agree cheaply, and one who took it agrees with whoever made it.
    const byHand = withoutSuggested(given);
    this.#suggested += byHand.spans;
    const article = this.options.suggestions ? given : byHand.article;
    const prepared = prepare(article, this.#reviewers, this.#labels);
    this.#merged += prepared.merged;
    this.#outside = {
      spans: this.#outside.spans + prepared.outside.spans,
      parts: this.#outside.parts + prepared.outside.parts,
      codePoints: this.#outside.codePoints + prepared.outside.codePoints,
    };
    const pairs = pairsOf(prepared);
    const whole = contribution(prepared, pairs);
    this.#whole.add(whole);
    for (const sections of this.#by) sections.add(prepared, whole, pairs, this.#reviewers, this.#labels);
    this.#unitizing.add(prepared);
    this.#pairs.add(prepared.projection.length, pairs);
    this.#tokens.add(prepared);
    this.#gamma.add(prepared);
    const cases = grouped(prepared, this.#rules, this.#reviewers.list);
    this.#competence.add(prepared, cases);
    this.#given.links.add(prepared);
    this.#byHand.links.add(prepared);
    for (const group of cases) {
      this.#confusion.add(group);
      this.#given.attributes.add(group);
      this.#byHand.attributes.add(group);
    }
  }

  report({ seed = 1, replicates = REPLICATES, accepted = true, by, progress }: ReportOptions = {}): AgreementReport {
    const counted = this.#whole.articles;
    const reason: Reason | null = counted === 0 ? "single_reviewer" : null;
    const labels = this.#labels.list
      .map((name, number) => ({ name, number }))
      .sort((a, b) => this.#rules.byLabel(a.name, b.name));
    const each = <T>(of: (label: number) => T): Readonly<Record<string, T>> =>
      Object.fromEntries(labels.map(({ name, number }) => [name, of(number)]));
    const names = labels.map(({ name }) => name);
    const numbers = labels.map(({ number }) => number);
    const sections = this.#by.flatMap((one) =>
      (by?.includes(one.by) ?? true) ? { by: one.by, list: one.list() } : [],
    );
    const rows = sections.reduce((sum, { list }) => list.reduce((s, [, one]) => s + one.articles, sum), counted);
    let drawn = 0;
    const tick = (n: number) => {
      drawn += n;
      progress?.(drawn, rows * replicates);
    };
    const around = this.#whole.intervals(numbers, replicates, seed, tick);
    const { layered, f1: sums } = this.#whole;
    const f1 = (kind: F1Kind) => ({
      micro: sums.micro(kind, reason),
      labels: each((label) => sums.label(kind, label, reason)),
    });
    const given = ({ attributes, links }: Given) => ({
      attributes: attributes.list(names),
      links: links.report(reason),
    });
    return {
      articles: counted,
      articlesLeftOut: this.#leftOut,
      reviewers: [...this.#reviewers.list].sort(),
      labels: names,
      reviews: this.#whole.reviews,
      usage: each((label) => this.#whole.usage(label)),
      outside: this.#outside,
      suggestions: { spans: this.#suggested, counted: this.options.suggestions === true },
      layered: {
        pooled: layered.pooled(reason),
        interval: around.pooled,
        jackknife: around.jackknife,
        labels: each((label) => layered.label(label, reason)),
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
        labels: each((label) => layered.characters(label, reason)),
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
      ...given(accepted ? this.#given : this.#byHand),
      byHand: given(this.#byHand),
      competence: this.#competence.fit(seed),
      confusion: this.#confusion.table(names),
      by: Object.fromEntries(
        sections.map(({ by, list }) => [
          by,
          list.map(([key, one]) => one.report(key, numbers, { each, replicates, seed, tick })),
        ]),
      ),
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

export function measure(
  articles: Iterable<AgreementArticle>,
  options: MeasureOptions & ReportOptions = {},
): AgreementReport {
  const measurement = new Measurement(options);
  for (const article of articles) measurement.add(article);
  return measurement.report(options);
}
