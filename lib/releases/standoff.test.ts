/** Out of a release without texts, and back onto texts that are the same or drifted. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type NativeArticle, type NativeSpan, NO_EXTRA, NO_METADATA } from "../formats/native";
import { sha256 } from "../formats/native-read";
import { DEFAULT_SCHEME } from "../scheme/default";
import { codePointLength } from "../text/codepoints";
import { renamePeople } from "./pseudonyms";
import { anchor, type StandOffSpan } from "./rehydrate";
import { choicesOf, standOffLine } from "./standoff";

const SALT = "salt";
const TEXT =
  "Weir opened 🌊 after surge\n\nThe lock keeper said on\u00a0Friday that the weir would fail. It did.\n\nThe council denied that it had been warned, twice.\n";

const span = (words: string, text = TEXT): NativeSpan => {
  const start = codePointLength(text.slice(0, text.indexOf(words)));
  return {
    ...{
      id: `span ${start}`,
      start,
      end: start + codePointLength(words),
      label: "CLAIM",
      quote: words,
      note: "she quoted it",
      uncertain: false,
    },
    ...{ attributes: { likelihood: "likely", hedge: "would" }, schemeVersion: 1, guidelineVersion: 1, extra: NO_EXTRA },
  };
};

const articleOf = (spans: readonly NativeSpan[]): NativeArticle => ({
  ...NO_METADATA,
  ...{ id: "a", title: "Weir", text: TEXT, length: codePointLength(TEXT), textSha256: sha256(TEXT), regions: [] },
  ...{ gold: null, story: null, split: null, extra: NO_EXTRA },
  reviews: [
    {
      reviewer: "r-1",
      status: "submitted",
      notBlind: false,
      submittedAt: null,
      skipReason: null,
      spans,
      links: [],
      submissions: [],
      extra: NO_EXTRA,
    },
  ],
});

type Line = {
  readonly text_sha256: string;
  readonly length: number;
  readonly reviews: readonly { readonly spans: readonly StandOffSpan[] }[];
};

function standOff(words: readonly string[]): { readonly line: Line; readonly spans: readonly StandOffSpan[] } {
  const line = standOffLine(articleOf(words.map((one) => span(one))), {
    salt: SALT,
    choices: choicesOf(DEFAULT_SCHEME),
  }) as Line;
  return { line, spans: line.reviews[0]?.spans ?? [] };
}

const back = (words: readonly string[], text: string) => {
  const { line, spans } = standOff(words);
  const { found, ...rest } = anchor(spans, line, text, SALT);
  const points = [...text];
  return {
    ...rest,
    words: spans.map((one) => {
      const is = found.get(one);
      return is ? points.slice(is.start, is.end).join("") : null;
    }),
  };
};

test("whoever suggested something is named anew, unless it was a machine; stand-off lines say where spans came from", () => {
  const from = (by: string, person?: true) => ({
    id: "s",
    by,
    score: null,
    changed: false,
    ...(person ? { person } : {}),
  });
  const [one, two] = [span("the weir would fail"), span("It did")];
  const article = {
    ...articleOf([
      { ...one, suggestion: from("ann@desk.example", true) },
      { ...two, suggestion: from("weir-model 2") },
    ]),
    suggestions: [
      { by: "ann@desk.example", person: true, spans: [one], links: [], extra: NO_EXTRA },
      { by: "weir-model 2", spans: [two], links: [], extra: NO_EXTRA },
    ],
  };
  const renamed = renamePeople(article, () => "r-new", new Set());
  expect(renamed.suggestions?.map(({ by }) => by)).toEqual(["r-new", "weir-model 2"]);
  const line = JSON.stringify(standOffLine(renamed, { salt: SALT, choices: choicesOf(DEFAULT_SCHEME) }));
  expect(line).toContain('"by":"weir-model 2"');
  expect(line).not.toContain("ann@desk.example");
});

test("no word of the text, no note and no written attribute is in it; choices are", () => {
  const written = JSON.stringify(standOff(["the weir would fail", "The council denied"]).line);
  for (const words of ["weir would", "council", "she quoted", '"hedge"']) expect(written).not.toContain(words);
  expect(written).toContain('"likelihood":"likely"');
});

describe("put back", () => {
  test("onto the same text: every span where it was", () => {
    fc.assert(
      fc.property(fc.nat({ max: 100 }), fc.integer({ min: 1, max: 40 }), (start, length) => {
        const points = [...TEXT];
        const words = points.slice(start, start + length).join("");
        const here = { ...span("Weir"), start, end: Math.min(points.length, start + length), quote: words };
        const line = standOffLine(articleOf([here]), { salt: SALT, choices: new Map() }) as Line;
        const { exact, found, missed } = anchor(line.reviews[0]?.spans ?? [], line, TEXT, SALT);
        expect([exact, missed, [...found.values()]]).toEqual([true, [], [{ start, end: here.end }]]);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    { drift: "words before it", text: `Updated.\n${TEXT}`, score: 1 },
    { drift: "a neighbour that is another", text: TEXT.replace("that the weir", "how the weir"), score: 0.9 },
    {
      drift: "both neighbours",
      text: TEXT.replace("that the weir", "how the weir").replace("fail. It did", "fail, and it did so"),
      score: 0.75,
    },
  ])("onto a text with $drift, it says how sure it is", ({ text, score }) => {
    expect(back(["the weir would fail"], text)).toMatchObject({
      exact: false,
      words: ["the weir would fail"],
      missed: [],
      moved: [{ score }],
    });
  });

  test("other words between the same neighbours are found by these, if they are about as long", () => {
    const text = TEXT.replace("the weir would fail", "the weir might fail");
    expect(back(["the weir would fail"], text)).toMatchObject({
      words: ["the weir might fail"],
      moved: [{ score: 0.6 }],
    });
    const longer = TEXT.replace("the weir would fail", "the old weir would most certainly fail");
    expect(back(["the weir would fail"], longer)).toMatchObject({
      words: [null],
      missed: [{ why: "only a doubtful place was found" }],
    });
  });

  test("what is not there is missed, and never put anywhere", () => {
    expect(back(["The council denied", "the weir would fail"], "Quite another text, of the weir too.\n")).toMatchObject(
      {
        words: [null, null],
        missed: [{ score: 0 }, { score: 0 }],
      },
    );
  });

  test("the same words at two places with other neighbours are not guessed at", () => {
    const text = "a the weir would fail b\nc the weir would fail d\n";
    expect(back(["the weir would fail"], text)).toMatchObject({ words: [null], missed: [{ score: 0.4 }] });
  });
});
