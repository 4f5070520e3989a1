import { describe, expect, it } from "vitest";
import { cohenKappa, fleissCategory, fleissKappa } from "./kappa";
import { Nominal, Ordinal } from "./krippendorff";

const _ = null;

/** Krippendorff 2004, p. 230: twelve units, four observers, some of whom did not see all. */
const CANONICAL = [
  [1, 1, _, 1],
  [2, 2, 3, 2],
  [3, 3, 3, 3],
  [3, 3, 3, 3],
  [2, 2, 2, 2],
  [1, 2, 3, 4],
  [4, 4, 4, 4],
  [1, 1, 2, 1],
  [2, 2, 2, 2],
  [_, 5, 5, 5],
  [_, _, 1, 1],
  [_, _, 3, _],
];

const nominal = <V>(units: readonly (readonly (V | null)[])[]) => {
  const sums = new Nominal<V>();
  for (const unit of units) sums.add(unit);
  return sums.alpha();
};

const ordinal = (units: readonly (readonly (number | null)[])[], size: number) => {
  const sums = new Ordinal(size);
  for (const unit of units) sums.add(unit);
  return sums.alpha();
};

describe("Krippendorff's alpha, published examples", () => {
  it.each([
    ["2004, with missing values", CANONICAL, 113 / 152, 1 / 5, 152 / 195],
    [
      "1980, two observers, two values",
      [
        [0, 0],
        [1, 1],
        [0, 1],
        [0, 0],
        [0, 0],
        [0, 1],
        [0, 0],
        [0, 1],
        [1, 0],
        [0, 0],
      ],
      2 / 21,
      2 / 5,
      42 / 95,
    ],
    [
      "1980, three observers",
      [
        [1, 1, 1],
        [1, 2, 2],
        [2, 2, 2],
        [4, 4, 4],
        [1, 4, 4],
        [2, 2, 2],
        [1, 2, 3],
        [3, 3, 3],
        [2, 2, 2],
      ],
      163 / 254,
      7 / 27,
      254 / 351,
    ],
  ])("nominal: %s", (__, units, alpha, observed, expected) => {
    expect(nominal(units)).toEqual({ value: alpha, reason: null, observed, expected });
  });

  it("ordinal: 2011, the same twelve units", () => {
    const units = CANONICAL.map((unit) => unit.map((v) => (v === null ? null : v - 1)));
    expect(ordinal(units, 5).value).toBeCloseTo(0.815, 3);
  });

  it("ordinal with two values is nominal", () => {
    const units = [
      [0, 0, 1],
      [1, 1, _],
      [0, 1, _],
      [1, 1, 1],
    ];
    expect(ordinal(units, 2).value).toBe(nominal(units).value);
  });

  it("no variation, and nothing to compare", () => {
    expect(
      nominal([
        ["a", "a"],
        ["a", "a"],
      ]),
    ).toEqual({ value: null, reason: "no_variation", observed: 0, expected: 0 });
    expect(
      nominal([
        ["a", _],
        [_, "b"],
      ]),
    ).toMatchObject({ value: null, reason: "no_pairable_values" });
    expect(
      ordinal(
        [
          [1, 1],
          [1, 1],
        ],
        3,
      ),
    ).toMatchObject({ value: null, reason: "no_variation" });
    expect(ordinal([[1, _]], 3)).toMatchObject({ value: null, reason: "no_pairable_values" });
  });
});

const big = (table: readonly (readonly number[])[]) => table.map((row) => row.map(BigInt));

describe("Cohen's kappa, published examples", () => {
  it.each([
    [
      "Cohen 1960",
      [
        [88, 14, 18],
        [10, 40, 10],
        [2, 6, 12],
      ],
      29 / 59,
      0.7,
      0.41,
    ],
    [
      "Artstein and Poesio 2008",
      [
        [46, 0, 0],
        [6, 32, 6],
        [0, 0, 10],
      ],
      121 / 151,
      0.88,
      0.396,
    ],
  ])("%s", (__, table, kappa, observed, expected) => {
    expect(cohenKappa(big(table))).toEqual({ value: kappa, reason: null, observed, expected });
  });

  it("is null when both always say the same thing, or nothing was said", () => {
    expect(
      cohenKappa(
        big([
          [7, 0],
          [0, 0],
        ]),
      ),
    ).toMatchObject({ value: null, reason: "no_variation" });
    expect(
      cohenKappa(
        big([
          [0, 0],
          [0, 0],
        ]),
      ),
    ).toMatchObject({ value: null, reason: "no_pairable_values" });
  });
});

/** Fleiss 1971, table 1: thirty patients, six psychiatrists each, five diagnoses. */
const DIAGNOSES = `00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
  00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006`
  .split(/\s+/)
  .map((row) => [...row].map(Number));

describe("Fleiss' kappa, the published example", () => {
  it("over all diagnoses", () => {
    const kappa = fleissKappa(DIAGNOSES);
    expect(kappa.value).toBe(5437 / 12637);
    expect(kappa.observed).toBeCloseTo(0.5555555555555556, 12);
    expect(kappa.expected).toBeCloseTo(0.21993827160493828, 12);
  });

  it.each([
    [0, 0.24475524475524477],
    [1, 0.24475524475524477],
    [2, 0.52],
    [3, 0.47112727272727273],
    [4, 0.5661178068239687],
  ])("diagnosis %i", (category, kappa) => {
    expect(fleissCategory(DIAGNOSES, category).value).toBeCloseTo(kappa, 10);
  });

  it("wants the same number of raters for each item", () => {
    expect(
      fleissKappa([
        [2, 1],
        [2, 0],
      ]),
    ).toMatchObject({ value: null, reason: "unequal_raters" });
    expect(fleissKappa([])).toMatchObject({ value: null, reason: "no_pairable_values" });
    expect(
      fleissKappa([
        [3, 0],
        [3, 0],
      ]),
    ).toMatchObject({ value: null, reason: "no_variation" });
  });
});
