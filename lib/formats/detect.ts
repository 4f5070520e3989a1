/** Which formats a file's first bytes may be of, with the reason, surest first. */
import { type FormatName, formatOfName, formats, inputFormats } from "./registry";
import { isZip } from "./zip/read";

export type Candidate = { readonly format: FormatName; readonly reason: string };

/** So many bytes are looked at. */
export const HEAD = 64 * 1024;

export function detect(head: Uint8Array, name: string | null): readonly Candidate[] {
  const found = isZip(head)
    ? inZip(head)
    : inText(
        Buffer.from(head)
          .toString("utf8")
          .replace(/^\ufeff/, "")
          .trimStart(),
      );
  const byName = formatOfName(name ?? "");
  const named: readonly Candidate[] =
    byName !== null && (formats[byName].zipped === true || !isZip(head))
      ? [{ format: byName, reason: "the file's name" }]
      : [];
  const all = [...found, ...named].filter(({ format }) => inputFormats.includes(format));
  return all.filter((one, i) => all.findIndex((other) => other.format === one.format) === i);
}

const ENTRY = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

/** Names of the entries that begin in the first bytes. */
function entriesIn(head: Buffer): readonly string[] {
  const names: string[] = [];
  for (let at = head.indexOf(ENTRY); at !== -1 && at + 30 <= head.length; at = head.indexOf(ENTRY, at + 4)) {
    const length = head.readUInt16LE(at + 26);
    names.push(head.subarray(at + 30, at + 30 + length).toString("utf8"));
  }
  return names;
}

function inZip(head: Uint8Array): readonly Candidate[] {
  const names = entriesIn(Buffer.from(head));
  const holds = (ending: RegExp) => names.some((name) => ending.test(name));
  const rules: readonly (readonly [RegExp, FormatName, string])[] = [
    [/^word\/|^\[Content_Types\]\.xml$/, "docx", "a zip with a Word document's parts"],
    [/\.(?:ann|a1|a2)$|(?:^|\/)annotation\.conf$/, "brat", "a zip with .ann files"],
    [/\.tsv$/, "webanno-tsv", "a zip with .tsv files"],
    [/\.xmi$|TypeSystem\.xml$/, "uima-xmi", "a zip with XMI or a type system"],
    [/(?:^|\/)(?:annotation|curation)\/.*\.zip$/, "uima-xmi", "an INCEpTION project's documents"],
    [/\.jsonl$/, "doccano", "a zip with JSON lines, as doccano exports them"],
    [/\.json$/, "uima-json", "a zip with JSON documents"],
    [/\.txt$/, "brat", "a zip with .txt files"],
  ];
  return rules.flatMap(([ending, format, reason]) => (holds(ending) ? [{ format, reason }] : []));
}

const has = (words: string, ...names: readonly string[]): boolean => names.every((name) => words.includes(`"${name}"`));

function inText(words: string): readonly Candidate[] {
  const candidates: Candidate[] = [];
  const add = (format: FormatName, reason: string, sure: boolean) => {
    if (sure) candidates.push({ format, reason });
  };
  add("pdf", "it begins as a PDF does", words.slice(0, 1024).includes("%PDF-"));
  add("webanno-tsv", "its first line, #FORMAT=WebAnno TSV", words.startsWith("#FORMAT=WebAnno TSV"));
  add("conll", "its columns are declared as in CoNLL-U Plus", words.startsWith("# global.columns"));
  add(
    "conll",
    "lines of words with B-, I- and O",
    /^(?:-DOCSTART-|#.*\n)?(?:.*\n){0,20}?\S+[\t ](?:.*[\t ])?(?:[BI]-\S+|O)[\t ]*\r?\n/.test(words.slice(0, 4000)) &&
      !/^[[{<]/.test(words),
  );
  if (words.startsWith("<")) {
    add("uima-xmi", "it is XMI", words.includes("xmi:XMI") || words.includes("http://www.omg.org/XMI"));
    add("html", "it begins as a web page does", /^<(?:!doctype html|html)/i.test(words));
  }
  if (!/^[[{]/.test(words)) return candidates;
  add("uima-json", "a CAS in JSON (%FEATURE_STRUCTURES)", has(words, "%FEATURE_STRUCTURES") || has(words, "%TYPES"));
  add("w3c", "Web Annotations (anno.jsonld)", words.includes("anno.jsonld") || has(words, "TextQuoteSelector"));
  add(
    "label-studio",
    "tasks with data and annotations",
    has(words, "data") && (has(words, "annotations") || has(words, "completions") || has(words, "predictions")),
  );
  add("label-studio", "tasks as JSON_MIN has them", has(words, "annotator", "annotation_id"));
  add("jsonl", "a Gloss project's first line", /^\{\s*"gloss"/.test(words));
  add(
    "jsonl",
    "articles with text_sha256 and offset_unit",
    words.startsWith("{") && (has(words, "offset_unit") || has(words, "reviews")),
  );
  add("doccano", "entities with start_offset", has(words, "text") && has(words, "start_offset"));
  add("doccano", "labels as triples", /"labels?"\s*:\s*\[\s*\[/.test(words));
  add("jsonl", "objects with a text", words.startsWith("{") && has(words, "text"));
  return candidates;
}
