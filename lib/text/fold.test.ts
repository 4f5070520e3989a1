import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indexText } from "./codepoints";
import { findFolded, fold, foldWithMap } from "./fold";
import { anyCodePoints, someText } from "./testing/arbitraries";

describe("fold", () => {
  test.each([
    { name: "case", text: "The MILL", folded: "the mill" },
    { name: "sharp s", text: "STRASSE Straße STRAẞE", folded: "strasse strasse strasse" },
    { name: "final sigma", text: "ΟΔΟΣ οδος", folded: "οδοσ οδοσ" },
    { name: "dotless and dotted i", text: "ı I i", folded: "i i i" },
    { name: "curly quotes", text: "“a” ‘b’ „c‟ «d» ‹e› ″f″ ´g` ʼ", folded: '"a" \'b\' "c" "d" \'e\' "f" \'g\' \'' },
    { name: "dashes", text: "a–b—c‑d−e－f", folded: "a-b-c-d-e-f" },
    { name: "blanks", text: "\ufeff a\u00a0 b\u2003\u202fc\n\n\td\u3000", folded: "a b c d" },
    {
      name: "invisible characters",
      text: "so\u00adft zero\u200bwidth \u200ejoin\u2060er",
      folded: "soft zerowidth joiner",
    },
    { name: "compatibility forms", text: "ﬁre Ｆull ① ½ …", folded: "fire full 1 1⁄2 ..." },
    { name: "composition", text: "cafe\u0301 한", folded: "café 한" },
    { name: "an accent that an invisible character keeps off", text: "e\u200d\u0301", folded: "é" },
    { name: "nothing but blanks", text: " \n\u00a0", folded: "" },
  ])("$name", ({ text, folded }) => {
    expect(fold(text)).toBe(folded);
    expect(foldWithMap(text).folded).toBe(folded);
  });

  test("is not slowed down by endless marks on one letter", () => {
    const text = `a${"\u0301\u0323".repeat(200_000)} b`;
    expect(fold(text)).toHaveLength(32); // the letter with one mark melted into it, 29 more, a blank, a letter
    expect(foldWithMap(text).folded).toBe(fold(text));
  });

  test("is done once", () => {
    fc.assert(
      fc.property(someText(), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });

  test("is the same with and without a map, and the map goes forward and covers what can be seen", () => {
    const texts = fc.oneof(someText(20), fc.string({ unit: "grapheme" }), anyCodePoints);
    fc.assert(
      fc.property(texts, (text) => {
        const { folded, starts, ends } = foldWithMap(text);
        expect(folded).toBe(fold(text));
        expect(starts).toHaveLength(folded.length);
        expect(starts.every((start, i) => start < (ends[i] ?? 0))).toBe(true);
        expect([...starts].sort((a, b) => a - b)).toEqual([...starts]);
      }),
    );
  });
});

describe("findFolded", () => {
  const find = (text: string, phrase: string, wholeWords?: boolean) => {
    const index = indexText(text);
    return findFolded(index, phrase, wholeWords).map((r) => index.slice(r));
  };
  test.each([
    {
      name: "other quotes and case",
      text: "A “Reckless” act, a 'reckless' one",
      phrase: "reckless",
      hits: ["Reckless", "reckless"],
    },
    {
      name: "quotes in the phrase",
      text: 'the “old mill” and the "Old Mill"',
      phrase: "“old mill”",
      hits: ["“old mill”", '"Old Mill"'],
    },
    {
      name: "no-break and doubled blanks",
      text: "old\u00a0mill, old  \n mill",
      phrase: "old mill",
      hits: ["old\u00a0mill", "old  \n mill"],
    },
    { name: "a soft hyphen inside", text: "the hy\u00adphen", phrase: "hyphen", hits: ["hy\u00adphen"] },
    { name: "after emoji", text: "💧💧 drop", phrase: "DROP", hits: ["drop"] },
    { name: "a ligature, wholly", text: "the ﬁre", phrase: "i", hits: ["ﬁ"] },
    { name: "hits do not overlap", text: "aaaa", phrase: "aa", hits: ["aa", "aa"] },
    { name: "nothing to find", text: "abc", phrase: " \n", hits: [] },
    { name: "a pattern is only letters", text: "(a+)+$ aaaa", phrase: "(a+)+$", hits: ["(a+)+$"] },
  ])("$name", ({ text, phrase, hits }) => expect(find(text, phrase)).toEqual(hits));

  test("whole words only", () => {
    expect(find("man, woman, man’s, mankind, (man) man", "man", true)).toEqual(["man", "man", "man", "man"]);
    expect(find("aa a aa", "a", true)).toEqual(["a"]);
    expect(find("e\u0301tude e", "e", true)).toEqual(["e"]);
  });

  test("every hit folds to the phrase, and a phrase cut from the text is found there", () => {
    fc.assert(
      fc.property(someText(), fc.nat(), fc.nat(), (text, a, b) => {
        const words = text.split(" ");
        const from = a % words.length;
        const phrase = words.slice(from, from + 1 + (b % 3)).join(" ");
        const index = indexText(text);
        const hits = findFolded(index, phrase);
        if (fold(phrase) !== "") expect(hits.length).toBeGreaterThan(0);
        for (const hit of hits) expect(fold(index.slice(hit))).toContain(fold(phrase));
      }),
    );
  });
});
