import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { duplicateKey, LARGEST_TEXT, prepareArticle, prepareText } from "./article";
import { parseArticle, sha256 } from "./native-read";
import { someText } from "./testing/arbitrary";

const prepared = (raw: string) => {
  const result = prepareText(raw);
  if ("faults" in result) throw new Error(result.faults[0]?.message);
  return result;
};
const faults = (raw: string): string[] => {
  const result = prepareText(raw);
  return "faults" in result ? result.faults.map((fault) => fault.code) : [];
};

describe("prepareText", () => {
  it.each([
    ["plain", "One\n\ntwo", "One\n\ntwo", 0],
    ["NBSP, Cyrillic and blanks at the ends", " a\u00a0б \n", " a\u00a0б \n", 0],
    ["a lone CR", "a\rb", "a\rb", 0],
    ["a BOM", "\ufeffa", "a", 1],
    ["a BOM inside", "a\ufeffb", "a\ufeffb", 0],
    ["CRLF", "a\r\nb\r\n", "a\nb\n", 1],
    ["CR CRLF", "a\r\r\nb", "a\r\nb", 1],
    ["both", "\ufeffa\r\nb", "a\nb", 2],
  ])("%s", (_, raw, text, notes) => {
    const result = prepared(raw);
    expect([result.text, result.notes.length, result.sha256]).toEqual([text, notes, sha256(text)]);
  });

  it.each([
    ["an empty text", "", "empty"],
    ["nothing but white space", " \r\n\u00a0", "empty"],
    ["nothing but a BOM", "\ufeff", "empty"],
    ["NUL", "a\0", "not-well-formed"],
    ["a lone surrogate", "a\ud800", "not-well-formed"],
  ])("%s is refused", (_, raw, code) => {
    expect(faults(raw)).toEqual([code]);
  });

  it("counts 10 MiB in bytes of UTF-8 of what would be stored", () => {
    const half = "é".repeat(LARGEST_TEXT / 2);
    expect(faults(half)).toEqual([]);
    expect(faults(`${half}a`)).toEqual(["too-large"]);
    expect(faults(`\ufeff${half.slice(0, -1)}\r\na`)).toEqual([]);
  });

  it("moves every offset to the same character", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(someText, fc.constantFrom("\r\n", "\r", "\r\r\n")), { minLength: 1 }), (parts) => {
        const raw = `x${parts.join("")}`;
        const { text, move } = prepared(raw);
        const before = [...raw];
        const after = [...text];
        before.forEach((character, i) => {
          const dropped = character === "\r" && before[i + 1] === "\n";
          expect(after[move(i)]).toBe(dropped ? "\n" : character);
        });
        expect(move(before.length)).toBe(after.length);
      }),
    );
  });
});

describe("prepareArticle", () => {
  const article = (value: object) => {
    const parsed = parseArticle(value);
    if ("faults" in parsed) throw new Error(parsed.faults[0]?.message);
    return parsed.value;
  };
  const spans = [{ id: "s", start: 4, end: 12, label: "CLAIM", quote: "one\r\ntwo" }];

  it("moves regions, spans and decisions with what was dropped", () => {
    const given = article({
      text: "\ufeff\r\n\r\none\r\ntwo".replace("\r\n\r\n", "\r\n "),
      regions: [{ start: 1, end: 3, role: "headline" }],
      reviews: [{ reviewer: "r", spans }],
      gold: {
        spans,
        decisions: [{ action: "edit", adjudicator: "a", spans, case: { start: 4, end: 12, primary: "LABEL" } }],
      },
    });
    const result = prepareArticle(given);
    if ("faults" in result) throw new Error(result.faults[0]?.message);
    expect(result.notes).toHaveLength(2);
    expect(result.article.regions?.[0]).toMatchObject({ start: 0, end: 1 });
    for (const range of [
      result.article.reviews[0]?.spans[0],
      result.article.gold?.spans[0],
      result.article.gold?.decisions[0]?.case,
    ])
      expect(result.article.text?.slice(range?.start, range?.end)).toBe("one\ntwo");
  });

  it("refuses a span that held nothing but what was dropped", () => {
    const given = article({ text: "a\r\nb", reviews: [{ reviewer: "r", spans: [{ start: 1, end: 2, label: "C" }] }] });
    expect(prepareArticle(given)).toMatchObject({ faults: [{ code: "empty", path: "reviews.0.spans.0" }] });
  });

  it.each([
    ["its own title", { title: " Mine ", text: "First\nSecond" }, "x.txt", " Mine "],
    [
      "the headline's words",
      { text: "Intro\nThe  Weir\nBody", regions: [{ start: 6, end: 15, role: "headline" }] },
      "x.txt",
      "The Weir",
    ],
    ["the file's name", { text: "First\nSecond" }, "desk/0001_weir.txt", "0001_weir"],
    ["the first line", { text: "\n  First\nSecond" }, null, "First"],
  ])("takes %s as the title", (_, given, name, title) => {
    expect(prepareArticle(article(given), name)).toMatchObject({ article: { title } });
  });
});

describe("duplicateKey", () => {
  const key = (text: string, outlet: string | null = "Post", url: string | null = null) =>
    duplicateKey({ text, outlet, url });
  it("is the same for one folded text of one outlet and address", () => {
    expect(key("The “weir” broke.")).toBe(key('the "Weir"\u00a0broke. ', "POST"));
  });
  it("is another for another outlet, address or wording: those are reprints", () => {
    const keys = [key("a"), key("a", "Other"), key("a", "Post", "https://a.example/1"), key("b"), key("a", null)];
    expect(new Set(keys).size).toBe(5);
  });
});
