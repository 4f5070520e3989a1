import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indexText } from "@/lib/text/codepoints";
import { sentencesAround } from "@/lib/text/sentences";
import { focusRange } from "./focus-range";

const LONG =
  "The lock fell. Orla said 🌊 that she saw a man with a level on the quay, and that he came twice before the summer was over; the company says that readings were taken every month; the firm that took them was never paid, as its books show, and went away without a word to anybody who lives there. It rained.";

const at = (words: string) => {
  const start = [...LONG.slice(0, LONG.indexOf(words))].length;
  return { start, end: start + [...words].length };
};

describe("the words over the lanes", () => {
  const index = indexText(LONG);
  it.each([
    ["a short sentence is whole", "fell", "The lock fell."],
    [
      "clauses far from the case are left to the article",
      "readings were taken",
      "the company says that readings were taken every month; ",
    ],
    ["the beginning of a sentence stays near", "a man with a level", /^Orla said 🌊 that she saw/],
    ["so does its end", "who lives there", /who lives there\.$/],
  ])("%s", (_, words, shown) => {
    const found = index.slice(focusRange(index, [at(words)]));
    if (typeof shown === "string") expect(found).toBe(shown);
    else expect(found).toMatch(shown);
  });

  it("holds the case and what is made of it, and never more than their sentences", () => {
    const point = fc.nat({ max: index.length - 1 });
    fc.assert(
      fc.property(fc.array(fc.tuple(point, point), { minLength: 1, maxLength: 3 }), (pairs) => {
        const ranges = pairs.map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) + 1 }));
        const found = focusRange(index, ranges);
        const hull = { start: Math.min(...ranges.map((r) => r.start)), end: Math.max(...ranges.map((r) => r.end)) };
        const whole = sentencesAround(index, hull);
        expect(found.start).toBeLessThanOrEqual(hull.start);
        expect(found.end).toBeGreaterThanOrEqual(hull.end);
        expect(found.start).toBeGreaterThanOrEqual(whole.start);
        expect(found.end).toBeLessThanOrEqual(whole.end);
      }),
    );
  });
});
