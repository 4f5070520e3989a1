/** Word documents and PDFs, read in their own thread as an import reads them; each is made here by hand. */
import { describe, expect, it, vi } from "vitest";
import { read } from "../registry";
import { column, docxOf, item, type Paragraph, pdfOf, pdfOfObjects, type Words } from "../testing/office";
import { all, articles, faults } from "../testing/streams";
import { bytesOfBuffer } from "../utf8";
import { askWorker, inTurn } from "./apart";

// Starting the thread takes seconds where the machine is busy.
vi.setConfig({ testTimeout: 60_000 });

const items = (format: "docx" | "pdf", bytes: Uint8Array) => all(read(format, `weir.${format}`, bytesOfBuffer(bytes)));

async function one(format: "docx" | "pdf", bytes: Uint8Array) {
  const found = await items(format, bytes);
  const [article] = articles(found);
  if (!article) throw new Error(JSON.stringify(found));
  const text = [...(article.text ?? "")];
  const regions = article.regions?.map(({ role, start, end }) => [role, text.slice(start, end).join("")]);
  return { ...article, regions, notes: found.flatMap((each) => (each.kind === "article" ? each.notes : [])) };
}

describe("a Word document", () => {
  const styled = (style: string, text: string): Paragraph => ({ style, text });

  it("has its title, standfirst, headings, lists and captions from its styles", async () => {
    const { title, text, regions } = await one(
      "docx",
      docxOf([
        styled("Title", "The weir"),
        styled("Subtitle", "What the council knew"),
        "The weir rose & fell on Friday; <b> is no element, officials said.",
        styled("Heading1", "After the flood"),
        item("One gate"),
        item("Two gates"),
        styled("Caption", "The weir in May"),
        "The end of it\u00a0all came on Monday, 🌊 and all.",
      ]),
    );
    expect(title).toBe("The weir");
    expect(text).toContain("One gate\nTwo gates\n\nThe weir in May\n\nThe end of it\u00a0all");
    expect(regions).toEqual([
      ["headline", "The weir"],
      ["standfirst", "What the council knew"],
      ["body", "The weir rose & fell on Friday; <b> is no element, officials said."],
      ["subheading", "After the flood"],
      ["body", "One gate\nTwo gates"],
      ["caption", "The weir in May"],
      ["body", "The end of it\u00a0all came on Monday, 🌊 and all."],
    ]);
  });

  it("without a title has its first heading as the headline, when it stands first", async () => {
    const { regions } = await one(
      "docx",
      docxOf([styled("Heading1", "The weir"), "It rose on Friday, officials said."]),
    );
    expect(regions?.[0]).toEqual(["headline", "The weir"]);
  });

  it("leaves out what was deleted and what stands in the margin, and keeps what was added", async () => {
    const change = (kind: string, inner: string) => `<w:${kind} w:id="1" w:author="a">${inner}</w:${kind}>`;
    const raw = `<w:p>${change("ins", "<w:r><w:t>The weir rose</w:t></w:r>")}${change("del", "<w:r><w:delText> not</w:delText></w:r>")}<w:r><w:t> on Friday.</w:t></w:r></w:p>`;
    expect((await one("docx", docxOf([{ raw }]))).text).toBe("The weir rose on Friday.");
  });
});

describe("a PDF", () => {
  const first = [
    "The council denied on Thursday that it had been",
    "warned of the damage to the old weir above the",
    "mill, which broke in the night and flooded the har-",
    "bour, the mill, and the well-known market. A well-",
    "known mill by the river stands, and the sluice of",
  ];

  it("is lines joined to paragraphs, over pages too, with the edges of pages set apart, and says what it did", async () => {
    const page = (n: number, words: readonly Words[]): readonly Words[] => [
      { x: 50, y: 30, text: "Kestrel Post" },
      ...words,
      { x: 290, y: 820, text: `Page ${n} of 3` },
    ];
    const { title, text, regions, notes } = await one(
      "pdf",
      pdfOf([
        page(1, [{ x: 50, y: 90, text: "The weir broke", size: 24 }, ...column(50, 130, first)]),
        page(2, [
          ...column(50, 130, ["the mill, which no one had looked at in all that", "time, holds."]),
          ...column(50, 180, ["Another paragraph begins here after a gap, and it", "goes on."]),
        ]),
        page(3, column(50, 130, ["The last page says little."])),
      ]),
    );
    expect(title).toBe("The weir broke");
    expect(text?.split("\n\n")).toEqual([
      "Kestrel Post",
      "The weir broke",
      "The council denied on Thursday that it had been warned of the damage to the old weir above the mill, which broke in the night and flooded the harbour, the mill, and the well-known market. A well-known mill by the river stands, and the sluice of the mill, which no one had looked at in all that time, holds.",
      "Page 1 of 3",
      "Kestrel Post",
      "Another paragraph begins here after a gap, and it goes on.",
      "Page 2 of 3",
      "Kestrel Post",
      "The last page says little.",
      "Page 3 of 3",
    ]);
    expect(regions?.map(([role]) => role)).toEqual([
      "debris",
      "headline",
      "body",
      "debris",
      "body",
      "debris",
      "body",
      "debris",
    ]);
    expect(notes).toEqual([
      "Read from 3 pages of a PDF: lines were joined to paragraphs.",
      "1 word parted by a hyphen at the end of a line was joined.",
      "1 word kept the hyphen at the end of a line, as elsewhere in the document.",
      "6 lines at the edges of pages (headers, footers, page numbers) proposed as debris.",
    ]);
  });

  it("is read column by column, and what stands over both comes first", async () => {
    const left = [
      "The left column begins with",
      "these words of the article, and",
      "goes on for some lines, each of",
      "them as wide as any other in",
      "it, and ends in the middle of",
    ];
    const right = [
      "a sentence at its foot. What",
      "follows stands on the right, at",
      "the same height as the lines of",
      "the left, and would be read",
      "among them by who reads across.",
    ];
    const { text } = await one(
      "pdf",
      pdfOf([
        [
          { x: 50, y: 60, text: "A headline that stands over both of the columns", size: 20 },
          ...column(50, 120, left),
          ...column(320, 120, right),
        ],
      ]),
    );
    expect(text?.split("\n\n")).toEqual([
      "A headline that stands over both of the columns",
      [...left, ...right].join(" "),
    ]);
  });

  it("with pages that are pictures says how many", async () => {
    const { notes } = await one("pdf", pdfOf([column(50, 100, first), []]));
    expect(notes).toContain("1 of 2 pages hold no text, only pictures.");
  });
});

const encrypted =
  "/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <2055c756c72e1ad702608e8196acad447ad32d17cff583235f6dd15fed7dab67> /U <7150bd1da9d292af3627fca6a8dde1d696e25312041aed09059f9daee04353ae> >> /ID [<00><00>]";
const nested = (n: number): Paragraph => ({
  raw: `${"<w:tbl><w:tr><w:tc>".repeat(n)}<w:p/>${"</w:tc></w:tr></w:tbl>".repeat(n)}`,
});
const whole = pdfOf([column(50, 100, ["The weir rose."])]);
const word = docxOf(["The weir rose."]);

it.each<[string, "docx" | "pdf", () => Uint8Array, string]>([
  ["a PDF of pictures", "pdf", () => pdfOf([[], []]), "no-text"],
  ["a PDF behind a password", "pdf", () => pdfOf([column(50, 100, ["The weir rose."])], encrypted), "encrypted"],
  ["a PDF that is cut off", "pdf", () => whole.subarray(0, whole.length - 60), "cut-off"],
  ["half a PDF", "pdf", () => whole.subarray(0, whole.length / 2), "cut-off"],
  ["a text that is no PDF", "pdf", () => Buffer.from("The weir rose. %%EOF"), "not-pdf"],
  [
    "a PDF of noise",
    "pdf",
    () => Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(5000, 0x37), Buffer.from("%%EOF")]),
    "not-pdf",
  ],
  ["a PDF without pages", "pdf", () => pdfOfObjects([Buffer.from("<< /Type /Catalog >>")]), "not-pdf"],
  ["a PDF of too many pages", "pdf", () => pdfOf(Array.from({ length: 1_001 }, () => [])), "too-large"],
  [
    "a Word document of before 2007, or with a password",
    "docx",
    () => Buffer.from("d0cf11e0a1b11ae1000000", "hex"),
    "encrypted",
  ],
  ["a Word document that is cut off", "docx", () => word.subarray(0, word.length - 50), "cut-off"],
  ["a text that is no Word document", "docx", () => Buffer.from("The weir rose."), "not-docx"],
  ["another zip", "docx", () => docxOf([], { "[Content_Types].xml": "" }).subarray(0, 0), "not-docx"],
  ["a Word document of nothing", "docx", () => docxOf([]), "empty"],
  [
    "a Word document with an entity",
    "docx",
    () =>
      docxOf([], {
        "word/document.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document>&a;</w:document>',
      }),
    "xml-entities",
  ],
  [
    "a Word document whose XML is cut off",
    "docx",
    () => docxOf([], { "word/document.xml": "<w:document><w:body><w:p>" }),
    "not-docx",
  ],
  [
    "a Word document that is a bomb",
    "docx",
    () => docxOf([], { "word/document.xml": Buffer.alloc(40 * 1024 * 1024, 0x20) }),
    "too-large",
  ],
  ["a Word document with a name that leads out", "docx", () => docxOf(["x"], { "../../etc/x": "x" }), "bad-name"],
  ["tables in tables in tables", "docx", () => docxOf([nested(20_000)]), "too-large"],
])("%s is refused by name", async (_, format, bytes, code) => {
  const found = faults(await items(format, bytes()));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(code);
});

it("a large page and a large text are read apart, as small ones are at once", async () => {
  const words = `The weir rose on Friday.\n${"It fell again, and nobody at the mill could say why. ".repeat(30_000)}`;
  const page = `<html><h1>The weir</h1><p>${words}</p></html>`;
  const [text] = articles(await all(read("text", "weir.txt", bytesOfBuffer(Buffer.from(words)))));
  expect([text?.title, text?.text === words]).toEqual(["weir", true]);
  const [html] = articles(await all(read("html", "weir.html", bytesOfBuffer(Buffer.from(page)))));
  const shown = `The weir\n\n${words.replace(/\s+/g, " ").trim()}`;
  expect([html?.title, html?.text === shown]).toEqual(["The weir", true]);
  expect(faults(await all(read("html", null, bytesOfBuffer(Buffer.alloc(300_000, 0x20)))))).toEqual(["empty"]);
});

it("what takes too long or too much is ended, and the next document is read", async () => {
  const pages = pdfOf(
    Array.from({ length: 200 }, () =>
      column(
        50,
        60,
        Array.from({ length: 60 }, () => "The weir rose on Friday."),
      ),
    ),
  );
  const ask = (limits: object) =>
    inTurn(() =>
      askWorker({ kind: "pdf", bytes: pages, name: null }, { ms: 30_000, heapMib: 512, growthMib: 768, ...limits }),
    );
  expect(await ask({ ms: 1 })).toMatchObject({ code: "too-slow" });
  const deep = `<< /Type /Catalog /Pages ${"[".repeat(100_000)}${"]".repeat(100_000)} >>`;
  const nested = { kind: "pdf", bytes: pdfOfObjects([Buffer.from(deep)]), name: null } as const;
  const told = await inTurn(() => askWorker(nested, { ms: 3_000, heapMib: 512, growthMib: 768 }));
  expect(["too-slow", "too-large", "not-pdf"]).toContain("code" in told ? told.code : told);
  expect(await ask({ growthMib: 0.1 })).toMatchObject({ code: "too-large" });
  expect(await ask({ heapMib: 8 })).toMatchObject({ code: "too-large" });
  expect(await ask({})).toMatchObject({ article: { length: expect.any(Number) } });
});
