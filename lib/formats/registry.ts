/** The formats (interface.md, Formats). To add one, write its file and name it here; nothing else knows them one by one. */
import { lostInCsv, writeCsv } from "./csv";
import { readCsv } from "./csv-read";
import type { Articles, Format, ReadSettings } from "./format";
import { readHtml } from "./html";
import { readJsonl, writeJsonl } from "./jsonl";
import type { NativeProject, ReadItem } from "./native";
import { readText } from "./text";
import type { Bytes } from "./utf8";

const table = {
  jsonl: {
    mediaType: "application/x-ndjson",
    extensions: ["jsonl", "ndjson"],
    oneArticle: false,
    read: (stream, name) => readJsonl(stream, name === null ? {} : { file: name }),
    write: writeJsonl,
  },
  text: { mediaType: "text/plain", extensions: ["txt", "text", "md"], oneArticle: true, read: readText },
  html: { mediaType: "text/html", extensions: ["html", "htm", "xhtml"], oneArticle: true, read: readHtml },
  csv: {
    mediaType: "text/csv",
    extensions: ["csv", "tsv"],
    oneArticle: false,
    read: readCsv,
    write: writeCsv,
    lost: lostInCsv,
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
