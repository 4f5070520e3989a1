/**
 * Gamma (Mathet, Widlöcher and Métivier 2015, "The unified and holistic method gamma for inter-annotator agreement measure and alignment",
 * Computational Linguistics 41(3)) for two reviewers an article.
 *
 *   d(u,v) = d_pos + d_cat;  d_pos = ((|Δstart| + |Δend|) / (|u| + |v|))²,  d_cat = 0 or 1  (α = β = Δ∅ = 1)
 *   disorder of an alignment = (Σ d of matched + 1 for each unmatched) / x̄, x̄ the mean number of spans a reviewer
 *   gamma = 1 − disorder of the best alignment / mean disorder of the best alignments of shuffled continua
 * With two reviewers the best alignment is an assignment problem, solved exactly. Several articles are one continuum, aligned and shuffled
 * article by article. A shuffled continuum takes, for each of its two reviewers, one of the two real ones at random, moved along by a random
 * shift and around the end (section 5.2); the two shifts differ by at least the mean length of a span where the article is long enough. As many
 * are drawn as bring the mean within the stored precision at 95 % (at least 30): n = (1.96 · CV / precision)².
 */
import { heaviestMatching } from "../cases/assignment";
import type { Prepared } from "./prepare";
import { Random } from "./random";
import { figure, none, type Reason, type Value } from "./value";

const PRECISION = 0.02;
const FEWEST = 30;
const MOST = 500;
/** Spans of both reviewers over all articles, and of one article: what is aligned within seconds. */
const LARGEST = 4_000;
const LARGEST_ARTICLE = 400;

export type Gamma = Value & {
  readonly seed: number;
  readonly sampler: "shuffle";
  readonly samples: number;
  /** Half the width of the 95 % interval of the expected disorder, as a part of it. */
  readonly precision: number | null;
};

type Unit = { readonly start: number; readonly end: number; readonly label: string };
type Continuum = {
  readonly id: string;
  readonly length: number;
  readonly sides: readonly [readonly Unit[], readonly Unit[]];
};
type Disorder = { readonly sum: number; readonly units: number };

export class GammaMeasure {
  #articles: Continuum[] = [];
  #units = 0;
  #tooLarge = false;

  add({ article, lanes, projection }: Prepared): void {
    const [one, two] = lanes;
    if (this.#tooLarge || !one || !two) return;
    const sides = [unitsOf(one), unitsOf(two)] as const;
    const units = sides[0].length + sides[1].length;
    this.#units += units;
    if (lanes.length > 2 || units > LARGEST_ARTICLE || this.#units > LARGEST) {
      this.#tooLarge = true;
      this.#articles = [];
    } else if (units > 0) this.#articles.push({ id: article.id, length: projection.length, sides });
  }

  value(reason: Reason | null, seed: number): Gamma {
    const without = (why: Reason): Gamma => ({ ...none(why), seed, sampler: "shuffle", samples: 0, precision: null });
    if (reason) return without(reason);
    if (this.#tooLarge) return without("too_large");
    if (this.#units === 0) return without("no_spans");
    // By id, so that the same seed shuffles alike in whatever order articles were added.
    this.#articles.sort((a, b) => (a.id < b.id ? -1 : 1));
    const observed = this.#articles.reduce((sum, { sides }) => sum + disorder(...sides), 0) / (this.#units / 2);
    const random = new Random(seed);
    const sampled: number[] = [];
    for (let wanted = FEWEST; sampled.length < wanted; ) {
      sampled.push(shuffledDisorder(this.#articles, random));
      if (sampled.length === FEWEST) wanted = Math.min(MOST, Math.max(FEWEST, samplesFor(sampled)));
    }
    const expected = mean(sampled);
    const precision = expected === 0 ? null : (1.96 * deviation(sampled)) / expected / Math.sqrt(sampled.length);
    const about = { seed, sampler: "shuffle", samples: sampled.length, precision } as const;
    return expected === 0
      ? { ...none("no_variation", observed, 0), ...about }
      : { ...figure(1 - observed / expected, observed, expected), ...about };
  }
}

const unitsOf = (lane: Prepared["lanes"][number]): readonly Unit[] =>
  lane.marks
    .flatMap((marks) =>
      (marks?.spans ?? []).map(({ label }, i) => ({ start: marks?.start[i] ?? 0, end: marks?.end[i] ?? 0, label })),
    )
    .sort((a, b) => a.start - b.start || a.end - b.end || (a.label < b.label ? -1 : 1));

export function dissimilarity(u: Unit, v: Unit): number {
  const apart = Math.abs(u.start - v.start) + Math.abs(u.end - v.end);
  const position = apart / (u.end - u.start + (v.end - v.start));
  return position * position + (u.label === v.label ? 0 : 1);
}

/**
 * Of the best alignment, not yet divided by x̄. Two spans are worth matching only below 2, the price of leaving both out: the gain of a
 * matched pair is 2 − d, and the gains are maximised.
 */
export function disorder(a: readonly Unit[], b: readonly Unit[]): number {
  const pairs = a.flatMap((u, i) =>
    b.flatMap((v, j) => {
      const weight = 2 - dissimilarity(u, v);
      return weight > 0 ? [{ a: i, b: j, weight }] : [];
    }),
  );
  return heaviestMatching(pairs).reduce((sum, { weight }) => sum - weight, a.length + b.length);
}

/** Of all articles together; drawn again in the rare case that only empty reviews were taken. */
function shuffledDisorder(articles: readonly Continuum[], random: Random): number {
  for (;;) {
    const drawn = articles.map((article) => shuffle(article, random));
    const units = drawn.reduce((sum, d) => sum + d.units, 0);
    if (units > 0) return drawn.reduce((sum, d) => sum + d.sum, 0) / (units / 2);
  }
}

function shuffle({ length, sides }: Continuum, random: Random): Disorder {
  const all = [...sides[0], ...sides[1]];
  const least = all.reduce((sum, u) => sum + u.end - u.start, 0) / all.length;
  const first = random.below(length);
  let second = random.below(length);
  // Some second shift is far enough from every first one only if the article is three times as long.
  while (length >= 3 * least && Math.abs(second - first) < least) second = random.below(length);
  const [a, b] = [first, second].map((by) => shifted(random.below(2) === 0 ? sides[0] : sides[1], by, length));
  return { sum: disorder(a ?? [], b ?? []), units: (a?.length ?? 0) + (b?.length ?? 0) };
}

/** A span that would begin beyond the end begins again at the start; one may reach over the end. */
const shifted = (units: readonly Unit[], by: number, length: number): readonly Unit[] =>
  units.map((u) => {
    const start = (u.start + by) % length;
    return { start, end: start + u.end - u.start, label: u.label };
  });

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - middle) ** 2, 0) / (values.length - 1));
}

function samplesFor(values: readonly number[]): number {
  const middle = mean(values);
  return middle === 0 ? 0 : Math.ceil(((1.96 * deviation(values)) / middle / PRECISION) ** 2);
}
