import { describe, expect, it } from "vitest";
import { Competences } from "./competence";
import { dawidSkene } from "./dawid-skene";

/** Dawid and Skene 1979, table 1: 45 patients; the first anaesthetist's three answers, then those of four others. */
const PATIENTS =
  `111 1111, 333 4334, 112 2122, 222 3121, 222 3222, 222 3322, 122 2111, 333 3433, 222 2223, 232 2223, 444 4444,
  222 3343, 111 1111, 222 3212, 121 1111, 111 2111, 111 1111, 111 1111, 222 2221, 222 1322, 222 2222, 222 2221,
  222 3222, 221 2222, 111 1111, 111 1111, 232 2222, 111 1111, 111 1111, 112 1121, 111 1111, 333 3233, 111 1111,
  222 2222, 222 3232, 433 4343, 221 2232, 232 3233, 333 3432, 111 1111, 111 1111, 121 2111, 232 2222, 121 1111,
  222 2222`
    .split(",")
    .map((row) => row.trim().split(" "))
    .map(([first = "", others = ""]) => [[...first], ...[...others].map((answer) => [answer])])
    .map((observers) => observers.map((answers) => answers.map((answer) => Number(answer) - 1)));

const CLASSES = "142222132243121111222222112111131224233111212";

describe("Dawid and Skene's own example", () => {
  const fit = dawidSkene(PATIENTS, 4);

  it("class marginals (published .40 .42 .11 .07)", () => {
    const marginals = [0.3995547535811125, 0.42198344324644854, 0.1117951365057723, 0.06666666666666667];
    marginals.forEach((p, j) => {
      expect(fit.marginals[j]).toBeCloseTo(p, 4);
    });
    expect(fit.iterations).toBe(15);
    expect(fit.logLikelihood).toBeCloseTo(-192.89088235113152, 3);
  });

  it("the class of every patient", () => {
    expect(fit.posteriors.map((p) => p.indexOf(Math.max(...p)) + 1).join("")).toBe(CLASSES);
    // Published tables that sort the patients as texts have these two third and fourth.
    expect(fit.posteriors[10]).toEqual([0, 0, 0, 1]);
    for (const [j, p] of [0, 7.188511799600579e-7, 0.99999928114882, 0].entries())
      expect(fit.posteriors[11]?.[j]).toBeCloseTo(p, 12);
  });

  it("how the first observer errs", () => {
    const rates = [
      [0.88948834780961, 0.11051165219039, 0, 0],
      [0.07058544130000362, 0.8763799501872713, 0.05303460851272495, 0],
      [0, 0.3388212412885003, 0.6611787587114998, 0],
      [0, 0, 0.5555555555555556, 0.4444444444444444],
    ];
    rates.forEach((row, truth) => {
      row.forEach((rate, answer) => {
        expect(fit.errorRates[0]?.[truth]?.[answer]).toBeCloseTo(rate, 4);
      });
    });
  });
});

describe("items that got the same answers are one with a weight", () => {
  it("fits as if each stood alone", () => {
    const keys = PATIENTS.map((p) => JSON.stringify(p));
    const distinct = [...new Set(keys)];
    const weights = distinct.map((key) => keys.filter((k) => k === key).length);
    const alone = dawidSkene(PATIENTS, 4);
    const together = dawidSkene(
      distinct.map((key) => JSON.parse(key) as number[][]),
      4,
      { weights },
    );
    expect(distinct.length).toBeLessThan(PATIENTS.length);
    expect(together.iterations).toBe(alone.iterations);
    expect(together.logLikelihood).toBeCloseTo(alone.logLikelihood, 8);
    together.errorRates.flat(2).forEach((rate, i) => {
      expect(rate).toBeCloseTo(alone.errorRates.flat(2)[i] ?? Number.NaN, 10);
    });
  });
});

describe("competence", () => {
  type Case = Readonly<Record<string, string | null>>;
  /** Ten cases an article. */
  const fitted = (cases: readonly Case[], seed = 1) => {
    const all = new Competences();
    cases.forEach((labels, i) => {
      const article = { id: `d${Math.floor(i / 10)}`, length: 9, reviews: [] };
      const members = Object.entries(labels).flatMap(([reviewer, label]) =>
        label === null ? [] : [{ id: reviewer, reviewer, label, start: 0, end: 1, attributes: {} }],
      );
      all.add({ article }, [{ members, missing: Object.keys(labels).filter((r) => labels[r] === null) }]);
    });
    return all.fit(seed, 40);
  };
  /** a and b always agree, c errs in every third case. */
  const cases = Array.from({ length: 60 }, (_, i): Case => {
    const truth = i % 2 === 0 ? "CLAIM" : "DENIAL";
    return { a: truth, b: truth, c: i % 3 > 0 ? truth : null };
  });

  it("is higher for those who agree with the rest, and says how sure it is", () => {
    const { reviewers, cases: counted } = fitted(cases);
    expect(counted).toBe(60);
    expect(reviewers?.a?.value).toBeCloseTo(1, 3);
    expect(reviewers?.c?.value).toBeCloseTo(2 / 3, 2);
    const { low = null, high = null, value = 0 } = reviewers?.c ?? {};
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
    expect(low).toBeLessThan(high ?? 0);
  });

  it("is the same for the same seed, in whatever order the cases come", () => {
    const blocks = [5, 0, 3, 1, 4, 2].flatMap((block) => cases.slice(block * 10, block * 10 + 10).reverse());
    const named = (list: readonly Case[], ids: readonly number[]) => {
      const all = new Competences();
      list.forEach((labels, i) => {
        const members = Object.entries(labels).flatMap(([reviewer, label]) =>
          label === null ? [] : [{ id: reviewer, reviewer, label, start: 0, end: 1, attributes: {} }],
        );
        const missing = Object.keys(labels).filter((r) => labels[r] === null);
        all.add({ article: { id: `d${ids[Math.floor(i / 10)]}`, length: 9, reviews: [] } }, [{ members, missing }]);
      });
      return all.fit(7, 20);
    };
    expect(named(blocks, [5, 0, 3, 1, 4, 2])).toEqual(named(cases, [0, 1, 2, 3, 4, 5]));
  });

  it("is not fitted to few cases or few reviewers", () => {
    expect(fitted(cases.slice(0, 49)).reviewers).toBeNull();
    expect(fitted(cases.map(({ a = null, b = null }) => ({ a, b }))).reviewers).toBeNull();
  });
});
