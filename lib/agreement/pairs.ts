/** Each two reviewers over the articles that both submitted: strict F1 and layered u-alpha, for the matrix of pairs. */
import { WholeSum } from "./exact";
import { type LabelStatistics, Layered } from "./layered";
import type { Lane, Prepared } from "./prepare";
import { f1, type LabelMatches, matches } from "./span-f1";
import type { Value } from "./value";

/** Of one article and one label what two of its reviewers have in common; a label that neither used there is not listed. */
export type PairLabel = {
  readonly label: number;
  readonly matches: LabelMatches;
  readonly statistics: LabelStatistics;
};
export type PairMatches = { readonly one: Lane; readonly two: Lane; readonly labels: readonly PairLabel[] };

/** Counted once an article, and added to whatever is asked for. */
export function pairsOf({ lanes, labels }: Prepared): readonly PairMatches[] {
  return lanes.flatMap((one, i) =>
    lanes.slice(i + 1).map((two) => ({
      one,
      two,
      labels: labels.flatMap((label): PairLabel[] => {
        const [a, b] = [one.marks[label], two.marks[label]];
        if (!a && !b) return [];
        const found = matches(a, b);
        const squares = (a?.squares ?? 0) + (b?.squares ?? 0);
        return [{ label, matches: found, statistics: pairStatistics(found, squares) }];
      }),
    })),
  );
}

/** Both ordered pairs of the two reviewers differ where one of them marks and the other does not. */
const pairStatistics = ({ covered, shared }: LabelMatches, squares: number): LabelStatistics => ({
  covered,
  squares,
  disagreed: 2 * (covered - 2 * shared),
});

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

  /** `length`: the article's code points in scope. */
  add(length: number, pairs: readonly PairMatches[]): void {
    for (const { one, two, labels } of pairs) {
      const key = `${one.reviewer} ${two.reviewer}`;
      const pair = this.#pairs.get(key) ?? new Pair([one.reviewer, two.reviewer]);
      this.#pairs.set(key, pair);
      pair.articles++;
      pair.layered.addArticle(length, 2);
      for (const { label, matches: found, statistics } of labels) {
        pair.matched.add(found.strict);
        pair.all.add(found.spans);
        pair.layered.addLabel(label, statistics, 2);
      }
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
