import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indexText, type TextIndex } from "./codepoints";
import { nextGrapheme, previousGrapheme, snapToGraphemes } from "./graphemes";
import { contains, type Range } from "./range";
import { sentenceAt } from "./sentences";
import { textAndRange } from "./testing/arbitraries";
import { edgeTrim, tidy, trimBlanks } from "./trim";
import { nextWord, previousWord, snapSelection, wordAt } from "./words";

/** The text without its square brackets, and the range that they marked. */
function marked(text: string): { index: TextIndex; range: Range } {
  const points = [...text];
  const start = points.indexOf("[");
  return { index: indexText(text.replace(/[[\]]/g, "")), range: { start, end: points.indexOf("]") - 1 } };
}

describe("snapSelection", () => {
  test.each([
    { name: "widens to words", from: "The ha[rbour mas]ter said", to: "harbour master" },
    { name: "drops outer blanks, and does not take the words beyond", from: "The[ harbour ]master", to: "harbour" },
    { name: "drops outer quotes", from: "he said [“No official signed,”] and left", to: "No official signed" },
    { name: "keeps quotes inside", from: "[the “old” mill]", to: "the “old” mill" },
    { name: "drops final punctuation", from: "[The mill burned.]", to: "The mill burned" },
    { name: "keeps what punctuation belongs to the words", from: "[12.5% of 3,400 (NWA)]", to: "12.5% of 3,400 (NWA)" },
    { name: "takes an apostrophe for part of the word", from: "the mi[ll’s] roof", to: "mill’s" },
    { name: "drops no-break spaces", from: "in[\u00a0London\u00a0]today", to: "London" },
    { name: "never cuts a grapheme", from: "the [👨🏻\u200d]🚒 came", to: "👨🏻‍🚒" },
    { name: "keeps signs when nothing else is selected", from: "north [—] south", to: "—" },
    { name: "knows other scripts", from: "завтра [Лон]дон ждет", to: "Лондон" },
  ])("$name", ({ from, to }) => {
    const { index, range } = marked(from);
    const snapped = snapSelection(index, range);
    expect(snapped && index.slice(snapped)).toBe(to);
  });

  test("is nothing for blanks or for no characters", () => {
    const index = indexText("a \u00a0\n b");
    expect(snapSelection(index, { start: 1, end: 4 })).toBeNull();
    expect(snapSelection(index, { start: 1, end: 1 })).toBeNull();
  });

  test("exact takes any characters, but whole graphemes", () => {
    const { index, range } = marked("the “ha[rbour”, cafe]\u0301");
    const snapped = snapSelection(index, range, { exact: true });
    expect(snapped && index.slice(snapped)).toBe("rbour”, cafe\u0301");
  });

  test("stays as it is when it is snapped again", () => {
    fc.assert(
      fc.property(textAndRange, ([text, range]) => {
        const index = indexText(text);
        const once = snapSelection(index, range);
        if (once) expect(snapSelection(index, once)).toEqual(once);
      }),
    );
  });
});

describe("graphemes", () => {
  test("snapping contains the range, cuts nothing and stays", () => {
    fc.assert(
      fc.property(textAndRange, ([text, range]) => {
        const index = indexText(text);
        const snapped = snapToGraphemes(index, range);
        expect(contains(snapped, range)).toBe(true);
        expect(snapToGraphemes(index, snapped)).toEqual(snapped);
        const whole = [...new Intl.Segmenter("en").segment(text)].map((s) => index.toCodePoint(s.index));
        expect([...whole, index.length]).toEqual(expect.arrayContaining([snapped.start, snapped.end]));
      }),
    );
  });

  test("the caret goes through a text by the same steps both ways", () => {
    fc.assert(
      fc.property(textAndRange, ([text]) => {
        const index = indexText(text);
        const there: number[] = [];
        for (let at = 0; at < index.length; at = nextGrapheme(index, at)) there.push(at);
        const back: number[] = [];
        for (let at = index.length; at > 0; at = previousGrapheme(index, at)) back.unshift(previousGrapheme(index, at));
        expect(back).toEqual(there);
      }),
    );
  });

  test("looks only nearby, and sees the same there", () => {
    const index = indexText(`${"word 🇳🇱 e\u0301".repeat(100_000)}👨🏻‍🚒 end`);
    const end = index.length - 4;
    expect(index.slice(snapToGraphemes(index, { start: end - 1, end }))).toBe("👨🏻‍🚒");
  });
});

describe("the caret by words", () => {
  const index = indexText("“The mill’s roof,” she said.\nIt   burned");
  const stops = (step: (at: number) => number, from: number) => {
    const all: number[] = [];
    for (let at = from, next = step(at); next !== at; at = next, next = step(at)) all.push(next);
    return all;
  };
  test("to the ends of words", () => {
    expect(stops((at) => nextWord(index, at), 0)).toEqual([4, 11, 16, 22, 27, 31, 40]);
  });
  test("to the starts of the next words, as on Windows", () => {
    expect(stops((at) => nextWord(index, at, "start"), 0)).toEqual([1, 5, 12, 19, 23, 29, 34, 40]);
  });
  test("back to the starts of words", () => {
    expect(stops((at) => previousWord(index, at), index.length)).toEqual([34, 29, 23, 19, 12, 5, 1, 0]);
  });
  test("the word under the caret, or right before it", () => {
    const words = [0, 6, 11, 17].map((at) => wordAt(index, at)).map((r) => r && index.slice(r));
    expect(words).toEqual([null, "mill’s", "mill’s", null]);
  });
});

describe("sentenceAt", () => {
  test.each([
    { name: "between two others", text: "It rained. The mi|ll burned. He left.", sentence: "The mill burned." },
    { name: "in another paragraph", text: "It rained\nThe mill| burned\nHe left", sentence: "The mill burned" },
    { name: "at the end of a line", text: "It rained. The mill burned.|\nHe left", sentence: "The mill burned." },
    { name: "with its quotes", text: "“It burned.| All of it.” He left.", sentence: "“It burned." },
    {
      name: "titles",
      text: "On Friday Gen.| Dr. Holm met Mrs. Vale. He left.",
      sentence: "On Friday Gen. Dr. Holm met Mrs. Vale.",
    },
    { name: "initials", text: "It was J. R. Holm who | signed. He left.", sentence: "It was J. R. Holm who  signed." },
    {
      name: "an acronym before a name",
      text: "The U.S. Treasury paid|. He left.",
      sentence: "The U.S. Treasury paid.",
    },
    {
      name: "an acronym at the end",
      text: "It happened in the U.S. The| Treasury paid.",
      sentence: "The Treasury paid.",
    },
    {
      name: "numbers",
      text: "On Feb. 3 they read No. 9| aloud. He left.",
      sentence: "On Feb. 3 they read No. 9 aloud.",
    },
    { name: "a plain no", text: "He said No. They| left.", sentence: "They left." },
  ])("$name", ({ text, sentence }) => {
    const index = indexText(text.replace("|", ""));
    const range = sentenceAt(index, [...text].indexOf("|"));
    expect(range && index.slice(range)).toBe(sentence);
  });
  test("is nothing on a blank line", () => expect(sentenceAt(indexText("a\n\nb"), 2)).toBeNull());
});

describe("trimming", () => {
  test.each([
    {
      name: "punctuation",
      from: "[“(The mill, burned!) …]",
      edge: "The mill, burned",
      blanks: "“(The mill, burned!) …",
    },
    { name: "digits stay", from: "[ $12% ]", edge: "12", blanks: "$12%" },
    { name: "blanks of all kinds", from: "[\u00a0\u200b mill\ufeff\n]", edge: "mill", blanks: "mill" },
    { name: "beyond the basic plane", from: "[💧𝒜💧]", edge: "𝒜", blanks: "💧𝒜💧" },
    { name: "nothing else", from: "a[ — ]b", edge: " — ", blanks: "—" },
  ])("$name", ({ from, edge, blanks }) => {
    const { index, range } = marked(from);
    const trimmed = trimBlanks(index, range);
    expect(index.slice(edgeTrim(index, range))).toBe(edge);
    expect(trimmed && index.slice(trimmed)).toBe(blanks);
  });

  test("never grows and stays", () => {
    fc.assert(
      fc.property(textAndRange, ([text, range]) => {
        const index = indexText(text);
        const edge = edgeTrim(index, range);
        expect(contains(range, edge)).toBe(true);
        expect(edgeTrim(index, edge)).toEqual(edge);
      }),
    );
  });

  test("tidy drops blanks and widens to whole graphemes", () => {
    const { index, range } = marked("x [ cafe]\u0301 y");
    expect(tidy(index, range)).toEqual({ start: 3, end: 8 });
    expect(tidy(index, { start: 1, end: 3 })).toBeNull();
  });
});
