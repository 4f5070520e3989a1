import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { overlap } from "../text/range";
import { someRange } from "../text/testing/arbitraries";
import { inReadingOrder } from "./order";
import { LINES, pieces, spansByBlock } from "./pieces";

const span = (id: string, start: number, end: number) => ({ id, start, end });
const drawn = (block: { start: number; end: number }, spans: readonly ReturnType<typeof span>[]) =>
  pieces(block, spans).map((p) => {
    const lines = p.lines.map((s) => s?.id ?? "-").join("");
    return `${p.start}-${p.end} ${p.spans.map((s) => s.id).join("")}|${lines}${p.more > 0 ? `+${p.more}` : ""}`;
  });

describe("pieces", () => {
  const block = { start: 10, end: 30 };
  test.each([
    { name: "no span", spans: [], made: ["10-30 |"] },
    { name: "one inside", spans: [span("a", 12, 15)], made: ["10-12 |", "12-15 a|a", "15-30 |"] },
    { name: "one over the whole block and beyond", spans: [span("a", 0, 40)], made: ["10-30 a|a"] },
    {
      name: "one at each edge",
      spans: [span("a", 5, 12), span("b", 28, 33)],
      made: ["10-12 a|a", "12-28 |", "28-30 b|b"],
    },
    { name: "elsewhere", spans: [span("a", 0, 10), span("b", 30, 31)], made: ["10-30 |"] },
    {
      name: "touching spans share a line",
      spans: [span("a", 10, 20), span("b", 20, 30)],
      made: ["10-20 a|a", "20-30 b|b"],
    },
    {
      name: "nested, given in any order",
      spans: [span("b", 12, 14), span("a", 11, 20)],
      made: ["10-11 |", "11-12 a|a", "12-14 ab|ab", "14-20 a|a", "20-30 |"],
    },
    {
      name: "a span keeps its line when the one above ends",
      spans: [span("a", 10, 14), span("b", 12, 20)],
      made: ["10-12 a|a", "12-14 ab|ab", "14-20 b|-b", "20-30 |"],
    },
    {
      name: "a freed line is taken again",
      spans: [span("a", 10, 14), span("b", 12, 20), span("c", 15, 18)],
      made: ["10-12 a|a", "12-14 ab|ab", "14-15 b|-b", "15-18 bc|cb", "18-20 b|-b", "20-30 |"],
    },
    {
      name: "one range with several labels, and a fourth that is counted",
      spans: [span("a", 10, 30), span("b", 10, 30), span("c", 10, 30), span("d", 10, 30), span("e", 12, 13)],
      made: ["10-12 abcd|abc+1", "12-13 abcde|abc+2", "13-30 abcd|abc+1"],
    },
  ])("$name", ({ spans, made }) => expect(drawn(block, spans)).toEqual(made));

  test("an empty block has none", () => expect(pieces({ start: 3, end: 3 }, [span("a", 0, 9)])).toEqual([]));

  const someSpans = fc
    .array(someRange(40), { maxLength: 25 })
    .map((ranges) => ranges.map((r, n) => ({ ...r, id: `s${n}` })));

  test("tile the block, each with exactly the spans that cover it, in reading order", () => {
    fc.assert(
      fc.property(someRange(40), someSpans, (range, spans) => {
        const made = pieces(range, spans);
        expect([range.start, ...made.map((p) => p.end)]).toEqual([...made.map((p) => p.start), range.end]);
        for (const p of made) {
          expect(p.start).toBeLessThan(p.end);
          expect(p.spans).toEqual(inReadingOrder(spans.filter((s) => s.start <= p.start && p.end <= s.end)));
          expect(spans.filter((s) => overlap(s, p))).toHaveLength(p.spans.length);
        }
        const edges = spans.flatMap((s) => [s.start, s.end]);
        expect(made.slice(1).every((p) => edges.includes(p.start))).toBe(true);
      }),
    );
  });

  test("draw each span on one line from end to end, or count it everywhere", () => {
    fc.assert(
      fc.property(someRange(40), someSpans, (range, spans) => {
        const made = pieces(range, spans);
        for (const s of spans.filter((s) => overlap(s, range))) {
          const lines = made.filter((p) => p.spans.includes(s)).map((p) => p.lines.indexOf(s));
          expect(new Set(lines).size).toBe(1);
        }
        for (const p of made) {
          const shown = p.lines.filter((s) => s !== null);
          expect(p.lines.length).toBeLessThanOrEqual(LINES);
          expect(new Set(shown).size).toBe(shown.length);
          expect(shown.length + p.more).toBe(p.spans.length);
          expect(p.lines.at(-1)).not.toBeNull();
        }
      }),
    );
  });
});

describe("spansByBlock", () => {
  test("gives each block what meets it", () => {
    const blocks = [
      { start: 0, end: 10 },
      { start: 10, end: 20 },
      { start: 20, end: 30 },
    ];
    const spans = [span("c", 19, 21), span("a", 0, 10), span("b", 5, 25)];
    expect(spansByBlock(blocks, spans).map((s) => s.map((x) => x.id).join(""))).toEqual(["ab", "bc", "bc"]);
  });

  test("is the same as asking each span of each block", () => {
    const cuts = fc.uniqueArray(fc.nat(50), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(cuts, fc.array(someRange(50), { maxLength: 20 }), (at, ranges) => {
        const edges = at.sort((a, b) => a - b);
        const blocks = edges.slice(1).map((end, n) => ({ start: edges[n] ?? 0, end }));
        const spans = ranges.map((r, n) => ({ ...r, id: `s${n}` }));
        const expected = blocks.map((b) => inReadingOrder(spans.filter((s) => overlap(s, b))));
        expect(spansByBlock(blocks, spans)).toEqual(expected);
      }),
    );
  });
});
