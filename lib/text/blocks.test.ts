import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blocks } from "./blocks";
import { indexText } from "./codepoints";
import { quoteMatches, quoteWithContext } from "./quote";
import { someText } from "./testing/arbitraries";

const parts = (text: string, regions: readonly { start: number; end: number; role: string }[] = []) => {
  const index = indexText(text);
  return blocks(index, regions).map((b) => [index.slice(b), b.role, ...(b.level ? [b.level] : [])]);
};

describe("blocks", () => {
  test.each([
    { name: "an empty text", text: "", made: [] },
    { name: "one line", text: "one", made: [["one", "body"]] },
    {
      name: "what separates them belongs to the one before",
      text: "one\n\n \ntwo\n",
      made: [
        ["one\n\n \n", "body"],
        ["two\n", "body"],
      ],
    },
    { name: "what stands at the start belongs to the first", text: "\n\none", made: [["\n\none", "body"]] },
    { name: "nothing but blanks", text: "\n \n", made: [["\n \n", "body"]] },
  ])("$name", ({ text, made }) => expect(parts(text)).toEqual(made));

  test("take role and level from their region, and are cut at its edges", () => {
    const text = "Head\n\nFirst. Second\nSub\nRest";
    const regions = [
      { start: 0, end: 4, role: "headline" },
      { start: 13, end: 19, role: "debris" },
      { start: 20, end: 23, role: "subheading" },
      { start: 24, end: 28, role: "body" },
    ];
    expect(parts(text, regions)).toEqual([
      ["Head\n\n", "headline", 1],
      ["First. ", "body"],
      ["Second\n", "debris"],
      ["Sub\n", "subheading", 2],
      ["Rest", "body"],
    ]);
  });

  test("say where their own characters end", () => {
    expect(blocks(indexText("💧 one \n\ntwo"), []).map((b) => b.contentEnd)).toEqual([6, 11]);
  });

  test("tile the text, whatever it holds, and never cross a region's edge", () => {
    const cuts = fc.array(fc.nat(60), { maxLength: 8 });
    fc.assert(
      fc.property(someText(), cuts, (text, at) => {
        const index = indexText(text);
        const edges = [...new Set(at.filter((a) => a <= index.length))].sort((a, b) => a - b);
        const regions = edges
          .slice(1)
          .map((end, i) => ({ start: edges[i] ?? 0, end, role: i % 2 ? "body" : "debris" }))
          .filter((_, i) => i % 3 !== 2);
        const made = blocks(index, regions);
        expect(made.map((b) => index.slice(b)).join("")).toBe(text);
        expect(made.every((b) => b.start < b.end && b.start <= b.contentEnd && b.contentEnd <= b.end)).toBe(true);
        expect(made.every((b) => index.slice({ start: b.contentEnd, end: b.end }).trim() === "")).toBe(true);
        for (const b of made) {
          const own = regions.find((r) => r.start < b.contentEnd && r.end > b.start && b.region === r);
          if (b.region) expect(own).toBe(b.region);
        }
      }),
    );
  });
});

describe("quotes", () => {
  const index = indexText("The 💧 mill burned.");
  test("a quote with what stands around it", () => {
    expect(quoteWithContext(index, { start: 4, end: 5 }, 4)).toEqual({ quote: "💧", prefix: "The ", suffix: " mil" });
    expect(quoteWithContext(index, { start: 0, end: 3 }, 2)).toEqual({ quote: "The", prefix: "", suffix: " 💧" });
  });
  test.each([
    { range: { start: 4, end: 5 }, quote: "💧", matches: true },
    { range: { start: 5, end: 6 }, quote: "💧", matches: false },
    { range: { start: -1, end: 3 }, quote: "", matches: false },
    { range: { start: 13, end: 99 }, quote: "urned.", matches: false },
    { range: { start: 3, end: 2 }, quote: "", matches: false },
  ])("$quote at $range.start to $range.end: $matches", ({ range, quote, matches }) => {
    expect(quoteMatches(index, range, quote)).toBe(matches);
  });
});
