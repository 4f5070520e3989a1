import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codePointLength, indexText } from "./codepoints";
import { anyCodePoints, someText } from "./testing/arbitraries";

const find = (text: string, target: string) => {
  const u16 = text.indexOf(target);
  return { utf16: [u16, u16 + target.length], text };
};

describe("offsets of the same words in both units (agreement.md, 6)", () => {
  test.each([
    { text: "👨🏻‍🚒 firemen drive firetrucks", target: "firetrucks", codePoints: [19, 29], utf16: [22, 32] },
    { text: "💩This is an annotation.", target: "annotation", codePoints: [12, 22], utf16: [13, 23] },
    { text: "Cafe\u0301 owner lied", target: "lied", codePoints: [12, 16], utf16: [12, 16] },
    { text: "Up 12\u00a0% in May", target: "May", codePoints: [11, 14], utf16: [11, 14] },
    { text: "A😀B زن", target: "B", codePoints: [2, 3], utf16: [3, 4] },
    { text: "", target: "", codePoints: [0, 0], utf16: [0, 0] },
  ])("$target in $text", ({ text, target, codePoints, utf16 }) => {
    const index = indexText(text);
    const [start, end] = codePoints as [number, number];
    expect(find(text, target).utf16).toEqual(utf16);
    expect([index.toUtf16(start), index.toUtf16(end)]).toEqual(utf16);
    expect(utf16.map(index.toCodePoint)).toEqual(codePoints);
    expect(index.slice({ start, end })).toBe(target);
  });
});

test("an offset inside a surrogate pair belongs to its code point", () => {
  const index = indexText("a😀😀b");
  expect([0, 1, 2, 3, 4, 5, 6].map(index.toCodePoint)).toEqual([0, 1, 1, 2, 2, 3, 4]);
});

test("a lone surrogate is one code point", () => {
  const text = "\udc00a\ud800😀\ud800";
  const index = indexText(text);
  expect(index.length).toBe(5);
  expect([0, 1, 2, 3, 4, 5].map(index.toUtf16)).toEqual([0, 1, 2, 3, 5, 6]);
});

test("agrees with the string iterator at every offset", () => {
  const units = fc.oneof(someText(), anyCodePoints, fc.string({ unit: fc.constantFrom("\ud83d", "\ude00", "x") }));
  fc.assert(
    fc.property(units, (text) => {
      const points = [...text];
      const index = indexText(text);
      expect(codePointLength(text)).toBe(points.length);
      expect(index.length).toBe(points.length);
      const u16s = points.map((_, cp) => points.slice(0, cp).join("").length);
      expect(points.map((_, cp) => index.toUtf16(cp))).toEqual(u16s);
      expect(u16s.map(index.toCodePoint)).toEqual(points.map((_, cp) => cp));
      expect(points.map((_, cp) => index.slice({ start: cp, end: cp + 1 }))).toEqual(points);
      expect(index.toUtf16(points.length)).toBe(text.length);
      expect(index.toCodePoint(text.length)).toBe(points.length);
    }),
  );
});

test("a million characters of emoji", () => {
  const index = indexText("a💧".repeat(500_000));
  expect(index.length).toBe(1_000_000);
  expect(index.toUtf16(999_999)).toBe(1_499_998);
  expect(index.toCodePoint(1_499_998)).toBe(999_999);
});
