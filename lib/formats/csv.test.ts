import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CSV_LOSSES, writeCsv } from "./csv";
import { defuse, restore } from "./csv-cells";
import { OWN_COLUMNS } from "./csv-columns";
import { readCsv } from "./csv-read";
import { fitTo } from "./losses";
import { type NativeArticle, NO_EXTRA } from "./native";
import { someArticle, someText } from "./testing/arbitrary";
import { all, articles, chunks, faults, notes } from "./testing/streams";
import { bytesOf } from "./utf8";

const read = (text: string, textColumn: string | null = null) => all(readCsv(bytesOf(text), null, { textColumn }));
const written = async (...given: NativeArticle[]) => (await all(writeCsv(given))).join("");

describe("a cell that a spreadsheet would run", () => {
  it.each([
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "   +1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "﹦1",
    "harmless\n=2",
    "harmless\r\n =2",
    '=HYPERLINK("http://a.example?"&A1,"x")',
    "'=1",
    "''=1",
    "-",
    "'- said",
    "\tplain",
    "-2+3+cmd|' /C calc'!A0",
  ])("%j begins with an apostrophe, line by line, and comes back", (cell) => {
    const safe = defuse(cell);
    expect(safe).not.toMatch(/(?:^|[\r\n])[\s\u200b\ufeff]*[=+\-@＝＋－＠﹦]/);
    expect(safe).not.toMatch(/^[\t\r\n]/);
    expect(restore(safe)).toBe(cell);
  });

  it.each(["", "plain", "it's", "'quoted'", "a=b", "1-2", "a\nb", "a\n\nb", "שלום", "😀", "(=1)", '"=1"'])(
    "%j is left alone",
    (cell) => {
      expect(defuse(cell)).toBe(cell);
      expect(restore(cell)).toBe(cell);
    },
  );

  it("comes back whatever it is", () => {
    const nasty = fc.array(
      fc.constantFrom("'", "=", "+", "-", "@", "\t", "\r", "\n", " ", "\u00a0", "＝", "a", '"', ","),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          nasty.map((parts) => parts.join("")),
          fc.string(),
          someText,
        ),
        (cell) => {
          expect(restore(defuse(cell))).toBe(cell);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

const kept = (article: NativeArticle) => fitTo(article, CSV_LOSSES).article;

describe("our own CSV", () => {
  it("is RFC 4180 with one span a row, and no cell is a formula", async () => {
    const [article] = fc.sample(someArticle, { numRuns: 1, seed: 7 });
    if (!article) throw new Error("no article");
    const span = {
      id: "s1",
      start: 0,
      end: 4,
      label: "CLAIM",
      quote: "=1+2",
      attributes: { hedge: "@x" },
      note: "-",
      uncertain: true,
      schemeVersion: 1,
      guidelineVersion: 2,
      extra: NO_EXTRA,
    };
    const review = {
      reviewer: "+r",
      status: "submitted" as const,
      notBlind: false,
      submittedAt: null,
      skipReason: null,
      spans: [span, { ...span, id: "s2" }],
      links: [{ id: "l", type: "denies", from: "s1", to: null, toText: "=no", extra: NO_EXTRA }],
      submissions: [],
      extra: NO_EXTRA,
    };
    const given = {
      ...article,
      title: "=title",
      text: '=1+2, "said"\r\n-3',
      length: 16,
      reviews: [review, { ...review, reviewer: "none", spans: [], links: [] }],
      gold: null,
    };
    const csv = await written(given);
    const rows: string[][] = parse(csv, { record_delimiter: "\r\n" });
    expect(rows[0]).toEqual(OWN_COLUMNS);
    expect(rows).toHaveLength(4);
    const column = (name: string) => rows.slice(1).map((row) => row[OWN_COLUMNS.indexOf(name)]);
    expect(column("quote")).toEqual(["'=1+2", "'=1+2", ""]);
    expect(column("offset_unit")).toEqual(["code_point", "code_point", ""]);
    expect(column("text")).toEqual([`'=1+2, "said"\r\n'-3`, "", ""]);
    expect(column("reviewer")).toEqual(["'+r", "'+r", "none"]);
    expect(column("status")).toEqual(["submitted", "submitted", "submitted"]);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[\s\u00a0]*[=+\-@]/);
    expect(articles(await read(csv)).map(kept)).toEqual([{ ...kept(given), textSha256: expect.any(String) }]);
  });

  it("says what it leaves out", async () => {
    const [article] = fc.sample(someArticle, { numRuns: 1, seed: 3 });
    if (!article) throw new Error("no article");
    expect(fitTo(kept(article), CSV_LOSSES).lost).toEqual([]);
    expect(
      fitTo({ ...article, regions: [{ start: 0, end: 1, role: "body", reason: null, extra: NO_EXTRA }] }, CSV_LOSSES)
        .lost,
    ).toContain("regions");
  });

  it("refuses a span that no longer cuts its quote out of the text", async () => {
    const [article] = fc.sample(someArticle, { numRuns: 1, seed: 7 });
    const span = {
      id: "s",
      start: 0,
      end: 1,
      label: "C",
      quote: "not this",
      attributes: {},
      note: "",
      uncertain: false,
      schemeVersion: null,
      guidelineVersion: null,
      extra: NO_EXTRA,
    };
    if (!article) throw new Error("no article");
    await expect(
      written({ ...article, gold: { spans: [span], links: [], decisions: [], extra: NO_EXTRA } }),
    ).rejects.toThrow("quote");
  });

  it("names a bad row by its line", async () => {
    const [article] = fc.sample(someArticle, { numRuns: 1, seed: 7 });
    if (!article) throw new Error("no article");
    const span = {
      id: "s",
      start: 0,
      end: 1,
      label: "C",
      quote: null,
      attributes: {},
      note: "",
      uncertain: false,
      schemeVersion: null,
      guidelineVersion: null,
      extra: NO_EXTRA,
    };
    const csv = await written({
      ...article,
      text: "Two lines\nof text",
      length: 17,
      textSha256: null,
      reviews: [],
      gold: { spans: [span], links: [], decisions: [], extra: NO_EXTRA },
    });
    expect(faults(await read(csv.replace('"0","1"', '"0","x"')))).toEqual(["2 bad-value end"]);
    expect(faults(await read(csv.replace('"0","1"', '"0","99"')))).toEqual(["2 outside-text gold.spans.0"]);
    expect(faults(await read(csv.replace('"T"', '"U"')))).toEqual(["2 quote-mismatch gold.spans.0.quote"]);
  });
});

describe("CSV of articles", () => {
  it("takes the text, the metadata under their usual names, and the rest as extra", async () => {
    const [article] = articles(
      await read(
        'ID,Headline,Body,Source,Author,Published at,Lang,Desk\n7,The weir,"One, ""two""\n\n=three",Post,A. Writer,4 October 2018,en,city\n',
      ),
    );
    expect(article).toMatchObject({
      id: "7",
      title: "The weir",
      text: 'One, "two"\n\n=three',
      outlet: "Post",
      author: "A. Writer",
      published: "4 October 2018",
      publishedDate: "2018-10-04",
      publishedPrecision: "day",
      language: "en",
      extra: { Desk: "city" },
      regions: null,
    });
  });

  it("takes nothing away from other people's cells", async () => {
    expect(articles(await read("text\n'=1 said\n"))[0]?.text).toBe("'=1 said");
  });

  it.each([
    ["comma", "title,text\na,b\n"],
    ["semicolon", "title;text\na;b\n"],
    ["tab", "title\ttext\na\tb\n"],
    ["CRLF and a BOM", "\ufefftitle,text\r\na,b\r\n"],
    ["blank lines", "title,text\n\na,b\n\n"],
    ["no last line end", "title,text\na,b"],
    ["quoted names", '"title","text"\n"a","b"\n'],
  ])("%s", async (_, csv) => {
    const items = await read(csv);
    expect(faults(items)).toEqual([]);
    expect(articles(items)).toMatchObject([{ title: "a", text: "b" }]);
  });

  it("finds the text where no column is called so, and says it", async () => {
    const items = await read(`n,story text\n1,${"many words of running text ".repeat(5)}\n`);
    expect(articles(items)).toHaveLength(1);
    expect(notes(items)[0]).toContain("story text");
    expect(articles(await read("n,words\n1,short\n", "Words"))).toMatchObject([{ text: "short", extra: { n: "1" } }]);
    expect(faults(await read("n,words\n1,short\n"))).toEqual(["1 missing text"]);
    expect(faults(await read("n,words\n1,short\n", "wrods"))).toEqual(["1 missing text"]);
  });

  it.each([
    ["too many cells", "text,title\na,b\nc,d,e\nf,g\n", ["3 not-csv"], 2],
    ["no text", "text,title\n,b\nf,g\n", ["2 missing text"], 1],
    ["NUL", "text\na\nb\0\nc\n", ["3 not-well-formed text"], 2],
    ["a quote in the open", 'text,title\na,b\nc"d",e\n', ["3 not-csv"], 1],
    ["a quote that is not closed", 'text,title\n"a\nb",c\n"d\n', ["4 not-csv"], 1],
    ["nothing", "", [], 0],
    ["a header only", "text,title\n", [], 0],
  ])("%s: named by its line, the others read", async (_, csv, expected, count) => {
    const items = await read(csv);
    expect(faults(items)).toEqual(expected);
    expect(articles(items)).toHaveLength(count);
  });

  it("that is not UTF-8 names the byte", async () => {
    const [item] = await all(
      readCsv(chunks(Buffer.from([0x74, 0x65, 0x78, 0x74, 0x0a, 0x63, 0xe9, 0x0a]), 3), "a.csv"),
    );
    expect(item).toMatchObject({ kind: "fault", file: "a.csv", faults: [{ code: "not-utf8", actual: 6 }] });
  });

  it("with a record of 17 MiB stops there", async () => {
    async function* stream() {
      yield Buffer.from("text\nfirst\n");
      for (let i = 0; i < 17; i++) yield Buffer.alloc(1024 * 1024, "a");
    }
    const items = await all(readCsv(stream(), null));
    expect(faults(items)).toEqual(["3 too-large"]);
    expect(articles(items)).toHaveLength(1);
  });
});
