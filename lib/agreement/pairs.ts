/** Each two reviewers over the articles that both submitted: strict F1 and layered u-alpha, for the matrix of pairs. */
import { WholeSum } from "./exact";
import { Layered } from "./layered";
import type { Lane, Prepared } from "./prepare";
import { f1, type LabelMatches, matches, type SpanF1 } from "./span-f1";
import type { Value } from "./value";

class Pair {
  articles = 0;
  readonly matched = new WholeSum();
  readonly all = new WholeSum();
  readonly layered = new Layered();
  constructor(readonly reviewers: readonly [number, number]) {}
}

export type PairAgreement = {
  readonly reviewers: readonly [number, number];
  readonly articles: number;
  readonly strictF1: Value;
  readonly layered: Value;
};

export class Pairs {
  readonly #pairs = new Map<string, Pair>();

  /** Adds the article's pairs here, and their matches to the F1 figures over all. */
  add(article: Prepared, f1s: SpanF1): void {
    f1s.addArticle(article.index !== null);
    article.lanes.forEach((one, i) => {
      for (let j = i + 1; j < article.lanes.length; j++) {
        const two = article.lanes[j];
        if (two) this.#addPair(one, two, article, f1s);
      }
    });
  }

  #addPair(one: Lane, two: Lane, article: Prepared, f1s: SpanF1): void {
    const key = `${one.reviewer} ${two.reviewer}`;
    const pair = this.#pairs.get(key) ?? new Pair([one.reviewer, two.reviewer]);
    this.#pairs.set(key, pair);
    pair.articles++;
    pair.layered.addArticle(article.projection.length, 2);
    for (const label of article.labels) {
      const [a, b] = [one.marks[label], two.marks[label]];
      if (!a && !b) continue;
      const found = matches(a, b);
      f1s.add(label, found);
      pair.matched.add(found.strict);
      pair.all.add(found.spans);
      pair.layered.addLabel(label, pairStatistics(found, (a?.squares ?? 0) + (b?.squares ?? 0)), 2);
    }
  }

  list(): readonly PairAgreement[] {
    return [...this.#pairs.values()].map(({ reviewers, articles, matched, all, layered }) => ({
      reviewers,
      articles,
      strictF1: f1(matched.value, all.value, "no_spans"),
      layered: layered.pooled(null),
    }));
  }
}

/** Both ordered pairs of the two reviewers differ where one of them marks and the other does not. */
const pairStatistics = ({ covered, shared }: LabelMatches, squares: number) => ({
  covered,
  squares,
  disagreed: 2 * (covered - 2 * shared),
});
