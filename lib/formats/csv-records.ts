/** Records of a CSV stream with the line on which each begins; blank lines are no records. */
import { CsvError, parse } from "csv-parse";
import { LONGEST_LINE } from "./lines";
import type { PlacedFault } from "./native";
import { type Bytes, decodeStream } from "./utf8";

export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

/** An article as a native line (native-wire.ts), to be checked like one. */
export type WireRow = { readonly line: number } & (
  | { readonly value: Readonly<Record<string, unknown>> }
  | { readonly faults: readonly PlacedFault[] }
);

export class BadCsv extends Error {
  override readonly name = "BadCsv";
  constructor(
    readonly line: number,
    readonly code: "not-csv" | "too-large",
    message: string,
  ) {
    super(message);
  }
}

/** Throws BadCsv or Utf8Error after the last good record. Comma, semicolon or tab: whichever the header has most of. */
export async function* readRecords(stream: Bytes): AsyncGenerator<CsvRow> {
  let line = 1;
  let parser: ReturnType<typeof parse> | null = null;
  let broken: unknown = null;
  // Driven by hand: an iterator over the parser would drop the records that came before an error.
  const drain = function* (): Generator<CsvRow> {
    for (let cells: string[] | null = parser?.read() ?? null; cells; cells = parser?.read() ?? null) {
      if (cells.length > 1 || cells[0] !== "") yield { line, cells };
      line += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0);
    }
  };
  for await (const text of wholeHeaderFirst(decodeStream(stream))) {
    parser ??= parse({
      delimiter: delimiterOf(text),
      record_delimiter: ["\r\n", "\n"],
      relax_column_count: true,
      max_record_size: LONGEST_LINE,
    }).on("error", (error) => {
      broken = error;
    });
    parser.write(text);
    yield* drain();
    if (parser.errored) throw badCsv(parser.errored, line);
  }
  if (!parser) return;
  const done = new Promise((resolve) => parser?.once("end", resolve).once("error", resolve));
  parser.end();
  yield* drain();
  await done;
  if (broken) throw badCsv(broken, line);
}

function badCsv(error: unknown, line: number): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === "CSV_MAX_RECORD_SIZE")
    return new BadCsv(line, "too-large", `This record is longer than ${LONGEST_LINE / 1024 / 1024} MiB.`);
  const message =
    error.code === "CSV_QUOTE_NOT_CLOSED"
      ? "A quotation mark is opened in this record and never closed."
      : "A quotation mark stands where none may: cells that hold one are quoted, and it is doubled.";
  return new BadCsv(line, "not-csv", message);
}

/** So that the delimiter can be told from the first piece. */
async function* wholeHeaderFirst(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let head: string | null = "";
  for await (const text of texts) {
    if (head === null) yield text;
    else {
      head += text;
      if (!head.includes("\n") && head.length < 65_536) continue;
      yield head;
      head = null;
    }
  }
  if (head) yield head;
}

function delimiterOf(head: string): string {
  const header = (head.split("\n", 1)[0] ?? "").replace(/"(?:[^"]|"")*"/g, "");
  const count = (delimiter: string) => header.split(delimiter).length;
  return [";", "\t"].reduce((best, one) => (count(one) > count(best) ? one : best), ",");
}
