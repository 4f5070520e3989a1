/**
 * Layered u-alpha and span F1 of some of a project's articles, or of one reviewer against the others. An article is counted once into a
 * contribution, which is added to every section that it belongs to: to the whole, its outlet, its month, so that there is one way of counting.
 */
import { ArticleStatistics, type Intervals, intervals } from "./intervals";
import { type LabelStatistics, Layered, labelStatistics } from "./layered";
import type { PairMatches } from "./pairs";
import type { Prepared } from "./prepare";
import type { SectionReport, Usage } from "./report";
import { addMatches, type LabelMatches, NO_MATCHES, SpanF1 } from "./span-f1";

type LabelContribution = {
  readonly label: number;
  readonly statistics: LabelStatistics;
  /** Over all pairs of reviewers. */
  readonly matches: LabelMatches;
  /** Distinct spans, over all reviews. */
  readonly spans: number;
};

export type Contribution = {
  readonly id: string;
  readonly cluster: string | null;
  /** Code points in scope; of one reviewer's pairs once a pair. */
  readonly length: number;
  /** m_d: how many rate each of them. */
  readonly raters: number;
  /** Reviews whose spans are counted. */
  readonly reviews: number;
  readonly hasText: boolean;
  readonly labels: readonly LabelContribution[];
};

const about = ({ article, index }: Prepared) => ({
  id: article.id,
  cluster: article.cluster ?? null,
  hasText: index !== null,
});

/** Of an article with all its reviews. */
export function contribution(article: Prepared, pairs: readonly PairMatches[]): Contribution {
  const { lanes, projection, labels } = article;
  const matches = summed(pairs);
  return {
    ...about(article),
    length: projection.length,
    raters: lanes.length,
    reviews: lanes.length,
    labels: labels.map((label) => ({
      label,
      statistics: labelStatistics(article, label),
      matches: matches.get(label) ?? NO_MATCHES,
      spans: lanes.reduce((sum, lane) => sum + (lane.marks[label]?.start.length ?? 0), 0),
    })),
  };
}

/** Of one reviewer of an article against each of the others: every pair with them is an article of two. */
export function contributionOf(reviewer: number, article: Prepared, pairs: readonly PairMatches[]): Contribution {
  const own = pairs.filter(({ one, two }) => one.reviewer === reviewer || two.reviewer === reviewer);
  const lane = article.lanes.find((l) => l.reviewer === reviewer);
  const sums = new Map<number, { covered: number; squares: number; disagreed: number }>();
  for (const { labels } of own)
    for (const { label, statistics } of labels) {
      const sum = sums.get(label) ?? { covered: 0, squares: 0, disagreed: 0 };
      sums.set(label, sum);
      sum.covered += statistics.covered;
      sum.squares += statistics.squares;
      sum.disagreed += statistics.disagreed;
    }
  const matches = summed(own);
  return {
    ...about(article),
    length: article.projection.length * own.length,
    raters: 2,
    reviews: 1,
    labels: [...sums].map(([label, statistics]) => ({
      label,
      statistics,
      matches: matches.get(label) ?? NO_MATCHES,
      spans: lane?.marks[label]?.start.length ?? 0,
    })),
  };
}

function summed(pairs: readonly PairMatches[]): ReadonlyMap<number, LabelMatches> {
  const sums = new Map<number, LabelMatches>();
  for (const { labels } of pairs)
    for (const { label, matches } of labels) {
      const before = sums.get(label);
      sums.set(label, before ? addMatches(before, matches) : matches);
    }
  return sums;
}

export class Section {
  readonly layered = new Layered();
  readonly f1 = new SpanF1();
  readonly #statistics = new ArticleStatistics();
  readonly #usage = new Map<number, { spans: number; articles: number }>();
  #reviews = 0;

  add({ id, cluster, length, raters, reviews, hasText, labels }: Contribution): void {
    this.#reviews += reviews;
    this.layered.addArticle(length, raters);
    this.#statistics.addArticle(id, length, raters, cluster);
    this.f1.addArticle(hasText);
    for (const { label, statistics, matches, spans } of labels) {
      this.layered.addLabel(label, statistics, raters);
      this.#statistics.addLabel(label, statistics);
      this.f1.add(label, matches);
      const usage = this.#usage.get(label) ?? { spans: 0, articles: 0 };
      this.#usage.set(label, { spans: usage.spans + spans, articles: usage.articles + 1 });
    }
  }

  get articles(): number {
    return this.#statistics.articles;
  }

  get reviews(): number {
    return this.#reviews;
  }

  usage(label: number): Usage {
    const { spans, articles } = this.#usage.get(label) ?? { spans: 0, articles: 0 };
    return { spans, perReview: this.#reviews === 0 ? null : spans / this.#reviews, articles };
  }

  intervals(labels: readonly number[], replicates: number, seed: number, tick?: (rows: number) => void): Intervals {
    return intervals(this.#statistics, labels, replicates, seed, tick);
  }

  report(
    key: string | null,
    labels: readonly number[],
    {
      each,
      replicates,
      seed,
      tick,
    }: {
      readonly each: <T>(of: (label: number) => T) => Readonly<Record<string, T>>;
      readonly replicates: number;
      readonly seed: number;
      readonly tick: (rows: number) => void;
    },
  ): SectionReport {
    const around = this.intervals(labels, replicates, seed, tick);
    return {
      key,
      articles: this.articles,
      reviews: this.reviews,
      layered: {
        pooled: this.layered.pooled(null),
        interval: around.pooled,
        labels: each((label) => this.layered.label(label, null)),
        intervals: each((label) => around.labels.get(label) ?? around.pooled),
      },
      f1: {
        strict: this.f1.micro("strict", null),
        normalised: this.f1.micro("normalised", null),
        overlap: this.f1.micro("overlap", null),
      },
      usage: each((label) => this.usage(label)),
    };
  }
}
