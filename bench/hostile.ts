/**
 * `npm run bench -- hostile`: files that mean harm, in the sizes that were promised, each read in a process of its own: what is
 * answered, how long it takes, and the most memory beyond that of a process which reads one small file. Nothing is written to disk.
 */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { crc32, deflateRawSync, constants as zlib } from "node:zlib";
import type { ReadItem } from "../lib/formats/native";
import { type FormatName, read } from "../lib/formats/registry";
import { docxOf, pdfOf, pdfOfObjects } from "../lib/formats/testing/office";
import { option } from "./support/database";

const MIB = 1024 * 1024;

type Case = {
  readonly what: string;
  readonly format: FormatName;
  readonly bytes: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
};

function* repeated(head: string, piece: string | Buffer, times: number, tail = ""): Generator<Uint8Array> {
  const one = Buffer.from(piece);
  if (head) yield Buffer.from(head);
  for (let n = 0; n < times; n++) yield one;
  if (tail) yield Buffer.from(tail);
}

function* lines(count: number, line: (n: number) => string): Generator<Uint8Array> {
  for (let from = 0; from < count; from += 1_000) {
    let part = "";
    for (let n = from; n < Math.min(count, from + 1_000); n++) part += `${line(n)}\n`;
    yield Buffer.from(part);
  }
}

const LONG = "a".repeat(MIB);
const longLine = (format: FormatName, head: string, tail: string): Case => ({
  what: `${format}: one line of 200 MB`,
  format,
  bytes: () => repeated(head, LONG, 200, tail),
});

/** Blocks that end on a byte can stand after one another as often as one likes. */
const flat = (gib: number): Buffer => {
  const block = deflateRawSync(Buffer.alloc(64 * MIB, 0x61), { level: 9, finishFlush: zlib.Z_FULL_FLUSH });
  return Buffer.concat([...Array.from({ length: gib * 16 }, () => block), Buffer.from([0x03, 0x00])]);
};

/** Entries with data descriptors, as a writer that streams makes them. */
function zipEntry(name: string, packed: Uint8Array, method: 0 | 8): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(method, 8);
  if (method === 0) header.writeUInt32LE(crc32(packed), 14);
  header.writeUInt32LE(packed.length, 18);
  header.writeUInt32LE(packed.length, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name), packed]);
}

const X = Buffer.from("x");

function* entries(count: number, entry: (n: number) => Buffer, atOnce: number): Generator<Uint8Array> {
  for (let from = 0; from < count; from += atOnce)
    yield Buffer.concat(Array.from({ length: Math.min(atOnce, count - from) }, (_, i) => entry(from + i)));
}

const zlibbed = (raw: Buffer): Buffer => Buffer.concat([Buffer.from([0x78, 0xda]), raw, Buffer.alloc(4)]);

const flateBomb = (): Buffer => {
  const stream = zlibbed(flat(10));
  return pdfOfObjects([
    Buffer.from("<< /Type /Catalog /Pages 2 0 R >>"),
    Buffer.from("<< /Type /Pages /Count 1 /Kids [3 0 R] >>"),
    Buffer.from("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"),
    Buffer.concat([
      Buffer.from(`<< /Filter /FlateDecode /Length ${stream.length} >>\nstream\n`),
      stream,
      Buffer.from("\nendstream"),
    ]),
  ]);
};

const deep = "[".repeat(1_000_000);
const entity = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${"abcdefghij"[i + 1]} "${`&${"abcdefghij"[i]};`.repeat(10)}">`).join("")}]><x>&j;</x>`;
const spans = (count: number, span: (n: number) => object) =>
  `${JSON.stringify({ text: "The weir rose on Friday.", reviews: [{ reviewer: "a", spans: Array.from({ length: count }, (_, n) => span(n)) }] })}\n`;

const CASES: readonly Case[] = [
  { what: "nothing but a small file", format: "text", bytes: () => [Buffer.from("The weir rose.")] },
  longLine("jsonl", '{"text":"', '"}\n'),
  longLine("csv", 'text\n"', '"\n'),
  longLine("label-studio", '[{"data":{"text":"', '"}}]'),
  longLine("doccano", '{"text":"', '","label":[]}\n'),
  longLine("conll", "", "\tO\n"),
  longLine("w3c", '{"type":"Annotation","body":"', '"}'),
  longLine("webanno-tsv", "#FORMAT=WebAnno TSV 3.3\n\n\n#Text=", "\n"),
  longLine("uima-xmi", '<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" a="', '"/>'),
  longLine("uima-json", '{"%FEATURE_STRUCTURES":["', '"]}'),
  longLine("html", "<html><p>", ""),
  longLine("text", "", ""),
  {
    what: "jsonl: a million articles",
    format: "jsonl",
    bytes: () => lines(1_000_000, (n) => `{"title":"${n}","text":"The weir rose ${n} times."}`),
  },
  {
    what: "jsonl: a million broken lines",
    format: "jsonl",
    bytes: () => lines(1_000_000, (n) => `{"title":"${n}","text":`),
  },
  {
    what: "csv: a million records",
    format: "csv",
    bytes: () =>
      repeated("title,text\n", Buffer.concat([...lines(1_000, (n) => `t${n},The weir rose ${n} times.`)]), 1_000),
  },
  { what: "conll: a million lines", format: "conll", bytes: () => repeated("", "word\tO\n".repeat(1_000), 1_000) },
  { what: "text: a million lines", format: "text", bytes: () => repeated("", "a line\n".repeat(1_000), 1_000) },
  {
    what: "jsonl: 100 MB of UTF-16",
    format: "jsonl",
    bytes: () => repeated("", Buffer.from(`{"text":"${"weir ".repeat(2_000)}"}\n`, "utf16le"), 5_000),
  },
  {
    what: "csv: 100 MB of Latin-1",
    format: "csv",
    bytes: () => repeated("text\n", Buffer.from(`${"caf\u00e9 ".repeat(2_000)}\n`, "latin1"), 10_000),
  },
  {
    what: "jsonl: 100,000 spans with one id",
    format: "jsonl",
    bytes: () => [Buffer.from(spans(100_000, () => ({ id: "a", start: 0, end: 3, label: "CLAIM" })))],
  },
  {
    what: "jsonl: 100,000 offsets past the end",
    format: "jsonl",
    bytes: () => [Buffer.from(spans(100_000, (n) => ({ id: `s${n}`, start: 9e9 + n, end: 9e15, label: "CLAIM" })))],
  },
  { what: "brat: a zip of 10 MB that unpacks to 10 GB", format: "brat", bytes: () => [zipEntry("a.txt", flat(10), 8)] },
  { what: "doccano: the same of JSON lines", format: "doccano", bytes: () => [zipEntry("a.jsonl", flat(10), 8)] },
  {
    what: "brat: a zip of a million files",
    format: "brat",
    bytes: () => entries(1_000_000, (n) => zipEntry(`${n}.txt`, X, 0), 1_000),
  },
  {
    what: "brat: a zip with ../../etc/passwd.txt",
    format: "brat",
    bytes: () => [zipEntry("../../etc/passwd.txt", Buffer.from("x"), 0)],
  },
  {
    what: "brat: 200 MB in texts of 10 MB, cut off",
    format: "brat",
    bytes: () => entries(20, (n) => zipEntry(`${n}.txt`, Buffer.alloc(10 * MIB, 0x61 + n), 0), 1),
  },
  { what: "uima-xmi: a billion laughs", format: "uima-xmi", bytes: () => [Buffer.from(entity)] },
  {
    what: "uima-json: a million brackets",
    format: "uima-json",
    bytes: () => [Buffer.from(`{"%FEATURE_STRUCTURES":${deep}`)],
  },
  { what: "html: a million nested div", format: "html", bytes: () => repeated("<html>", "<div>".repeat(1_000), 1_000) },
  {
    what: "docx: 40 MB of XML from 40 kB",
    format: "docx",
    bytes: () => [docxOf([], { "word/document.xml": Buffer.alloc(40 * MIB, 0x20) })],
  },
  {
    what: "docx: 10 MB that unpack to 10 GB",
    format: "docx",
    bytes: () => [zipEntry("word/document.xml", flat(10), 8)],
  },
  {
    what: "docx: 20,000 tables in each other",
    format: "docx",
    bytes: () => [
      docxOf([{ raw: `${"<w:tbl><w:tr><w:tc>".repeat(20_000)}<w:p/>${"</w:tc></w:tr></w:tbl>".repeat(20_000)}` }]),
    ],
  },
  { what: "pdf: 10,000 pages", format: "pdf", bytes: () => [pdfOf(Array.from({ length: 10_000 }, () => []))] },
  { what: "pdf: a page of 10 MB that unpacks to 10 GB", format: "pdf", bytes: () => [flateBomb()] },
  {
    what: "pdf: a million brackets",
    format: "pdf",
    bytes: () => [pdfOfObjects([Buffer.from(`<< /Type /Catalog /Pages ${deep} >>`)])],
  },
];

type Told = { readonly answer: string; readonly seconds: number; readonly peak: number };

async function one({ format, bytes }: Case): Promise<Told> {
  let articles = 0;
  let faults = 0;
  let first = "";
  // What makes the file is not what is measured.
  const made = bytes();
  const source = Symbol.asyncIterator in made ? made : fromSync(made);
  const started = performance.now();
  for await (const item of read(format, `x.${format}`, source) as AsyncIterable<ReadItem>) {
    if (item.kind === "article") articles++;
    if (item.kind !== "fault") continue;
    faults++;
    first ||= item.faults[0]?.code ?? "";
  }
  const seconds = (performance.now() - started) / 1000;
  const answer = [
    articles > 0 ? `${articles.toLocaleString("en")} read` : "",
    faults > 0 ? `${first}${faults > 1 ? `, ${faults.toLocaleString("en")} times` : ""}` : "",
  ];
  return { answer: answer.filter(Boolean).join("; "), seconds, peak: process.resourceUsage().maxRSS / 1024 };
}

async function* fromSync(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

const apart = (n: number): Promise<Told> =>
  new Promise((done, fail) => {
    const child = fork(fileURLToPath(import.meta.url), ["--case", String(n)], {
      execArgv: ["--import", new URL("../bin/tsx.mjs", import.meta.url).href],
    });
    child.once("message", (told) => done(told as Told));
    child.once("exit", (code) => (code === 0 ? undefined : fail(new Error(`case ${n} ended with ${code}`))));
  });

const own = option("case", -1);
const found = CASES[own];
if (found) {
  process.send?.(await one(found));
  process.exit(0);
}

const idle = (await apart(0)).peak;
const rows: string[][] = [];
for (const [n, { what }] of CASES.entries()) {
  if (n === 0) continue;
  const told = await apart(n).catch((error: unknown): Told => ({ answer: String(error), seconds: 0, peak: 0 }));
  rows.push([what, told.answer, told.seconds.toFixed(1), Math.max(0, told.peak - idle).toFixed(0)]);
  console.error(rows.at(-1)?.join(" | "));
}
console.log("| what | answer | seconds | MB at most |\n|---|---|---|---|");
for (const row of rows) console.log(`| ${row.join(" | ")} |`);
console.log(`A process that reads a small file: ${idle.toFixed(0)} MB.`);
