import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { AgreementArticle } from "./article";
import { bootstrap, byCluster, HIGH, jackknife, LOW, quantile, resum } from "./bootstrap";
import { ArticleStatistics } from "./intervals";
import { labelStatistics } from "./layered";
import { measure } from "./measure";
import { Names, prepare } from "./prepare";
import { Random } from "./random";
import { article } from "./testing/articles";

// Many cases a property: a busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const ARTICLES = [
  article("d0", 50, "abc", "a 0-10 C, b 0-12 C, c 2-10 C"),
  article("d1", 30, "ac", "a 5-15 C, c 5-15 C"),
  article("d2", 40, "ab", "a 0-10 C, b 20-30 C"),
  article("d3", 20, "bc", ""),
  article("d4", 60, "abc", "a 10-30 C, a 40-50 C, b 12-30 C, b 40-55 C, c 10-28 C"),
];

function statisticsOf(articles: readonly AgreementArticle[]) {
  const all = new ArticleStatistics();
  const [reviewers, labels] = [new Names(), new Names()];
  for (const one of articles) {
    const prepared = prepare(one, reviewers, labels);
    all.addArticle(one.id, prepared.projection.length, prepared.lanes.length, one.cluster ?? null);
    for (const label of prepared.labels) all.addLabel(label, labelStatistics(prepared, label));
  }
  const numbers = labels.list.map((_, i) => i);
  return { statistics: all.statistics(numbers), figures: all.figures(numbers) };
}

const replicate = (rows: ReturnType<typeof statisticsOf>, drawn: readonly number[], of: number) => {
  const times = new Int32Array(of);
  for (const row of drawn) times[row] = (times[row] ?? 0) + 1;
  const sums = new Float64Array(rows.statistics.width);
  resum(rows.statistics, times, sums);
  return rows.figures(sums)[0] ?? Number.NaN;
};

describe("replicates add the articles' statistics", () => {
  const rows = statisticsOf(ARTICLES);
  const EXAMPLES: readonly (readonly [readonly number[], number])[] = [
    [[0, 0, 1, 4, 2], 0.6359679916077636],
    [[1, 1, 1, 1, 1], 1],
    [[4, 3, 2, 1, 0], 0.5992496723827423],
    [[2, 2, 2, 2, 2], -0.3225],
    [[3, 3, 3, 3, 3], Number.NaN],
    [[0, 4, 4, 0, 3], 0.6989364738318713],
    [[2, 3, 1, 0, 0], 0.6484587719298246],
    [[4, 4, 4, 4, 4], 0.5773881475939089],
    [[1, 2, 3, 4, 4], 0.5467544584833237],
    [[0, 1, 2, 2, 2], 0.2354528817587641],
    [[3, 0, 0, 0, 1], 0.8643413974455296],
  ];
  it.each(EXAMPLES)("%j: %d", (drawn, alpha) => {
    const added = replicate(rows, drawn, 5);
    if (Number.isNaN(alpha)) expect(added).toBeNaN();
    else expect(added).toBeCloseTo(alpha, 9);
  });

  it("percentiles of the defined ones, type 7", () => {
    const values = EXAMPLES.map(([, alpha]) => alpha).filter((v) => !Number.isNaN(v));
    expect(quantile(values, LOW)).toBeCloseTo(-0.19696060160427808, 9);
    expect(quantile(values, HIGH)).toBeCloseTo(0.9694768144252442, 9);
    expect(quantile([], LOW)).toBeNull();
    expect(quantile([3], HIGH)).toBe(3);
  });

  it("the point is the figure over all", () => {
    expect(measure(ARTICLES, { replicates: 0 }).layered.pooled.value).toBe(1656721 / 2764659);
  });

  it("equal what measuring the resampled articles gives", () => {
    const spans = fc.array(
      fc.tuple(
        fc.constantFrom(..."abc"),
        fc.nat({ max: 30 }),
        fc.integer({ min: 1, max: 15 }),
        fc.constantFrom("C", "D"),
      ),
      {
        maxLength: 8,
      },
    );
    const drawn = fc.array(fc.nat({ max: 3 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(spans, fc.constantFrom("abc", "ab", "bc")), { minLength: 4, maxLength: 4 }),
        drawn,
        (made, rowsDrawn) => {
          const articles = made.map(([list, reviewers], i) =>
            article(
              `d${i}`,
              50,
              reviewers,
              list
                .filter(([r]) => reviewers.includes(r))
                .map(([r, s, n, l]) => `${r} ${s}-${s + n} ${l}`)
                .join(","),
            ),
          );
          const resampled = rowsDrawn.map(
            (row, i) => ({ ...(articles[row] ?? ARTICLES[0]), id: `r${i}` }) as AgreementArticle,
          );
          const direct = measure(resampled, { replicates: 0 }).layered.pooled.value;
          const added = replicate(statisticsOf(articles), rowsDrawn, 4);
          if (direct === null) expect(added).toBeNaN();
          else expect(added).toBeCloseTo(direct, 9);
        },
      ),
    );
  });
});

describe("the interval", () => {
  const report = (articles: readonly AgreementArticle[], seed = 1) =>
    measure(articles, { seed, replicates: 400 }).layered;

  it("is the same for the same seed, whatever the order of articles, and another for another", () => {
    expect(report([...ARTICLES].reverse()).interval).toEqual(report(ARTICLES).interval);
    expect(report(ARTICLES, 2).interval).not.toEqual(report(ARTICLES).interval);
  });

  it("holds the point, counts what was dropped, and warns below ten articles", () => {
    const { pooled, interval, jackknife: spread } = report(ARTICLES);
    expect(interval).toMatchObject({ replicates: 400, seed: 1, unit: "article" });
    expect(Number(interval.low)).toBeLessThan(Number(pooled.value));
    expect(Number(interval.high)).toBeGreaterThan(Number(pooled.value));
    expect(interval.dropped).toBeLessThan(5);
    expect(spread?.warning).toBe("few-articles");
    expect(spread?.standardError).toBeGreaterThan(0);
    const ten = Array.from({ length: 10 }, (_, i) => ({ ...article("", 50, "ab", "a 0-9 C, b 0-8 C"), id: `d${i}` }));
    expect(report(ten).jackknife).toBeNull();
  });

  it("resamples stories where they are known", () => {
    const stories = ARTICLES.map((a, i) => ({ ...a, cluster: i < 4 ? "one" : null }));
    expect(report(stories).interval.unit).toBe("story");
    const one = ARTICLES.map((a) => ({ ...a, cluster: "one" }));
    expect(report(one).interval).toMatchObject({
      low: expect.closeTo(0.5992496723827423, 9),
      high: expect.closeTo(0.5992496723827423, 9),
    });
  });

  it("is null when nothing was measured", () => {
    expect(report([]).interval).toMatchObject({ low: null, high: null, dropped: 400 });
  });
});

describe("resampling", () => {
  const rows = { rows: Float64Array.from([1, 10, 2, 20, 3, 30]), width: 2 };
  const mean = (sums: Float64Array) => [(sums[0] ?? 0) / 3];

  it("adds up clusters", () => {
    expect([...byCluster(rows, ["x", null, "x"]).rows]).toEqual([4, 40, 2, 20]);
  });

  it("the jackknife of a mean is its standard error", () => {
    // Each row's first number over two left: leave-one-out means times 2/3, so scale back.
    const figures = (sums: Float64Array) => [(sums[0] ?? 0) / 2];
    expect(jackknife(rows, figures)[0]).toBeCloseTo(Math.sqrt(1 / 3), 12);
    expect(jackknife({ rows: Float64Array.from([1, 1]), width: 2 }, mean)).toEqual([null]);
  });

  it("draws as many rows as there are", () => {
    const count = { rows: Float64Array.from([1, 1, 1, 1]), width: 1 };
    const [drawn] = bootstrap(count, (sums) => [sums[0] ?? 0], 50, 7);
    expect(drawn?.values).toEqual(new Array(50).fill(4));
  });

  it("the generator gives every number its share, the same for the same seed", () => {
    const random = new Random(5);
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 60_000; i++) {
      const n = random.below(6);
      counts[n] = (counts[n] ?? 0) + 1;
    }
    for (const n of counts) expect(Math.abs(n - 10_000)).toBeLessThan(500);
    const [x, y] = [new Random(9), new Random(9)];
    expect([1, 2, 3].map(() => x.bits())).toEqual([1, 2, 3].map(() => y.bits()));
  });
});
