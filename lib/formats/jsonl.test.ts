import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JsonlOptions, readJsonl, writeJsonl } from "./jsonl";
import { someArticle } from "./testing/arbitrary";
import { all, articles, chunks, faults } from "./testing/streams";
import { type Bytes, bytesOf } from "./utf8";

const read = (text: string, options?: JsonlOptions) => all(readJsonl(bytesOf(text), options));
const line = (value: object) => `${JSON.stringify(value)}\n`;

describe("a round trip", () => {
  it("gives back every member of every article, extras included, however the bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(someArticle, { maxLength: 3 }),
        fc.integer({ min: 1, max: 50 }),
        async (given, size) => {
          const written = (await all(writeJsonl(given))).join("");
          const back = await all(readJsonl(chunks(Buffer.from(written), size)));
          expect(faults(back)).toEqual([]);
          expect(articles(back)).toEqual(given);
          expect((await all(writeJsonl(articles(back)))).join("")).toBe(written);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("keeps unknown members where they stood, under extra, and again the second time", async () => {
    const given = {
      text: "One two",
      desk: { shelf: 7 },
      regions: [{ start: 0, end: 3, role: "body", x: 1 }],
      reviews: [
        {
          reviewer: "r1",
          mood: "calm",
          spans: [{ id: "s", start: 0, end: 3, label: "CLAIM", tool: [1, null] }],
          links: [{ id: "l", type: "denies", from: "s", to_text: "generic", weight: 0.5 }],
        },
      ],
      gold: { spans: [], decisions: [{ action: "nothing", adjudicator: "a", y: 2 }], z: 3 },
    };
    const once = (await all(writeJsonl(articles(await read(line(given)))))).join("");
    expect(JSON.parse(once)).toMatchObject({
      extra: { desk: { shelf: 7 } },
      regions: [{ extra: { x: 1 } }],
      reviews: [
        { extra: { mood: "calm" }, spans: [{ extra: { tool: [1, null] } }], links: [{ extra: { weight: 0.5 } }] },
      ],
      gold: { extra: { z: 3 }, decisions: [{ extra: { y: 2 } }] },
    });
    expect((await all(writeJsonl(articles(await read(once))))).join("")).toBe(once);
  });

  it("loses nothing where a name stands both beside extra and in it, or extra is no object", async () => {
    for (const [odd, extra] of [
      [
        { text: "a", x: 1, extra: { x: 2, y: 3 } },
        { x: 1, extra: { x: 2, y: 3 } },
      ],
      [
        { text: "a", x: 1, extra: { y: 3 } },
        { x: 1, y: 3 },
      ],
      [{ text: "a", extra: 5 }, { extra: 5 }],
      [{ text: "a", extra: { extra: { a: 1 } } }, { extra: { a: 1 } }],
    ] as const) {
      const [first] = articles(await read(line(odd)));
      expect(first?.extra).toEqual(extra);
      const [again] = articles(await read((await all(writeJsonl(first ? [first] : []))).join("")));
      expect(again).toEqual(first);
    }
  });

  it("carries the project in the first line", async () => {
    const header = {
      gloss: 1,
      project: {
        name: "Weir",
        policies: { reviewers_per_article: 3, blind: true, mine: 1 },
        scheme: { version: 2, labels: [], links: [], coexist: [] },
        guideline: { version: 1, markdown: "# Rules" },
        scheme_versions: [{ version: 1, labels: [] }],
        other: true,
      },
    };
    const items = await read(line(header) + line({ text: "a" }));
    expect(items.map((item) => item.kind)).toEqual(["project", "article"]);
    const project = items[0]?.kind === "project" ? items[0].project : null;
    expect(project?.scheme).toEqual({ version: 2, scheme: { labels: [], links: [], coexist: [] } });
    const [out] = await all(writeJsonl([], project));
    expect(JSON.parse(out ?? "").project).toMatchObject({
      name: "Weir",
      policies: { reviewers_per_article: 3, blind: true, accept_unanimous: null, extra: { mine: 1 } },
      scheme: header.project.scheme,
      guideline: header.project.guideline,
      scheme_versions: header.project.scheme_versions,
      extra: { other: true },
    });
    expect((await all(readJsonl(bytesOf(out ?? ""))))[0]).toEqual(items[0]);
  });
});

describe("offsets", () => {
  it("are code points, and say so", async () => {
    const given = {
      text: "A😀B زن",
      reviews: [{ reviewer: "r", spans: [{ start: 2, end: 3, label: "CLAIM", quote: "B" }] }],
    };
    const [article] = articles(await read(line(given)));
    const [out] = await all(writeJsonl(article ? [article] : []));
    const back = JSON.parse(out ?? "");
    expect(back.offset_unit).toBe("code_point");
    expect(back.reviews[0].spans[0]).toMatchObject({ start: 2, end: 3, quote: "B" });
    expect([...back.text].slice(2, 3).join("")).toBe("B");
  });

  const withSpan = (span: object) =>
    line({ text: "One 😀 two", reviews: [{ reviewer: "r", spans: [{ label: "CLAIM", ...span }] }] });
  it.each([
    ["past the end", { start: 4, end: 10 }, "outside-text"],
    ["empty", { start: 4, end: 4 }, "empty"],
    ["backwards", { start: 5, end: 4 }, "empty"],
    ["negative", { start: -1, end: 4 }, "too-small"],
    ["a fraction", { start: 1.5, end: 4 }, "wrong-type"],
    ["a string", { start: "1", end: 4 }, "wrong-type"],
    ["2^53", { start: 1, end: 2 ** 53 }, "too-big"],
    ["a quote that is not there", { start: 0, end: 3, quote: "Two" }, "quote-mismatch"],
    ["shifted by one, as UTF-16 would", { start: 7, end: 9, quote: "two" }, "quote-mismatch"],
  ])("%s are refused", async (_, span, code) => {
    expect(faults(await read(withSpan(span))).map((f) => f.split(" ")[1])).toEqual([code]);
  });

  it("names what was expected and what was there", async () => {
    const [item] = await read(withSpan({ start: 0, end: 3, quote: "Two" }));
    expect(item).toMatchObject({
      kind: "fault",
      faults: [{ path: "reviews.0.spans.0.quote", expected: "One", actual: "Two" }],
    });
  });

  it("in another unit are refused", async () => {
    expect(faults(await read(line({ text: "a", offset_unit: "utf16" })))).toEqual(["1 bad-value offset_unit"]);
  });
});

/** An orphan, as what a review was carried over with says it. */
const orphan = (more: object, ...others: readonly object[]) => {
  const one = { span: "c", kind: "orphan", score: 0, from: "b", from_article: "a", start: 0, end: 3, quote: "abc" };
  const carried = [{ ...one, content: { label: "C" }, ...more }];
  return line({ text: "abcdef", reviews: [...others, { reviewer: "r", carried }] });
};

describe("a bad line", () => {
  const good = line({ text: "Good." });
  it.each<[string, string, string]>([
    ["not JSON", "{oops\n", "2 not-json"],
    ["cut off", '{"text": "a\n', "2 not-json"],
    ["not an object", "[1]\n", "2 not-json"],
    ["no text", line({ title: "x" }), "2 missing text"],
    ["only a length", line({ length: 5 }), "2 missing text"],
    ["an empty text", line({ text: "" }), "2 empty text"],
    ["NUL", line({ text: "a\0b" }), "2 not-well-formed text"],
    ["a lone surrogate", '{"text": "a\\ud800b"}\n', "2 not-well-formed text"],
    [
      "NUL in an attribute",
      line({
        text: "a",
        reviews: [{ reviewer: "r", spans: [{ start: 0, end: 1, label: "C", attributes: { a: "\0" } }] }],
      }),
      "2 not-well-formed reviews.0.spans.0.attributes.a",
    ],
    ["NUL in an unknown member's name", '{"text": "a", "b\\u0000": 1}\n', "2 not-well-formed"],
    ["a wrong hash", line({ text: "a", text_sha256: "0".repeat(64) }), "2 hash-mismatch text_sha256"],
    ["a wrong length", line({ text: "a", length: 2 }), "2 length-mismatch length"],
    [
      "an unknown role",
      line({ text: "a", regions: [{ start: 0, end: 1, role: "poem" }] }),
      "2 bad-value regions.0.role",
    ],
    [
      "overlapping regions",
      line({
        text: "abc",
        regions: [
          { start: 0, end: 2, role: "body" },
          { start: 1, end: 3, role: "body" },
        ],
      }),
      "2 overlap regions.1",
    ],
    [
      "a reviewer twice",
      line({ text: "a", reviews: [{ reviewer: "r" }, { reviewer: "r" }] }),
      "2 duplicate-reviewer reviews.1.reviewer",
    ],
    [
      "a span id twice",
      line({
        text: "a",
        reviews: [
          { reviewer: "r", spans: [{ id: "s", start: 0, end: 1, label: "C" }] },
          { reviewer: "q", spans: [{ id: "s", start: 0, end: 1, label: "C" }] },
        ],
      }),
      "2 duplicate-id reviews.1.spans",
    ],
    [
      "a link from nowhere",
      line({ text: "a", reviews: [{ reviewer: "r", links: [{ type: "denies", from: "x", to: "y" }] }] }),
      "2 unknown-span reviews.0.links.0.from",
    ],
    [
      "a link to nothing",
      line({
        text: "a",
        reviews: [
          { reviewer: "r", spans: [{ id: "s", start: 0, end: 1, label: "C" }], links: [{ type: "denies", from: "s" }] },
        ],
      }),
      "2 link-not-allowed reviews.0.links.0",
    ],
    ["a bad date", line({ text: "a", published_date: "4 Oct" }), "2 bad-value published_date"],
    ["nested too deep", `{"text": "a", "x": ${"[".repeat(100)}${"]".repeat(100)}}\n`, "2 too-deep"],
    [
      "a candidate that ends before it starts",
      orphan({ candidates: [{ start: 5, end: 2, score: 0.5 }] }),
      "2 empty reviews.0.carried.0.candidates.0",
    ],
    [
      "a candidate past the end",
      orphan({ candidates: [{ start: 5, end: 7, score: 0.5 }] }),
      "2 outside-text reviews.0.carried.0.candidates.0",
    ],
    [
      "more candidates than are told",
      orphan({ candidates: Array.from({ length: 6 }, () => ({ start: 0, end: 1, score: 0.5 })) }),
      "2 too-big reviews.0.carried.0.candidates",
    ],
    ["an offset that no database holds", orphan({ end: 5e9 }), "2 too-big reviews.0.carried.0.end"],
    ["a carried quote of another length", orphan({ quote: "ab" }), "2 quote-mismatch reviews.0.carried.0.quote"],
    [
      "attributes that are none",
      orphan({ content: { label: "C", attributes: 7 } }),
      "2 wrong-type reviews.0.carried.0.content.attributes",
    ],
    [
      "accepted offers that are none",
      orphan({ content: { label: "C", accepted: 5 } }),
      "2 wrong-type reviews.0.carried.0.content.accepted",
    ],
    [
      "a carried mark with the id of another's span",
      orphan({}, { reviewer: "q", spans: [{ id: "c", start: 0, end: 1, label: "C" }] }),
      "2 duplicate-id reviews.1.carried",
    ],
    ["a second header", line({ gloss: 1, project: { name: "x" } }), "2 misplaced-header gloss"],
  ])("%s is named, and the others are read", async (_, bad, expected) => {
    const items = await read(good + bad + good);
    expect(faults(items).map((f) => f.replace(/( too-deep).*/, "$1"))).toEqual([expected]);
    expect(articles(items)).toHaveLength(2);
  });

  it("of another version of the format is refused", async () => {
    expect(faults(await read(line({ gloss: 2, project: { name: "x" } })))).toEqual(["1 bad-value gloss"]);
  });

  it("57 of 1,000 is line 57, with an excerpt", async () => {
    const lines = Array.from({ length: 1000 }, (_, i) =>
      i === 56 ? '{"text": "x", "title": }\n' : line({ text: `Text ${i}` }),
    );
    const items = await read(lines.join(""));
    expect(articles(items)).toHaveLength(999);
    expect(items[56]).toMatchObject({
      kind: "fault",
      line: 57,
      faults: [{ line: 57, code: "not-json", excerpt: expect.stringContaining('"title": }') }],
    });
  });

  it("of 20 MB is named without being kept", async () => {
    const piece = Buffer.alloc(1024 * 1024, "a");
    async function* stream(): Bytes {
      yield Buffer.from(good);
      yield Buffer.from('{"text": "');
      for (let i = 0; i < 20; i++) yield piece;
      yield Buffer.from(`"}\n${good}`);
    }
    const items = await all(readJsonl(stream()));
    expect(faults(items)).toEqual(["2 too-large"]);
    expect(articles(items)).toHaveLength(2);
  });

  it("of exactly the limit is read, with CRLF too", async () => {
    const exact = '{"text":"abcdef"}';
    for (const end of ["", "\n", "\r\n"])
      expect(articles(await read(exact + end, { longestLine: exact.length }))).toHaveLength(1);
    expect(faults(await read(`${exact}\n`, { longestLine: exact.length - 1 }))).toEqual(["1 too-large"]);
  });

  it("that is not UTF-8 names the byte", async () => {
    const bytes = Buffer.concat([
      Buffer.from(good),
      Buffer.from('{"text": "caf'),
      Buffer.from([0xe9]),
      Buffer.from('"}\n'),
    ]);
    const [, item] = await all(readJsonl(chunks(bytes, 7)));
    expect(item).toMatchObject({
      kind: "fault",
      line: 2,
      faults: [{ code: "not-utf8", actual: 13, message: expect.stringContaining("0xE9") }],
    });
  });
});

describe("the file", () => {
  it("may have a BOM, CRLF between lines, blank lines and no last LF", async () => {
    const items = await read(
      `\ufeff${JSON.stringify({ text: "One\r\n" })}\r\n\r\n${JSON.stringify({ text: "\ufeffTwo" })}`,
    );
    expect(articles(items).map((a) => a.text)).toEqual(["One\r\n", "\ufeffTwo"]);
    expect(items.map((item) => (item.kind === "article" ? [item.line, item.notes.length] : null))).toEqual([
      [1, 1],
      [3, 0],
    ]);
  });

  it("may be empty", async () => {
    expect(await read("")).toEqual([]);
  });

  it("may give a length for the text where that is allowed", async () => {
    const given = line({
      id: "a",
      length: 9,
      reviews: [{ reviewer: "r", spans: [{ start: 0, end: 9, label: "C", quote: "unchecked" }] }],
    });
    const items = await read(given, { allowLength: true });
    expect(articles(items)[0]).toMatchObject({ text: null, length: 9, textSha256: null });
    expect(faults(await read(given.replace('"end":9', '"end":10'), { allowLength: true }))).toEqual([
      "1 outside-text reviews.0.spans.0",
    ]);
  });
});
