/** Native JSONL, one article a line, streamed in and out. Lossless: what is read is what is written. */

import { type Line, LONGEST_LINE, splitLines } from "./lines";
import type { NativeArticle, NativeProject, PlacedFault, ReadItem } from "./native";
import { isHeader, parseArticle, parseHeader, type ReadOptions } from "./native-read";
import { articleLine, headerLine } from "./native-write";
import { type Bytes, decodeUtf8 } from "./utf8";

export type JsonlOptions = ReadOptions & { readonly file?: string; readonly longestLine?: number };

const EXCERPT = 120;

/** Every line gives one item, in order: the header (first line only), an article, or its faults. Blank lines give none. */
export async function* readJsonl(stream: Bytes, options: JsonlOptions = {}): AsyncGenerator<ReadItem> {
  const longest = options.longestLine ?? LONGEST_LINE;
  let first = true;
  for await (const line of splitLines(stream, longest)) {
    const item = readLine(line, first, longest, options);
    if (item === null) continue;
    first = false;
    yield item;
  }
}

function readLine(line: Line, first: boolean, longest: number, options: JsonlOptions): ReadItem | null {
  const file = options.file ?? null;
  const fault = (faults: readonly PlacedFault[], excerpt = ""): ReadItem => ({
    kind: "fault",
    line: line.number,
    file,
    faults: faults.map((one) => ({
      ...one,
      line: line.number,
      ...(file === null ? {} : { file }),
      ...(excerpt === "" ? {} : { excerpt }),
    })),
  });
  if (line.bytes === null) {
    const message = `This line is longer than ${longest / 1024 / 1024} MiB.`;
    return fault([{ path: "", code: "too-large", message, expected: longest }]);
  }
  const decoded = decodeUtf8(line.bytes);
  if ("fault" in decoded) {
    const { message, offset } = decoded.fault;
    return fault([{ path: "", code: "not-utf8", message, actual: offset }]);
  }
  const bom = line.number === 1 && decoded.text.startsWith("\ufeff");
  const source = bom ? decoded.text.slice(1) : decoded.text;
  if (source.trim() === "") return null;
  const json = parseJson(source);
  if ("fault" in json) return fault([json.fault], json.excerpt);
  if (isHeader(json.value)) {
    const message = "A project header may only be the first line.";
    if (!first) return fault([{ path: "gloss", code: "misplaced-header", message }]);
    const header = parseHeader(json.value, source);
    return "faults" in header
      ? fault(header.faults, excerptAt(source, 0))
      : { kind: "project", line: line.number, project: header.value };
  }
  const article = parseArticle(json.value, options, source);
  if ("faults" in article) return fault(article.faults, excerptAt(source, 0));
  const notes = bom ? ["The file's byte order mark was dropped."] : [];
  return { kind: "article", line: line.number, file, article: article.value, notes };
}

type ParsedJson = { readonly value: object } | { readonly fault: PlacedFault; readonly excerpt: string };

function parseJson(source: string): ParsedJson {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    // V8 says either "… at position 57 (line 1 column 58)" or quotes what it met.
    const position = /at position (\d+)/.exec(reason)?.[1];
    const at = position === undefined ? 0 : Number(position);
    const message =
      position === undefined ? "This line is not JSON." : `This line is not JSON from character ${at} on.`;
    return { fault: { path: "", code: "not-json", message }, excerpt: excerptAt(source, at) };
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { value };
  const message = "This line is not a JSON object.";
  return { fault: { path: "", code: "not-json", message }, excerpt: excerptAt(source, 0) };
}

/** Whole characters around a place, at most 120 of them. */
function excerptAt(source: string, at: number): string {
  const from = Math.max(0, at - EXCERPT / 2);
  const cut = source.slice(from, from + EXCERPT * 2);
  return [...cut.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "")].slice(0, EXCERPT).join("");
}

/** Lines with their LF, article by article; the header first when there is a project. */
export async function* writeJsonl(
  articles: AsyncIterable<NativeArticle> | Iterable<NativeArticle>,
  project: NativeProject | null = null,
): AsyncGenerator<string> {
  if (project) yield `${JSON.stringify(headerLine(project))}\n`;
  for await (const article of articles) yield `${JSON.stringify(articleLine(article))}\n`;
}
