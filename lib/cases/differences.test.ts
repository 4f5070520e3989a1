import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differenceOf, type Mark } from "./differences";

const mark = (start: number, end: number, more: Partial<Mark> = {}): Mark => ({
  id: `${start}-${end}-${more.label ?? "CLAIM"}`,
  start,
  end,
  label: "CLAIM",
  attributes: {},
  links: [],
  ...more,
});
const to = (start: number, end: number) => ({ type: "source-of", words: "words", at: { start, end } });
const named = (words: string) => ({ type: "denies", words, at: null });

describe("how gold differs from what was marked", () => {
  test.each<[string, readonly Mark[], readonly Mark[], string, readonly string[]]>([
    ["nothing marked", [], [mark(0, 5)], "missed", []],
    ["nothing in gold", [mark(0, 5)], [], "dropped", []],
    ["the same", [mark(0, 5)], [mark(0, 5)], "same", []],
    ["other ends", [mark(0, 5)], [mark(0, 9)], "changed", ["ends"]],
    ["another label", [mark(0, 5)], [mark(0, 5, { label: "DENIAL" })], "changed", ["label"]],
    ["both", [mark(0, 5)], [mark(1, 5, { label: "DENIAL" })], "changed", ["label", "ends"]],
    ["two of one", [mark(0, 5)], [mark(0, 2), mark(3, 5)], "changed", ["number"]],
    [
      "an attribute",
      [mark(0, 5, { attributes: { likelihood: "likely" } })],
      [mark(0, 5, { attributes: { likelihood: "unlikely" } })],
      "changed",
      ["attributes"],
    ],
    ["a blank attribute is none", [mark(0, 5, { attributes: { source: " " } })], [mark(0, 5)], "same", []],
    ["a link that gold lacks", [mark(0, 5, { links: [to(9, 12)] })], [mark(0, 5)], "changed", ["links"]],
    [
      "a link to another place",
      [mark(0, 5, { links: [to(9, 12)] })],
      [mark(0, 5, { links: [to(20, 22)] })],
      "changed",
      ["links"],
    ],
    [
      "a link to the same place, marked wider",
      [mark(0, 5, { links: [to(9, 12)] })],
      [mark(0, 5, { links: [to(8, 14)] })],
      "same",
      [],
    ],
    [
      "a target named in other case and quotes",
      [mark(0, 5, { links: [named("“The Charge”")] })],
      [mark(0, 5, { links: [named('"the charge"')] })],
      "same",
      [],
    ],
    [
      "two marks of one range, in any order",
      [mark(0, 5), mark(0, 5, { label: "DENIAL" })],
      [mark(0, 5, { label: "DENIAL" }), mark(0, 5)],
      "same",
      [],
    ],
    ["of two marks one is other", [mark(0, 5), mark(6, 9)], [mark(0, 5), mark(6, 8)], "changed", ["ends"]],
  ])("%s", (_, mine, gold, kind, parts) => {
    expect(differenceOf(mine, gold)).toEqual({ kind, parts });
  });

  const marks = fc
    .array(
      fc.record({
        start: fc.integer({ min: 0, max: 20 }),
        length: fc.integer({ min: 1, max: 9 }),
        label: fc.constantFrom("CLAIM", "DENIAL"),
        attributes: fc.dictionary(fc.constantFrom("likelihood", "source"), fc.constantFrom("", "a", "b")),
        links: fc.array(fc.constantFrom(to(1, 2), to(5, 9), named("the charge"), named("another")), { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map((all) =>
      all.map(({ start, length, ...rest }, n): Mark => ({ id: String(n), start, end: start + length, ...rest })),
    );

  test("a reading is the same as itself in any order", () => {
    fc.assert(
      fc.property(
        marks.filter((all) => new Set(all.map((m) => `${m.start}-${m.end}-${m.label}`)).size === all.length),
        (all) => {
          expect(differenceOf(all, [...all].reverse())).toEqual({ kind: "same", parts: [] });
        },
      ),
    );
  });

  test("who differs from whom is one question", () => {
    fc.assert(
      fc.property(marks, marks, (a, b) => {
        expect(differenceOf(a, b).kind === "same").toBe(differenceOf(b, a).kind === "same");
      }),
    );
  });
});
