import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_SCHEME } from "../scheme/default";
import { attributeOf, labelOf } from "../scheme/lookup";
import type { Attribute } from "../scheme/scheme";
import { indexText } from "../text/codepoints";
import { findWords } from "./words";

type Choice = Extract<Attribute, { kind: "choice" }>;

const made = (lists: Readonly<Record<string, readonly string[]>>): Choice => ({
  key: "likelihood",
  name: "Likelihood",
  hotkey: null,
  kind: "choice",
  values: Object.entries(lists).map(([key, words]) => ({ key, name: key, words })),
});

function shippedLikelihood(): Choice {
  const label = labelOf(DEFAULT_SCHEME, "CLAIM");
  const attribute = label && attributeOf(label, "likelihood");
  if (attribute?.kind !== "choice") throw new Error("the default scheme has no likelihood");
  return attribute;
}

const found = (text: string, attribute = shippedLikelihood()): readonly string[] => {
  const index = indexText(text);
  const all = { start: 0, end: index.length };
  return findWords(index, attribute, all, all).map(({ words, value }) => `${words}: ${value}`);
};

describe("words of a list", () => {
  test.each<[string, string, readonly string[]]>([
    ["the longer one stands", "it was almost certainly typed", ["almost certainly: near-certain"]],
    ["whole words only", "an unlikely, unmistakable maybeflower", []],
    ["whatever their case at the start", "Possibly it was typed", ["Possibly: possible"]],
    ["in capitals throughout", "IT MAY HAVE BEEN TYPED", ["MAY: possible"]],
    ["a month is no word", "it was typed in May by two people", []],
    [
      "no-break spaces and line breaks",
      "it is very\u00a0likely,\nhighly\n likely",
      ["very\u00a0likely: very-likely", "highly\n likely: very-likely"],
    ],
    ["several, in order", "if he is found guilty he could go", ["if: conditional", "could: possible"]],
    ["an emoji before counts as one", "😀😀 probably", ["probably: likely"]],
  ])("%s", (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test("quotes and dashes are folded, and a list may hold them", () => {
    const list = made({ x: ["can't say", "all-but sure"] });
    expect(found("he can’t say it is all‑but sure", list)).toEqual(["can’t say: x", "all‑but sure: x"]);
  });

  test("archived values are not looked for", () => {
    const list = made({ x: ["maybe"] });
    expect(found("maybe", { ...list, values: list.values.map((v) => ({ ...v, archived: true })) })).toEqual([]);
  });

  test("only those inside the range are found, the sentence tells its first word", () => {
    const index = indexText("Possibly it may rain.");
    const sentence = { start: 0, end: index.length };
    const words = (start: number, end: number) =>
      findWords(index, shippedLikelihood(), { start, end }, sentence).map((h) => h.words);
    expect(words(9, 20)).toEqual(["may"]);
    expect(words(0, 10)).toEqual(["Possibly"]);
    expect(words(2, 10)).toEqual([]);
  });

  test("in any text: hits lie in it, do not overlap, and cut out the words that they name", () => {
    const word = fc.constantFrom(
      "may",
      "certain",
      "almost",
      "certainly",
      "likely",
      "very",
      "the",
      "May",
      "😀",
      ",",
      "“",
      "rain",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), fc.constantFrom(" ", "\u00a0", "\n"), (words, blank) => {
        const text = words.join(blank);
        const index = indexText(text);
        const all = { start: 0, end: index.length };
        let reach = 0;
        for (const hit of findWords(index, shippedLikelihood(), all, all)) {
          expect(hit.start).toBeGreaterThanOrEqual(reach);
          expect(index.slice(hit)).toBe(hit.words);
          reach = hit.end;
        }
      }),
    );
  });
});
