/** CSV in: an article a row with its metadata, or Gloss's own CSV of spans. Cells are taken as they are; blank ones say nothing. */
import { restore } from "./csv-cells";
import { isOwn, meanings, plainName } from "./csv-columns";
import { ownArticles } from "./csv-own";
import { BadCsv, type CsvRow, readRecords, type WireRow } from "./csv-records";
import { readPublished } from "./dates";
import type { PlacedFault, ReadItem } from "./native";
import { parseArticle } from "./native-read";
import { type Bytes, Utf8Error } from "./utf8";

export type CsvOptions = {
  /** The header of the column that holds the text; otherwise it is found by its name, or by being the longest. */
  readonly textColumn?: string | null;
};

/** So many rows are looked at to find a text column that has no telling name. */
const SAMPLE = 20;

export async function* readCsv(stream: Bytes, name: string | null, options: CsvOptions = {}): AsyncGenerator<ReadItem> {
  const fault = (line: number | null, faults: readonly PlacedFault[]): ReadItem => ({
    kind: "fault",
    line,
    file: name,
    faults: faults.map((one) => ({
      ...one,
      ...(line === null ? {} : { line }),
      ...(name === null ? {} : { file: name }),
    })),
  });
  try {
    const rows = readRecords(stream);
    const header = await rows.next();
    if (header.done) return;
    const { sample, failed } = await sampleOf(rows);
    const layout = layoutOf(header.value.cells, sample, options.textColumn ?? null);
    if ("fault" in layout) {
      yield fault(header.value.line, [layout.fault]);
      return;
    }
    const all = rowsOf(sample, failed, rows);
    let notes = layout.notes;
    for await (const one of layout.own ? ownArticles(all, layout.header) : plainArticles(all, layout)) {
      const parsed = "faults" in one ? one : parseArticle(one.value);
      if ("faults" in parsed) yield fault(one.line, parsed.faults);
      else {
        yield { kind: "article", line: one.line, file: name, article: parsed.value, notes };
        notes = [];
      }
    }
  } catch (error) {
    if (error instanceof Utf8Error)
      yield fault(null, [{ path: "", code: "not-utf8", message: error.message, actual: error.offset }]);
    else if (error instanceof BadCsv) yield fault(error.line, [{ path: "", code: error.code, message: error.message }]);
    else throw error;
  }
}

type Sample = {
  readonly sample: readonly CsvRow[] /** What was thrown after them, to be thrown after them again. */;
  readonly failed: unknown;
};

async function sampleOf(rows: AsyncGenerator<CsvRow>): Promise<Sample> {
  const sample: CsvRow[] = [];
  try {
    while (sample.length < SAMPLE) {
      const next = await rows.next();
      if (next.done) break;
      sample.push(next.value);
    }
    return { sample, failed: null };
  } catch (failed) {
    return { sample, failed };
  }
}

async function* rowsOf(
  sample: readonly CsvRow[],
  failed: unknown,
  rest: AsyncIterable<CsvRow>,
): AsyncGenerator<CsvRow> {
  yield* sample;
  if (failed !== null) throw failed;
  yield* rest;
}

type Layout = {
  readonly header: readonly string[];
  readonly own: boolean;
  readonly meaning: readonly (string | null)[];
  readonly notes: readonly string[];
};

function layoutOf(
  cells: readonly string[],
  sample: readonly CsvRow[],
  textColumn: string | null,
): Layout | { readonly fault: PlacedFault } {
  const own = isOwn(cells);
  const header = own ? cells.map(restore) : cells;
  const meaning = meanings(header);
  const missing = (message: string) => ({
    fault: { path: "text", code: "missing", message, expected: "a column named text", actual: header.slice(0, 50) },
  });
  if (textColumn !== null) {
    const at = header.findIndex((name) => name === textColumn || plainName(name) === plainName(textColumn));
    if (at === -1) return missing(`There is no column ${textColumn}.`);
    return { header, own: false, meaning: withText(meaning, at), notes: [] };
  }
  if (meaning.includes("text")) return { header, own, meaning, notes: [] };
  const at = longest(meaning, sample);
  if (at === -1) return missing("No column could be the text: name one of them text.");
  const notes = [`The text was taken from the column ${header[at]}, the one with the longest cells.`];
  return { header, own, meaning: withText(meaning, at), notes };
}

const withText = (meaning: readonly (string | null)[], at: number) =>
  meaning.map((one, i) => (i === at ? "text" : one === "text" ? null : one));

/** The unnamed column with the most characters, if it reads like running text: forty characters a cell. */
function longest(meaning: readonly (string | null)[], sample: readonly CsvRow[]): number {
  const sizes = meaning.map((one, i) =>
    one === null ? sample.reduce((sum, { cells }) => sum + (cells[i]?.length ?? 0), 0) : -1,
  );
  const most = Math.max(...sizes);
  return most >= 40 * sample.length && sample.length > 0 ? sizes.indexOf(most) : -1;
}

async function* plainArticles(rows: AsyncIterable<CsvRow>, { header, meaning }: Layout): AsyncGenerator<WireRow> {
  for await (const { line, cells } of rows) {
    if (cells.length > header.length) {
      const message = `This row has ${cells.length} cells, the header ${header.length}.`;
      yield { line, faults: [{ path: "", code: "not-csv", message, expected: header.length, actual: cells.length }] };
      continue;
    }
    const value = new Map<string, unknown>();
    const extra = new Map<string, string>();
    cells.forEach((cell, i) => {
      const known = meaning[i];
      if (cell === "") return;
      if (known) value.set(known === "article_id" ? "id" : known, cell);
      else extra.set(header[i] || `column ${i + 1}`, cell);
    });
    yield { line, value: { ...dated(value), ...(extra.size > 0 ? { extra: Object.fromEntries(extra) } : {}) } };
  }
}

/** With the date that `published` means, unless the file says it itself. */
function dated(value: ReadonlyMap<string, unknown>): Readonly<Record<string, unknown>> {
  const article = Object.fromEntries(value);
  const { published, language } = article;
  if (typeof published !== "string" || value.has("published_date")) return article;
  const read = readPublished(published, typeof language === "string" ? language : null);
  return { ...article, published_date: read.publishedDate, published_precision: read.publishedPrecision };
}
