/** The formats (interface.md, Formats). To add one, write its file and name it here; nothing else knows them one by one. */
import { BRAT_LOSSES } from "./brat/fit";
import { readBrat } from "./brat/read";
import { writeBrat } from "./brat/write";
import { readConll } from "./conll/read";
import { CONLL_LOSSES, writeConll } from "./conll/write";
import { CSV_LOSSES, writeCsv } from "./csv";
import { readCsv } from "./csv-read";
import { readDoccano } from "./doccano/read";
import { DOCCANO_LOSSES, writeDoccano } from "./doccano/write";
import type { Articles, Format, ReadSettings } from "./format";
import { readHtml } from "./html";
import { readJsonl, writeJsonl } from "./jsonl";
import { LABEL_STUDIO_LOSSES } from "./label-studio/fit";
import { readLabelStudio } from "./label-studio/read";
import { writeLabelStudio } from "./label-studio/write";
import type { NativeProject, ReadItem } from "./native";
import { readApart, readApartIfLarge } from "./office/apart";
import { readText } from "./text";
import { CLAIMREVIEW_LOSSES, writeClaimReviews } from "./train/claimreview";
import { PARQUET_LOSSES, writeParquet } from "./train/parquet";
import { SPACY_LOSSES, writeSpacy } from "./train/spacy";
import { CAS_JSON_LOSSES, readUimaJson, readUimaXmi, writeUimaJson, writeUimaXmi, XMI_LOSSES } from "./uima/formats";
import { readWebannoTsv } from "./uima/tsv-read";
import { TSV_LOSSES, writeWebannoTsv } from "./uima/tsv-write";
import type { Bytes } from "./utf8";
import { readW3c } from "./w3c/read";
import { W3C_LOSSES, writeW3c } from "./w3c/write";

const table = {
  jsonl: {
    name: "Gloss JSONL",
    says: "One article a line with its text, hash, regions, reviews, gold, decisions and suggestions. Gloss reads it back without loss.",
    mediaType: "application/x-ndjson",
    extensions: ["jsonl", "ndjson"],
    oneArticle: false,
    read: (stream, name) => readJsonl(stream, name === null ? {} : { file: name }),
    write: writeJsonl,
  },
  text: {
    name: "Text, one article",
    mediaType: "text/plain",
    extensions: ["txt", "text", "md"],
    oneArticle: true,
    read: readApartIfLarge("text", readText, 1024 * 1024),
  },
  html: {
    name: "HTML, one article",
    mediaType: "text/html",
    extensions: ["html", "htm", "xhtml"],
    oneArticle: true,
    read: readApartIfLarge("html", readHtml, 256 * 1024),
  },
  docx: {
    name: "Word, one article",
    mediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    extensions: ["docx"],
    oneArticle: true,
    zipped: true,
    read: readApart("docx"),
  },
  pdf: {
    name: "PDF, one article",
    mediaType: "application/pdf",
    extensions: ["pdf"],
    oneArticle: true,
    read: readApart("pdf"),
  },
  csv: {
    name: "CSV",
    says: "One span a row. Cells that a spreadsheet would run as a formula are defused; our own import gives them back as they were.",
    mediaType: "text/csv",
    extensions: ["csv", "tsv"],
    oneArticle: false,
    read: readCsv,
    write: writeCsv,
    losses: CSV_LOSSES,
  },
  "label-studio": {
    name: "Label Studio",
    says: "Tasks with an annotation for each reviewer; gold is the ground truth. Offsets in code points.",
    mediaType: "application/json",
    extensions: ["json"],
    oneArticle: false,
    foreign: true,
    read: readLabelStudio,
    write: writeLabelStudio,
    losses: LABEL_STUDIO_LOSSES,
  },
  doccano: {
    name: "doccano",
    says: "A line for each reviewer of an article, with entities and relations. No attributes and notes. Offsets in UTF-16 units.",
    mediaType: "application/x-ndjson",
    extensions: ["doccano.jsonl"],
    oneArticle: false,
    foreign: true,
    zipped: true,
    read: readDoccano,
    write: writeDoccano,
    losses: DOCCANO_LOSSES,
  },
  brat: {
    name: "brat",
    says: "A zip with a folder for each reviewer, texts, standoff files and annotation.conf.",
    mediaType: "application/zip",
    extensions: ["zip"],
    oneArticle: false,
    foreign: true,
    zipped: true,
    read: readBrat,
    write: writeBrat,
    losses: BRAT_LOSSES,
  },
  "webanno-tsv": {
    name: "WebAnno TSV 3",
    says: "A zip of one file for each article and reviewer, in the layers webanno.custom.GlossSpan and GlossLink. Offsets in UTF-16 units.",
    mediaType: "application/zip",
    extensions: ["tsv.zip"],
    oneArticle: false,
    foreign: true,
    zipped: true,
    read: readWebannoTsv,
    write: writeWebannoTsv,
    losses: TSV_LOSSES,
  },
  "uima-xmi": {
    name: "UIMA CAS XMI",
    says: "A zip of one CAS for each article and reviewer, with the type system. Offsets in UTF-16 units.",
    mediaType: "application/zip",
    extensions: ["xmi.zip", "xmi"],
    oneArticle: false,
    foreign: true,
    zipped: true,
    read: readUimaXmi,
    write: writeUimaXmi,
    losses: XMI_LOSSES,
  },
  "uima-json": {
    name: "UIMA CAS JSON",
    says: "The same as JSON CAS 0.4.0, each with its types.",
    mediaType: "application/zip",
    extensions: ["json.zip"],
    oneArticle: false,
    foreign: true,
    zipped: true,
    read: readUimaJson,
    write: writeUimaJson,
    losses: CAS_JSON_LOSSES,
  },
  conll: {
    name: "CoNLL, BIO",
    says: "A token a line and a column a label, as CoNLL-U Plus. Spans are widened to whole tokens; no overlaps within a label, no attributes, no links.",
    mediaType: "text/plain",
    extensions: ["conllup", "conll", "conllu", "bio", "iob"],
    oneArticle: false,
    foreign: true,
    read: readConll,
    write: writeConll,
    losses: CONLL_LOSSES,
  },
  w3c: {
    name: "W3C Web Annotations",
    says: "JSON-LD with a text quote and a text position for each span. Offsets in code points.",
    mediaType: "application/ld+json",
    extensions: ["jsonld"],
    oneArticle: false,
    foreign: true,
    read: readW3c,
    write: writeW3c,
    losses: W3C_LOSSES,
  },
  spacy: {
    name: "spaCy, spans",
    says: "JSON lines that Doc.from_json opens, spans in the group sc for the span categoriser. Labels only.",
    mediaType: "application/x-ndjson",
    extensions: ["spacy.jsonl"],
    oneArticle: false,
    write: writeSpacy,
    losses: SPACY_LOSSES,
  },
  parquet: {
    name: "Parquet",
    says: "One span a row with the text and metadata of its article, for DuckDB, Spark and Hugging Face.",
    mediaType: "application/vnd.apache.parquet",
    extensions: ["parquet"],
    oneArticle: false,
    write: writeParquet,
    losses: PARQUET_LOSSES,
  },
  claimreview: {
    name: "ClaimReview drafts",
    says: "schema.org drafts of gold claims, with what is still missing said beside each.",
    mediaType: "application/x-ndjson",
    extensions: ["claimreview.jsonl"],
    oneArticle: false,
    write: writeClaimReviews,
    losses: CLAIMREVIEW_LOSSES,
  },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof table;

export const formats: Readonly<Record<FormatName, Format>> = table;

const names = Object.keys(table) as FormatName[];
export const inputFormats: readonly FormatName[] = names.filter((name) => formats[name].read);
export const outputFormats: readonly FormatName[] = names.filter((name) => formats[name].write);

export const isFormat = (name: string): name is FormatName => Object.hasOwn(table, name);

/** By a file's name, for those who drop files without saying what they are. */
export function formatOfName(name: string): FormatName | null {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  return names.find((one) => extension !== undefined && formats[one].extensions.includes(extension)) ?? null;
}

/** Throws only for a format that cannot be read: ask `inputFormats` first. */
export function read(
  format: FormatName,
  name: string | null,
  stream: Bytes,
  settings: ReadSettings = {},
): AsyncIterable<ReadItem> {
  const { read: reader } = formats[format];
  if (!reader) throw new Error(`${format} cannot be read`);
  return reader(stream, name, settings);
}

/** Throws only for a format that cannot be written: ask `outputFormats` first. */
export function write(
  format: FormatName,
  articles: Articles,
  project: NativeProject | null = null,
): AsyncIterable<string | Uint8Array> {
  const { write: writer } = formats[format];
  if (!writer) throw new Error(`${format} cannot be written`);
  return writer(articles, project);
}
