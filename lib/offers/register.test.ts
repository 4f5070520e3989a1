import { describe, expect, test } from "vitest";
import { indexText } from "../text/codepoints";
import { completions, entryOf, type Known, nameIn, sourceIn, withOwn } from "./register";

const source = (name: string, aliases: readonly string[] = [], uses = 1) => ({ name, aliases, uses, beside: {} });
const known: Known = {
  sources: [source("Ada Quist", ["the miller"], 2), source("Transport Board", ["TB"], 5), source("Bo Quist", [], 1)],
  texts: [],
};
const names = (found: readonly { readonly name: string }[]) => found.map((s) => s.name);
const inText = (text: string, from = known) => {
  const index = indexText(text);
  return sourceIn(index, from, { start: 0, end: index.length })?.name ?? null;
};

describe("completing a source", () => {
  test.each<[string, string, readonly string[]]>([
    ["by its first word", "ad", ["Ada Quist"]],
    ["by a later word, the most used first", "qui", ["Ada Quist", "Bo Quist"]],
    ["by another way to write it", "mil", ["Ada Quist"]],
    ["folded", "  TRANSPORT\u00a0b", ["Transport Board"]],
    ["not by the middle of a word", "uist", []],
    ["all, before anything is typed", "", ["Transport Board", "Ada Quist", "Bo Quist"]],
  ])("%s", (_, typed, expected) => {
    expect(names(completions(known, typed))).toEqual(expected);
  });

  test("at most as many as asked for", () => {
    expect(completions(known, "", 2)).toHaveLength(2);
  });
});

describe("a known source in the words of a span", () => {
  test.each<[string, string, string | null]>([
    ["its name", "the TRANSPORT board said", "Transport Board"],
    ["another way to write it", "the miller said", "Ada Quist"],
    ["the longest of two", "Ada Quist of the TB said", "Ada Quist"],
    ["not a part of a word", "TBs said", null],
    ["no last name that two have", "Quist said", null],
  ])("%s", (_, text, expected) => {
    expect(inText(text)).toBe(expected);
  });

  test("a last name that only one has, with its capital", () => {
    const one: Known = { sources: [source("Ada Stone")], texts: [] };
    expect(inText("Stone said", one)).toBe("Ada Stone");
    expect(inText("a stone said", one)).toBeNull();
  });
});

test("what was given since is known, under the name that the register has", () => {
  const now = withOwn(known, [
    { name: " The  Miller ", beside: { sourceType: "person" } },
    { name: "Cy Vale", beside: {} },
    { name: "cy vale", beside: { sourceType: "body" } },
    { name: " ", beside: {} },
  ]);
  expect(entryOf(now, "ada quist")).toMatchObject({ uses: 3, beside: { sourceType: "person" } });
  expect(entryOf(now, "CY VALE")).toEqual({ name: "Cy Vale", aliases: [], uses: 2, beside: { sourceType: "body" } });
  expect(now.sources).toHaveLength(4);
});

describe("a name in the words", () => {
  test.each<[string, string, string | null]>([
    ["the first of two words", "A spokesman for the Board, Piet Ormand, said", "Piet Ormand"],
    ["with what stands inside it", "The Ministry of the Trade said", "Ministry of the Trade"],
    ["with what stands before a last name", "by Ursula von der Leyen and Bo Stone", "Ursula von der Leyen"],
    ["without an article or a day", "On Monday The Transport Board said", "Transport Board"],
    ["a single one", "Varga snapped", "Varga"],
    ["none", "two people said", null],
    ["a word of the language in small letters", "Prosecutors said; other prosecutors too", "prosecutors"],
    ["without a possessive", "Haddad’s report", "Haddad"],
  ])("%s", (_, text, expected) => {
    const index = indexText(text);
    expect(nameIn(index, { start: 0, end: index.length })).toBe(expected);
  });
});
