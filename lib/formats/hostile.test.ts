/** Files that mean harm, or were harmed: a named answer, nothing thrown, nothing kept. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { zipSync } from "fflate";
import { expect, it, vi } from "vitest";
import { type FormatName, read } from "./registry";
import { all, articles, faults } from "./testing/streams";
import { bytesOfBuffer } from "./utf8";
import { readZip, ZIP_LIMITS } from "./zip/read";

const zip = (files: Readonly<Record<string, string | Uint8Array>>): Buffer =>
  Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, data]) => [name, Buffer.from(data)]))));
const ZIPPED: readonly FormatName[] = ["brat", "webanno-tsv", "uima-xmi", "uima-json", "doccano"];
const codes = async (format: FormatName, bytes: Uint8Array | string) =>
  faults(await all(read(format, "x", bytesOfBuffer(Buffer.from(bytes)))));

const good = zip({ "a.txt": "The dam.", "a.ann": "T1\tCLAIM 4 7\tdam\n" });
const bomb = zip({ "a.txt": Buffer.alloc(20 * 1024 * 1024, 0x61), "a.ann": "" });
const entity =
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><x>&b;</x>';

it.each<[string, FormatName, Uint8Array | string, string]>([
  ["a zip bomb", "brat", bomb, "too-large"],
  ["a name that leads out", "brat", zip({ "../../a.txt": "x" }), "bad-name"],
  ["an absolute name", "uima-xmi", zip({ "/etc/a.xmi": "x" }), "bad-name"],
  ["a name with a drive", "webanno-tsv", zip({ "C:\\a.tsv": "x" }), "bad-name"],
  ["a zip that is cut off", "brat", good.subarray(0, good.length - 40), "cut-off"],
  ["a zip that is cut inside a file", "brat", good.subarray(0, 45), "cut-off"],
  ["half a zip of noise", "doccano", Buffer.concat([good.subarray(0, 60), Buffer.alloc(500, 0xff)]), ""],
  ["a text that is no zip", "brat", "T1\tCLAIM 0 1\tx", "not-zip"],
  ["a text without a text", "brat", zip({ "a.ann": "" }), "missing"],
  ["a standoff that is not UTF-8", "brat", zip({ "a.txt": Buffer.from([0xff, 0xfe, 0x41]), "a.ann": "" }), "not-utf8"],
  ["XML with entities", "uima-xmi", entity, "xml-entities"],
  [
    "a billion laughs in the type system",
    "uima-xmi",
    zip({ "TypeSystem.xml": entity, "annotation/d/a.xmi": "<x/>" }),
    "xml-entities",
  ],
  ["XML that is cut off", "uima-xmi", '<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI">', "not-xml"],
  ["other XML", "uima-xmi", "<html/>", "not-xmi"],
  ["JSON that is cut off", "uima-json", '{"%FEATURE_STRUCTURES": [', "not-json"],
  ["a list of tasks that is cut off", "label-studio", '[{"data":{"text":"a b"}},', "cut-off"],
  ["a task that is cut off", "label-studio", '[{"data":{"text":"a', "cut-off"],
  ["tasks in UTF-16", "label-studio", Buffer.from('\ufeff[{"data":{}}]', "utf16le"), "not-json"],
  ["a lone surrogate", "label-studio", '[{"data":{"text":"a \\ud800 b"}}]', "not-well-formed"],
  ["an offset past the end", "doccano", '{"text":"abc","label":[[0,9,"A"]]}', "outside-text"],
  ["an offset that is none", "doccano", '{"text":"abc","label":[["x",null,"A"]]}', "outside-text"],
  ["a header of another version", "webanno-tsv", "#FORMAT=WebAnno TSV 2\n", "not-webanno-tsv"],
  [
    "TSV offsets past the end",
    "webanno-tsv",
    "#FORMAT=WebAnno TSV 3.3\n\n\n#Text=abc\n1-1\t0-99\tabc\t\n",
    "outside-text",
  ],
  [
    "a TSV sentence far away",
    "webanno-tsv",
    "#FORMAT=WebAnno TSV 3.3\n\n\n#Text=abc\n1-1\t900000000-900000003\tabc\t\n",
    "outside-text",
  ],
  ["CoNLL without a label", "conll", "word\n", "not-conll"],
  ["annotations without their text", "w3c", '{"type":"Annotation","target":"urn:x"}', "missing"],
  ["nothing at all", "webanno-tsv", "", "not-webanno-tsv"],
])("%s", async (_, format, bytes, code) => {
  const found = await codes(format, bytes);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(code);
});

it.each(ZIPPED)("an entry twice, in a zip for %s", async (format) => {
  const one = zip({ "aa.txt": "x", "ab.txt": "y" });
  for (let at = one.indexOf("ab.txt"); at !== -1; at = one.indexOf("ab.txt", at)) one.write("aa", at);
  expect(await codes(format, one)).toEqual(["duplicate-id"]);
});

it("a zip's limits hold for entries, for one of them and for all", async () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}.txt`, "abc".repeat(i)]));
  const within = (limits: object) => all(readZip(bytesOfBuffer(zip(many)), () => true, { ...ZIP_LIMITS, ...limits }));
  expect(await within({})).toHaveLength(30);
  await expect(within({ entries: 20 })).rejects.toThrow("more than 20");
  await expect(within({ entry: 50 })).rejects.toThrow("unpacks to more than");
  await expect(within({ total: 300 })).rejects.toThrow("Send it in parts");
});

it.each<[FormatName, string, string]>([
  ["jsonl", '{"text":"', '"}\n'],
  ["csv", 'text\n"', '"\n'],
  ["doccano", '{"text":"', '","label":[]}\n'],
  ["conll", "", "\tO\n"],
  ["w3c", '{"type":"Annotation","body":"', '"}'],
  ["webanno-tsv", "#FORMAT=WebAnno TSV 3.3\n\n\n#Text=", "\n"],
  ["uima-xmi", '<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" a="', '"/>'],
  ["uima-json", '{"%FEATURE_STRUCTURES":["', '"]}'],
  ["html", "<html><p>", ""],
  ["text", "", ""],
  ["docx", "", ""],
  ["pdf", "%PDF-1.7", ""],
])("a line of 40 MiB, in %s", async (format, head, tail) => {
  async function* long() {
    yield Buffer.from(head);
    for (let i = 0; i < 40; i++) yield Buffer.alloc(1024 * 1024, 0x61);
    yield Buffer.from(tail);
  }
  expect(faults(await all(read(format, null, long())))[0]).toContain("too-large");
});

it("what a zip holds waits in a file without a name: nothing stands in the folder while it is read, nor after", async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "gloss-spool-"));
  vi.stubEnv("GLOSS_DATA_DIR", dataDir);
  const left = () => readdirSync(dataDir, { recursive: true });
  // Stored rather than packed, as texts this regular would be taken for a bomb.
  const texts = Array.from({ length: 12 }, (_, i) => `${i} ${"the weir rose. ".repeat(70_000)}`);
  const files = texts.flatMap((text, i) => [
    [`ann/${i}.txt`, text],
    [`ann/${i}.ann`, `T1\tCLAIM 0 ${String(i).length}\t${i}\n`],
  ]);
  const bytes = zipSync(Object.fromEntries(files.map(([name = "", text]) => [name, Buffer.from(text ?? "")])), {
    level: 0,
  });
  const found: string[] = [];
  for await (const item of read("brat", null, bytesOfBuffer(bytes))) {
    expect(left()).toEqual(["uploads"]);
    if (item.kind === "article") found.push(`${item.article.text?.length} ${item.article.reviews[0]?.spans[0]?.end}`);
  }
  expect(found).toEqual(texts.map((text, i) => `${text.length} ${String(i).length}`));
  // Who stops in the middle leaves nothing either.
  for await (const _ of read("brat", null, bytesOfBuffer(bytes))) break;
  expect(left()).toEqual(["uploads"]);
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

it("a very long line and very many of them cost no more than a limit's memory", async () => {
  async function* long() {
    yield Buffer.from('[{"data":{"text":"');
    for (let i = 0; i < 40; i++) yield Buffer.alloc(512 * 1024, 0x61);
    yield Buffer.from('"}}]');
  }
  expect(faults(await all(read("label-studio", null, long())))).toEqual(["1 too-large"]);
  async function* many() {
    for (let i = 0; i < 100; i++) yield Buffer.from("word O\n".repeat(1_000));
  }
  const items = await all(read("conll", null, many()));
  expect(articles(items)[0]?.length).toBe(100_000 * 5 - 1);
});
