import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heaviestMatching, heaviestMatchingExactly, type WeightedPair } from "./assignment";

/** Every one-to-one matching, tried. */
function best(pairs: readonly WeightedPair<number>[]): number {
  const [first, ...rest] = pairs;
  if (!first) return 0;
  const without = best(rest);
  const others = rest.filter((p) => p.a !== first.a && p.b !== first.b);
  return Math.max(without, first.weight + best(others));
}

const pairs = fc.uniqueArray(
  fc.record({ a: fc.nat({ max: 4 }), b: fc.nat({ max: 5 }), weight: fc.integer({ min: 1, max: 9 }) }),
  { maxLength: 12, selector: (p) => `${p.a} ${p.b}` },
);

describe("the heaviest matching", () => {
  it("is one to one, made of given pairs, and as heavy as any", () => {
    fc.assert(
      fc.property(pairs, (given) => {
        const found = heaviestMatching(given);
        expect(new Set(found.map((p) => p.a)).size).toBe(found.length);
        expect(new Set(found.map((p) => p.b)).size).toBe(found.length);
        expect(found.every((p) => given.includes(p))).toBe(true);
        expect(found.reduce((sum, p) => sum + p.weight, 0)).toBe(best(given));
        const exact = heaviestMatchingExactly(given.map((p) => ({ ...p, weight: BigInt(p.weight) })));
        expect(exact.reduce((sum, p) => sum + p.weight, 0n)).toBe(BigInt(best(given)));
      }),
      { numRuns: 300 },
    );
  });
});
