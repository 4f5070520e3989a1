import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { someText } from "./testing/arbitraries";
import { checkText, findFault, isWellFormed } from "./wellformed";

describe("findFault", () => {
  test.each([
    { name: "NUL at the start", text: "\0abc", code: "nul", offset: 0, line: 1, column: 1, unit: "U+0000" },
    {
      name: "NUL on the third line",
      text: "one\n\ntwo 💧 \0",
      code: "nul",
      offset: 11,
      line: 3,
      column: 7,
      unit: "U+0000",
    },
    {
      name: "a high surrogate at the end",
      text: "ab\ud83d",
      code: "lone-surrogate",
      offset: 2,
      line: 1,
      column: 3,
      unit: "U+D83D",
    },
    {
      name: "a low surrogate alone",
      text: "😀\n\ude00",
      code: "lone-surrogate",
      offset: 2,
      line: 2,
      column: 1,
      unit: "U+DE00",
    },
    {
      name: "surrogates in the wrong order",
      text: "\ude00\ud83d",
      code: "lone-surrogate",
      offset: 0,
      line: 1,
      column: 1,
      unit: "U+DE00",
    },
  ])("$name", ({ name: _, text, ...place }) => {
    expect(findFault(text)).toEqual(place);
    expect(checkText(text, "articles.3.text")).toEqual([
      expect.objectContaining({ path: "articles.3.text", code: place.code, line: place.line }),
    ]);
  });

  test.each(["", "plain", "💧👨🏻‍🚒", "e\u0301\u00a0\ufeff\u202e", "\u0001\u007f\uffff"])(
    "nothing wrong with %j",
    (text) => {
      expect(findFault(text)).toBeNull();
      expect(checkText(text)).toEqual([]);
    },
  );
});

test("says the same as encoding to UTF-8 and back", () => {
  const texts = fc.oneof(someText(), fc.string({ unit: fc.constantFrom("\ud83d", "\ude00", "x", "😀") }));
  fc.assert(
    fc.property(texts, (text) => {
      expect(isWellFormed(text)).toBe(new TextDecoder().decode(new TextEncoder().encode(`x${text}`)) === `x${text}`);
    }),
  );
});
