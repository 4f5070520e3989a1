import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_SCOPE, REGION_ROLES, type Region } from "@/lib/regions/roles";
import { indexText } from "@/lib/text/codepoints";
import type { Drawn } from "./look";
import { articleBlocks, rangeOf, rowAt, rowsOf } from "./rows";
import { perBlock } from "./use-article";

const region = (start: number, end: number, role: Region["role"]): Region => ({ start, end, role, reason: null });

describe("rows", () => {
  const text = "Head\n\nBody one.\nNAME\nMESSAGE\nBody two.";
  const index = indexText(text);
  const regions = [region(0, 4, "headline"), region(6, 15, "body"), region(16, 28, "form"), region(29, 38, "body")];
  const all = articleBlocks(index, regions);

  test("a part out of scope is one line with the count of its own lines", () => {
    const rows = rowsOf(index, all, DEFAULT_SCOPE, new Set());
    expect(rows.map((r) => (r.kind === "fold" ? `${r.region.role} ${r.lines}` : index.slice(r.content)))).toEqual([
      "Head",
      "Body one.",
      "form 2",
      "Body two.",
    ]);
  });

  test("folded out, its lines follow", () => {
    const rows = rowsOf(index, all, DEFAULT_SCOPE, new Set([16]));
    expect(rows.map((r) => r.kind)).toEqual(["block", "block", "fold", "block", "block", "block"]);
    expect(rows.filter((r) => r.kind === "block" && r.dimmed)).toHaveLength(2);
  });

  test("a part that the project annotates is not folded", () => {
    expect(rowsOf(index, all, [...DEFAULT_SCOPE, "form"], new Set()).every((r) => r.kind === "block")).toBe(true);
  });

  test.each([
    ["bullets", "They asked:\n• who knew\n• and when\nNobody said.", [1, 2]],
    ["numbers", "1. One\n2) Two\nThe rest", [0, 1]],
    ["dashes one after the other", "– first\n– second", [0, 1]],
    ["speech after a dash is none", "He said:\n– Not me.\nShe nodded.", []],
    ["a year is none", "2018 was dry\n2019 was wet", []],
  ])("lists: %s", (_name, words, wanted) => {
    const one = indexText(words);
    const rows = rowsOf(one, articleBlocks(one, []), DEFAULT_SCOPE, new Set());
    expect(rows.flatMap((r, at) => (r.kind === "block" && r.item ? [at] : []))).toEqual(wanted);
  });

  test("a line without end is drawn in parts that tile it", () => {
    const long = indexText("word ".repeat(5_000));
    const parts = articleBlocks(long, []);
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.map((p) => long.slice(p)).join("")).toBe(long.text);
    expect(
      rowsOf(long, parts, DEFAULT_SCOPE, new Set())
        .slice(1)
        .every((r) => r.kind === "block" && r.continued),
    ).toBe(true);
  });
});

const arbitraryArticle = fc
  .tuple(
    fc
      .array(fc.constantFrom("a", " ", "é", "🛟", "\n", "ש", "word", "\u00a0"), { maxLength: 120 })
      .map((p) => p.join("")),
    fc.array(fc.record({ size: fc.integer({ min: 1, max: 20 }), role: fc.constantFrom(...REGION_ROLES) }), {
      maxLength: 6,
    }),
  )
  .map(([text, parts]) => {
    const index = indexText(text);
    let at = 0;
    const regions = parts.flatMap(({ size, role }) => {
      const start = at;
      at = Math.min(index.length, at + size);
      return start < at ? [region(start, at, role)] : [];
    });
    return { index, regions };
  });

test("whatever the text and its regions, each offset has its row", () => {
  fc.assert(
    fc.property(arbitraryArticle, fc.boolean(), ({ index, regions }, folded) => {
      const all = articleBlocks(index, regions);
      const rows = rowsOf(index, all, DEFAULT_SCOPE, new Set(folded ? [] : regions.map((r) => r.start)));
      expect(all.map((b) => index.slice(b)).join("")).toBe(index.text);
      for (let at = 0; at < index.length; at++) {
        const row = rows[rowAt(rows, at)];
        if (!row) throw new Error("no row");
        expect(rangeOf(row).start).toBeLessThanOrEqual(at);
        expect(rangeOf(row).end).toBeGreaterThan(at);
      }
    }),
  );
});

test("the spans of a block stay the very same list until one of them changes", () => {
  const arbitrarySpan = fc.record({
    id: fc.nat(9).map(String),
    start: fc.nat(150),
    size: fc.integer({ min: 1, max: 40 }),
    label: fc.constantFrom("A", "B"),
  });
  fc.assert(
    fc.property(
      arbitraryArticle,
      fc.array(fc.array(arbitrarySpan, { maxLength: 8 }), { maxLength: 6 }),
      ({ index, regions }, steps) => {
        const blocks = articleBlocks(index, regions);
        let known: ReturnType<typeof perBlock> | null = null;
        let spans: ReadonlyMap<string, Drawn> = new Map();
        for (const step of steps) {
          const next = new Map<string, Drawn>();
          for (const { id, start, size, label } of step) {
            const made = { id, start, end: start + size, label };
            const before = spans.get(id);
            const same = before && before.start === made.start && before.end === made.end && before.label === label;
            next.set(id, same ? before : made);
          }
          spans = next;
          const before: ReturnType<typeof perBlock> | null = known;
          known = perBlock(known, blocks, spans);
          const fresh = perBlock(null, blocks, spans);
          expect(known.per).toEqual(fresh.per);
          known.per.forEach((list, at) => {
            const was = before?.per[at];
            const same = was && was.length === list.length && was.every((s, n) => s === list[n]);
            if (same) expect(list).toBe(was);
          });
        }
      },
    ),
  );
});
