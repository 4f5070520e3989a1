import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indexText } from "../text/codepoints";
import { overlap, type Range } from "../text/range";
import { someRange } from "../text/testing/arbitraries";
import { moveBorder, removeRegion, setRole } from "./edit";
import { REGION_ROLES, type Region, type RegionRole } from "./roles";
import { clipToScope, inScope, scopeRanges } from "./scope";

const TEXT = "Head 💧\n\nFirst para.\n\nSecond para.\nThird para.";
const index = indexText(TEXT);
const at = (words: string): Range => {
  const start = index.toCodePoint(TEXT.indexOf(words));
  return { start, end: start + [...words].length };
};
const region = (words: string, role: RegionRole, reason: string | null = "proposed"): Region => ({
  ...at(words),
  role,
  reason,
});
const shown = (regions: readonly Region[]) => regions.map((r) => `${r.role}: ${index.slice(r)}${r.reason ? "" : " *"}`);

const all = [region("Head 💧", "headline"), region("First para.\n\nSecond para.\nThird para.", "body")];

describe("setRole", () => {
  test.each<{ name: string; stretch: string; role: RegionRole | null; after: string[] }>([
    {
      name: "in the middle splits",
      stretch: "Second para.",
      role: "caption",
      after: ["headline: Head 💧", "body: First para.", "caption: Second para. *", "body: Third para."],
    },
    {
      name: "at the start cuts",
      stretch: "First para.",
      role: "standfirst",
      after: ["headline: Head 💧", "standfirst: First para. *", "body: Second para.\nThird para."],
    },
    {
      name: "over two regions",
      stretch: "💧\n\nFirst",
      role: "debris",
      after: ["headline: Head", "debris: 💧\n\nFirst *", "body: para.\n\nSecond para.\nThird para."],
    },
    {
      name: "of a neighbour joins it over blanks",
      stretch: "Head 💧",
      role: "body",
      after: ["body: Head 💧\n\nFirst para.\n\nSecond para.\nThird para. *"],
    },
    {
      name: "to none leaves a gap",
      stretch: "Second para.",
      role: null,
      after: ["headline: Head 💧", "body: First para.", "body: Third para."],
    },
    { name: "over everything", stretch: TEXT, role: "form", after: [`form: ${TEXT} *`] },
  ])("$name", ({ stretch, role, after }) => expect(shown(setRole(index, all, at(stretch), role))).toEqual(after));

  test("set back makes one region again", () => {
    const split = setRole(index, all, at("Second para."), "caption");
    expect(shown(setRole(index, split, at("Second para."), "body"))).toEqual([
      "headline: Head 💧",
      "body: First para.\n\nSecond para.\nThird para. *",
    ]);
  });
});

describe("moveBorder", () => {
  test.each<{ name: string; n: number; border: "start" | "end"; to: number; after: string[] }>([
    {
      name: "an end inwards",
      n: 1,
      border: "end",
      to: at("Third").start - 1,
      after: ["headline: Head 💧", "body: First para.\n\nSecond para. *"],
    },
    {
      name: "a start into the neighbour",
      n: 1,
      border: "start",
      to: 5,
      after: ["headline: Head", "body: 💧\n\nFirst para.\n\nSecond para.\nThird para. *"],
    },
    { name: "an end over the whole neighbour", n: 0, border: "end", to: 999, after: [`headline: ${TEXT} *`] },
    {
      name: "an end before its own start",
      n: 0,
      border: "end",
      to: -3,
      after: ["headline: H *", "body: First para.\n\nSecond para.\nThird para."],
    },
    { name: "of a region that is not there", n: 7, border: "end", to: 3, after: shown(all) },
  ])("$name", ({ n, border, to, after }) => expect(shown(moveBorder(index, all, n, border, to))).toEqual(after));
});

test("removeRegion", () =>
  expect(shown(removeRegion(all, 0))).toEqual(["body: First para.\n\nSecond para.\nThird para."]));

test("whatever is done, regions stay ordered, apart, inside the text and not empty", () => {
  const deed = fc.record({
    stretch: someRange(index.length),
    role: fc.option(fc.constantFrom(...REGION_ROLES)),
    n: fc.nat(4),
    border: fc.constantFrom<"start" | "end">("start", "end"),
    to: fc.integer({ min: -5, max: 60 }),
    kind: fc.nat(3),
  });
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 15 }), (deeds) => {
      let regions: readonly Region[] = [];
      for (const d of deeds) {
        if (d.kind <= 1) regions = setRole(index, regions, d.stretch, d.role);
        else if (d.kind === 2) regions = moveBorder(index, regions, d.n, d.border, d.to);
        else regions = removeRegion(regions, d.n);
        if (d.kind <= 1 && d.role !== null) {
          const owner = regions.find((r) => r.start <= d.stretch.start && d.stretch.end <= r.end);
          expect(owner?.role).toBe(d.role);
        }
        const edges = regions.flatMap((r) => [r.start, r.end]);
        expect(edges).toEqual([...edges].sort((a, b) => a - b));
        expect(regions.every((r) => 0 <= r.start && r.start < r.end && r.end <= index.length)).toBe(true);
      }
    }),
  );
});

describe("scope", () => {
  const regions: readonly Region[] = [
    { start: 0, end: 6, role: "headline", reason: null },
    { start: 8, end: 19, role: "body", reason: null },
    { start: 19, end: 25, role: "body", reason: null },
    { start: 25, end: 33, role: "form", reason: null },
  ];
  test.each<{ name: string; given: readonly Region[]; roles: RegionRole[]; ranges: number[][] }>([
    { name: "no regions: everything", given: [], roles: ["body"], ranges: [[0, 46]] },
    {
      name: "touching ones are one range",
      given: regions,
      roles: ["headline", "body"],
      ranges: [
        [0, 6],
        [8, 25],
      ],
    },
    { name: "regions, but none of these roles: nothing", given: regions, roles: ["comment"], ranges: [] },
  ])("$name", ({ given, roles, ranges }) => {
    expect(scopeRanges(given, roles, 46).map((r) => [r.start, r.end])).toEqual(ranges);
  });

  test("an empty text has none", () => expect(scopeRanges([], ["body"], 0)).toEqual([]));

  test("clipping keeps exactly the code points that lie in scope", () => {
    const scope = scopeRanges(regions, ["headline", "body"], index.length);
    fc.assert(
      fc.property(someRange(index.length), (range) => {
        const kept = clipToScope(scope, range);
        const covered = (p: number, ranges: readonly Range[]) =>
          ranges.some((r) => overlap(r, { start: p, end: p + 1 }));
        for (let p = 0; p < index.length; p++) {
          expect(covered(p, kept)).toBe(covered(p, scope) && covered(p, [range]));
        }
      }),
    );
  });

  test("a range is in scope although blanks between two regions are not", () => {
    const scope = scopeRanges(regions, ["headline", "body"], index.length);
    expect(inScope(index, scope, { start: 2, end: 12 })).toBe(true);
    expect(inScope(index, scope, { start: 20, end: 28 })).toBe(false);
    expect(inScope(index, scope, { start: 6, end: 8 })).toBe(false);
  });
});
