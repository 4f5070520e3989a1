import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indexText } from "../text/codepoints";
import { quotations, readQuotation } from "./quotes";

const quoted = (text: string): readonly string[] => {
  const index = indexText(text);
  return quotations(index).map((range) => index.slice(range));
};

describe("quotations", () => {
  test.each<[string, string, readonly string[]]>([
    ["English, curly", "She said “we left” on Monday.", ["“we left”"]],
    ["English, single", "She said ‘we left’ on Monday.", ["‘we left’"]],
    ["straight", 'She said "we left" on Monday.', ['"we left"']],
    ["straight, single", "She said 'we left' on Monday.", ["'we left'"]],
    ["French, with no-break spaces", "Elle dit «\u00a0on part\u00a0» hier.", ["«\u00a0on part\u00a0»"]],
    ["German, low and high", "Sie sagte „wir gehen“ gestern.", ["„wir gehen“"]],
    ["German, pointing in", "Sie sagte »wir gehen« gestern.", ["»wir gehen«"]],
    ["German, single", "Sie sagte ‚wir gehen‘ gestern.", ["‚wir gehen‘"]],
    ["Swedish, the same mark twice", "Hon sa ”vi går” i går.", ["”vi går”"]],
    ["Finnish, the same mark twice", "Hän sanoi »lähdemme» eilen.", ["»lähdemme»"]],
    ["Polish", "Powiedziała „idziemy” wczoraj.", ["„idziemy”"]],
    ["Japanese", "彼女は「行こう」と言った。", ["「行こう」"]],
    ["of a typewriter", "She said ``we left'' on Monday.", ["``we left''"]],
    ["an inner one is part of the outer", "“He told me ‘go home’ then,” she said.", ["“He told me ‘go home’ then,”"]],
    ["straight inside straight", `"He told me 'go home' then," she said.`, [`"He told me 'go home' then,"`]],
    ["two in one sentence", "“We left,” she said, “by noon.”", ["“We left,”", "“by noon.”"]],
    ["at the very start and end", '"We left"', ['"We left"']],
    ["inside brackets and after a dash", 'a ("b c") - "d"', ['"b c"', '"d"']],
    ["apostrophes are none", "It’s the board’s letter, don't ask O'Neill’s.", []],
    ["an apostrophe inside a single quotation", "She said ‘it’s the board’s’ again.", ["‘it’s the board’s’"]],
    ["a plural's apostrophe is none", "the workers’ union and the '90s, the ’90s", []],
    ["curly opened, straight closed", 'She said “we left" on Monday.', ['“we left"']],
    ["never closed", "She said “we left on Monday.\n\nHe said nothing.", []],
    ["never opened", "we left” on Monday", []],
    ["inches are none", 'a 12" pipe', []],
    ["scare quotes", "the ‘doctored’ log", ["‘doctored’"]],
    [
      "over paragraphs, a mark at the start of each",
      "“We left.\n\n“We came back,” he said.",
      ["“We left.\n\n“We came back,”"],
    ],
    ["the same, straight", '"We left.\n\n"We came back," he said.', ['"We left.\n\n"We came back,"']],
    ["an open one is dropped where the next paragraph has no mark", "“We left.\n\nHe said “no”.", ["“no”"]],
  ])("%s", (_, text, expected) => {
    expect(quoted(text)).toEqual(expected);
  });

  test("of any text are in order, never overlap, and begin and end with a mark", () => {
    const piece = fc.constantFrom(..."“”‘’\"'„«»‚‹› \nab.,😀(-".split(/(?:)/u));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const index = indexText(pieces.join(""));
        let reach = 0;
        for (const { start, end } of quotations(index)) {
          expect(start).toBeGreaterThanOrEqual(reach);
          expect(end).toBeGreaterThan(start + 1);
          expect(end).toBeLessThanOrEqual(index.length);
          for (const at of [start, end - 1])
            expect(index.slice({ start: at, end: at + 1 })).not.toMatch(/[\sab.,😀(-]/u);
          reach = end;
        }
      }),
    );
  });

  test("words put in marks are found wherever they stand, in every style", () => {
    const styles = ["“”", "‘’", '""', "''", "«»", "„“", "»«", "””", "„”"];
    const words = fc.array(fc.constantFrom("left", "the", "mill", "on", "😀", "Monday"), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(words, words, words, fc.constantFrom(...styles), (before, inside, after, style) => {
        const [open, close] = [...style];
        const said = `${open}${inside.join(" ")}${close}`;
        expect(quoted(`${before.join(" ")} ${said} ${after.join(" ")}.`)).toEqual([said]);
      }),
    );
  });
});

describe("a span is read as", () => {
  const TEXT = "He said the log was “reckless”. “We left, by noon,” she said. Nobody spoke.";
  const index = indexText(TEXT);
  const at = (words: string) => {
    const start = TEXT.indexOf(words);
    return { start, end: start + words.length };
  };
  test.each([
    ["direct: all of its words", "We left, by noon", "direct"],
    ["direct: with its marks", "“We left, by noon,”", "direct"],
    ["mixed: some", "the log was “reckless”", "mixed"],
    ["none", "Nobody spoke", "none"],
    ["none: what is not a letter does not count", "”. “", "none"],
  ])("%s", (_, words, expected) => {
    expect(readQuotation(index, at(words))).toBe(expected);
  });
});
