import { describe, expect, it } from "vitest";
import { competences, dawidSkene, type JudgedCase } from "./dawid-skene";

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
    expect(fit.posteriors[11]?.[1]).toBeCloseTo(7.188511799600579e-7, 6);
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

describe("competence", () => {
  const labelled = (labels: Record<string, string | null>): JudgedCase => ({
    members: Object.entries(labels).flatMap(([reviewer, label]) => (label === null ? [] : [{ reviewer, label }])),
    missing: Object.keys(labels).filter((reviewer) => labels[reviewer] === null),
  });
  /** a and b always agree, c errs in every third case. */
  const cases = Array.from({ length: 60 }, (_, i) => {
    const truth = i % 2 === 0 ? "CLAIM" : "DENIAL";
    return labelled({ a: truth, b: truth, c: i % 3 > 0 ? truth : null });
  });

  it("is higher for those who agree with the rest", () => {
    const found = competences(cases);
    expect(found?.get("a")).toBeCloseTo(1, 3);
    expect(found?.get("c")).toBeCloseTo(2 / 3, 2);
  });

  it("is not fitted to few cases or few reviewers", () => {
    expect(competences(cases.slice(0, 49))).toBeNull();
    expect(
      competences(cases.map((c) => ({ members: c.members.filter((m) => m.reviewer !== "c"), missing: [] }))),
    ).toBeNull();
  });
});
