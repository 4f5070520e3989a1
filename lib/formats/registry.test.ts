import { describe, expect, it } from "vitest";
import { nativeJsonSchema } from "./native-wire";
import { formatOfName, inputFormats, isFormat, outputFormats, read, write } from "./registry";
import { all, articles } from "./testing/streams";
import { bytesOf } from "./utf8";

describe("the registry", () => {
  it("offers what interface.md promises", () => {
    expect(inputFormats).toEqual([
      "jsonl",
      "text",
      "html",
      "docx",
      "pdf",
      "csv",
      "label-studio",
      "doccano",
      "brat",
      "webanno-tsv",
      "uima-xmi",
      "uima-json",
      "conll",
      "w3c",
    ]);
    expect(outputFormats).toEqual([
      "jsonl",
      "csv",
      "label-studio",
      "doccano",
      "brat",
      "webanno-tsv",
      "uima-xmi",
      "uima-json",
      "conll",
      "w3c",
      "spacy",
      "parquet",
      "claimreview",
    ]);
  });

  it("knows formats by name, and nothing that an object inherits", () => {
    expect(["jsonl", "toString", "__proto__", "doc"].map(isFormat)).toEqual([true, false, false, false]);
  });

  it.each([
    ["a.JSONL", "jsonl"],
    ["a.txt", "text"],
    ["x/y.htm", "html"],
    ["a.tsv", "csv"],
    ["a.pdf", "pdf"],
    ["a.docx", "docx"],
    ["a.doc", null],
    ["txt", null],
  ])("%s is %s", (name, format) => {
    expect(formatOfName(name)).toBe(format);
  });

  it("reads and writes by name, and throws for what a format cannot do", async () => {
    const given = articles(await all(read("text", "a.txt", bytesOf("Words."))));
    expect(articles(await all(read("csv", null, bytesOf((await all(write("csv", given))).join("")))))).toMatchObject([
      { text: "Words." },
    ]);
    expect(() => write("text", given)).toThrow("text cannot be written");
  });
});

it("the native line has a JSON Schema", () => {
  expect(nativeJsonSchema()).toMatchObject({ type: "object", properties: { text: {}, reviews: {}, offset_unit: {} } });
});
