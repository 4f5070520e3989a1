/** Gloss's own CSV of spans (csv.ts) back to articles: a row with a text begins one, the rows after it are its marks. */
import { restore } from "./csv-cells";
import { ARTICLE_COLUMNS, SPAN_COLUMNS } from "./csv-columns";
import type { CsvRow, WireRow } from "./csv-records";
import type { PlacedFault } from "./native";

type Cell = (name: string) => string | null;
type Wire = Record<string, unknown>;
type Marks = { readonly spans: Wire[]; readonly links: Wire[] };
type Open = {
  readonly line: number;
  readonly about: Wire;
  readonly reviews: Map<string, Marks & { readonly status: string | null }>;
  gold: Marks | null;
  readonly faults: PlacedFault[];
};

const KNOWN: ReadonlySet<string> = new Set([...ARTICLE_COLUMNS, ...SPAN_COLUMNS, "text"]);

export async function* ownArticles(rows: AsyncIterable<CsvRow>, header: readonly string[]): AsyncGenerator<WireRow> {
  const at = new Map(header.map((name, i) => [name, i]));
  let open: Open | null = null;
  for await (const { line, cells } of rows) {
    const cell: Cell = (name) => restore(cells[at.get(name) ?? -1] ?? "") || null;
    if (cell("text") !== null) {
      if (open) yield close(open);
      open = begin(line, cell, header);
    }
    if (open) addRow(open, line, cell);
    else yield { line, faults: [{ path: "text", code: "missing", message: "No article begins before this row." }] };
  }
  if (open) yield close(open);
}

function begin(line: number, cell: Cell, header: readonly string[]): Open {
  const { article_id, ...about } = Object.fromEntries(ARTICLE_COLUMNS.map((name) => [name, cell(name)]));
  const unknown = header.filter((name) => !KNOWN.has(name) && cell(name) !== null);
  const extra = unknown.length > 0 ? { extra: Object.fromEntries(unknown.map((name) => [name, cell(name)])) } : {};
  return {
    line,
    about: { id: article_id, ...about, text: cell("text"), ...extra },
    reviews: new Map(),
    gold: null,
    faults: [],
  };
}

function addRow(open: Open, line: number, cell: Cell) {
  const marks = marksOf(open, cell);
  if (!marks) return;
  if (cell("label") === null) return;
  const fault = (name: string, message: string) => {
    open.faults.push({ path: name, code: "bad-value", message, line, actual: cell(name) });
  };
  const number = (name: string): number | null => {
    const words = cell(name);
    if (words === null || /^\d{1,15}$/.test(words)) return words === null ? null : Number(words);
    fault(name, "Not a whole number.");
    return null;
  };
  const json = (name: string): unknown => {
    const words = cell(name);
    if (words === null) return null;
    try {
      return JSON.parse(words);
    } catch {
      fault(name, "Not JSON.");
      return null;
    }
  };
  const id = cell("span_id");
  marks.spans.push({
    id,
    start: number("start"),
    end: number("end"),
    label: cell("label"),
    quote: cell("quote"),
    attributes: json("attributes"),
    note: cell("note"),
    uncertain: cell("uncertain")?.toLowerCase() === "true",
    accepted: json("accepted"),
    suggestion: json("suggestion"),
    scheme_version: number("scheme_version"),
    guideline_version: number("guideline_version"),
  });
  const links = json("links");
  if (links === null) return;
  if (Array.isArray(links)) for (const link of links) marks.links.push({ ...link, from: id });
  else fault("links", "Not a list of links.");
}

/** The review or the gold that a row belongs to; null for an article's row without any. */
function marksOf(open: Open, cell: Cell): Marks | null {
  const layer = cell("layer");
  if (layer === "gold") {
    open.gold ??= { spans: [], links: [] };
    return open.gold;
  }
  const reviewer = cell("reviewer");
  if (reviewer === null) return null;
  const review = open.reviews.get(reviewer) ?? { status: cell("status"), spans: [], links: [] };
  open.reviews.set(reviewer, review);
  return review;
}

function close({ line, about, reviews, gold, faults }: Open): WireRow {
  if (faults.length > 0) return { line, faults: faults.slice(0, 20) };
  const value = {
    ...about,
    reviews: [...reviews].map(([reviewer, review]) => ({ reviewer, ...review })),
    ...(gold ? { gold } : {}),
  };
  return { line, value };
}
