import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Splittable, splitArticles } from "./splits";

const article = fc.record({
  group: fc.integer({ min: 0, max: 12 }).map((n) => `g${n}`),
  labels: fc.dictionary(fc.constantFrom("CLAIM", "DENIAL"), fc.integer({ min: 0, max: 9 })),
});
const articles = fc
  .array(article, { maxLength: 40 })
  .map((list): Splittable[] => list.map((one, n) => ({ id: `a${n}`, ...one })));
const shares = fc.constantFrom<Record<string, number>>(
  { train: 0.8, dev: 0.1, test: 0.1 },
  { train: 1, test: 1 },
  { only: 3 },
  { a: 70, b: 20, c: 5, d: 5 },
);

const of = (list: readonly Splittable[], by: Record<string, number>, seed = 1) => splitArticles(list, by, seed);

describe("splits", () => {
  test("give each article one of the splits, and never part a group", () => {
    fc.assert(
      fc.property(articles, shares, fc.nat(), (list, by, seed) => {
        const found = of(list, by, seed);
        expect([...found.keys()].sort()).toEqual(list.map(({ id }) => id).sort());
        for (const split of found.values()) expect(Object.keys(by)).toContain(split);
        const home = new Map<string, string>();
        for (const { id, group } of list) {
          expect(home.get(group) ?? found.get(id)).toBe(found.get(id));
          home.set(group, found.get(id) ?? "");
        }
        const groups = new Set(list.map(({ group }) => group)).size;
        const used = new Set(found.values()).size;
        expect(used).toBe(Math.min(groups, Object.keys(by).length));
      }),
      { numRuns: 150 },
    );
  });

  test("depend on nothing but the seed, the groups and the counts", () => {
    fc.assert(
      fc.property(articles, shares, fc.nat(), (list, by, seed) => {
        const found = of(list, by, seed);
        const again = of([...list].reverse(), Object.fromEntries(Object.entries(by).reverse()), seed);
        expect([...again].sort()).toEqual([...found].sort());
      }),
      { numRuns: 80 },
    );
  });

  test("come near the shares of articles and of each label, rare ones too", () => {
    const list = Array.from({ length: 400 }, (_, n) => ({
      ...{ id: `a${n}`, group: `g${n}` },
      labels: { CLAIM: (n % 5) + 1, ...(n % 20 === 0 ? { FRAMING: 1 } : {}) },
    }));
    const found = of(list, { train: 0.8, dev: 0.1, test: 0.1 });
    const share = (split: string, count: (one: (typeof list)[number]) => number) =>
      list.filter(({ id }) => found.get(id) === split).reduce((sum, one) => sum + count(one), 0) /
      list.reduce((sum, one) => sum + count(one), 0);
    for (const count of [
      () => 1,
      (one: Splittable) => one.labels.CLAIM ?? 0,
      (one: Splittable) => one.labels.FRAMING ?? 0,
    ])
      for (const [split, wanted] of [
        ["train", 0.8],
        ["dev", 0.1],
        ["test", 0.1],
      ] as const)
        expect(Math.abs(share(split, count) - wanted)).toBeLessThan(0.051);
  });

  test("are others with another seed", () => {
    const list = Array.from({ length: 40 }, (_, n) => ({ id: `a${n}`, group: `g${n}`, labels: {} }));
    const by = { train: 0.5, test: 0.5 };
    expect([...of(list, by, 1)].sort()).not.toEqual([...of(list, by, 2)].sort());
  });
});
