/** What the sources' reviews and rulings share: ids, times and places that are the same each time the sample is built. */
import { createHash } from "node:crypto";
import type { TextIndex } from "../../lib/text/codepoints";
import type { Range } from "../../lib/text/range";
import type { ArticleSource, Who } from "./source";

export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** A UUID that is the same for the same name. */
export function idOf(...name: readonly string[]): string {
  const hex = sha256(["gloss sample", ...name].join("/"));
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/** Minutes after nine in the morning of a day of that March. */
export const time = (day: number, minutes: number): string =>
  new Date(Date.UTC(2024, 2, day, 9, minutes)).toISOString();

/** Where the words stand. Throws when they stand nowhere, or more than once and nobody says which. */
export function find(index: TextIndex, source: ArticleSource, quote: string, nth?: number): Range {
  const places: number[] = [];
  for (let at = index.text.indexOf(quote); at !== -1; at = index.text.indexOf(quote, at + 1)) places.push(at);
  const place = places.length === 1 || nth !== undefined ? places[(nth ?? 1) - 1] : undefined;
  if (place === undefined) throw new Error(`${source.key}: "${quote}" stands ${places.length} times in the text`);
  return { start: index.toCodePoint(place), end: index.toCodePoint(place + quote.length) };
}

export const spanId = (source: string, who: Who, key: string, part = 0): string => idOf(source, who, key, String(part));
