/** From what another tool's file says to items of the native model: every reader makes the native line and has it checked like any other. */
import type { TextIndex } from "../text/codepoints";
import type { Range } from "../text/range";
import type { PlacedFault, ReadItem } from "./native";
import { parseArticle } from "./native-read";
import { Utf8Error } from "./utf8";

export type Place = { readonly line: number | null; readonly file: string | null };

/** A native line, or a part of one, that is checked later. */
export type Wire = Record<string, unknown>;
export type WireMarks = { readonly spans: Wire[]; readonly links: Wire[] };

/** Where a tool does not say who marked. */
export const UNNAMED = "annotator";

export const placed = (faults: readonly PlacedFault[], { line, file }: Place): readonly PlacedFault[] =>
  faults.map((one) => ({ ...(line === null ? {} : { line }), ...(file === null ? {} : { file }), ...one }));

export const faultItem = (place: Place, faults: readonly PlacedFault[]): ReadItem => ({
  kind: "fault",
  ...place,
  faults: placed(faults, place).slice(0, 20),
});

/** `wire.reviews` are the reader's own, so that they may be changed here. */
export function articleItem(place: Place, wire: Wire, notes: readonly string[] = []): ReadItem {
  distinctIds(listOf(wire.reviews).filter(isObject));
  const parsed = parseArticle(wire);
  if ("faults" in parsed) return faultItem(place, parsed.faults);
  return { kind: "article", ...place, article: parsed.value, notes };
}

/** What is wrong with a file as a whole, thrown inside a reader and given as its fault. */
export class BadFile extends Error {
  override readonly name = "BadFile";
  constructor(
    readonly code: string,
    message: string,
    readonly line: number | null = null,
    readonly file: string | null = null,
  ) {
    super(message);
  }
}

/** Runs a reader; what it throws about the file becomes its last item. */
export async function* guarded(name: string | null, items: AsyncIterable<ReadItem>): AsyncGenerator<ReadItem> {
  try {
    yield* items;
  } catch (error) {
    if (error instanceof BadFile)
      yield faultItem({ line: error.line, file: error.file ?? name }, [
        { path: "", code: error.code, message: error.message },
      ]);
    else if (error instanceof Utf8Error)
      yield faultItem({ line: null, file: name }, [
        { path: "", code: "not-utf8", message: error.message, actual: error.offset },
      ]);
    else throw error;
  }
}

/** UTF-16 offsets of a file in code points; null where they lie outside the text or inside a character. */
export function rangeOfUtf16(index: TextIndex, start: number, end: number): Range | null {
  const fits = (at: number) =>
    Number.isInteger(at) && at >= 0 && at <= index.text.length && index.toUtf16(index.toCodePoint(at)) === at;
  return fits(start) && fits(end) ? { start: index.toCodePoint(start), end: index.toCodePoint(end) } : null;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Words of a value that may be a number or already words; null for anything else. */
export const wordsOf = (value: unknown): string | null =>
  typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : null;

/** A name that is not taken yet: `ann`, `ann (2)`, … */
export function freeName(name: string, taken: ReadonlySet<unknown>): string {
  if (!taken.has(name)) return name;
  let n = 2;
  while (taken.has(`${name} (${n})`)) n++;
  return `${name} (${n})`;
}

/** Tools number the spans of each annotator by themselves, or copy them with their ids; here an id is used once an article. */
function distinctIds(reviews: readonly Readonly<Record<string, unknown>>[]): void {
  const used = new Set<unknown>();
  for (const review of reviews) {
    const renamed = new Map<unknown, string>();
    for (const span of listOf(review.spans) as Wire[]) {
      if (used.has(span.id)) {
        const id = freeName(String(span.id), used);
        renamed.set(span.id, id);
        span.id = id;
      }
    }
    for (const span of listOf(review.spans) as Wire[]) used.add(span.id);
    for (const link of listOf(review.links) as Wire[]) {
      link.from = renamed.get(link.from) ?? link.from;
      link.to = renamed.get(link.to) ?? link.to;
    }
  }
}
