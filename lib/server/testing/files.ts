/** Files for imports in tests: native lines about invented articles, and what an export gives back. */
import { randomUUID } from "node:crypto";
import type { Download } from "../exports";
import type { ImportFile } from "../importsUpload";

export const fileOf = (text: string | Uint8Array, name: string | null = "file.jsonl"): ImportFile => ({
  name,
  open: async function* () {
    const bytes = typeof text === "string" ? Buffer.from(text, "utf8") : text;
    // In odd pieces, as a network gives them.
    for (let at = 0; at < bytes.length; at += 50_001) yield bytes.subarray(at, at + 50_001);
  },
});

export const linesOf = (...lines: readonly (object | string)[]): string =>
  lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");

export type Line = { readonly [name: string]: unknown };

/** An article whose text holds an emoji, a no-break space and Hebrew, so that units cannot be mixed up unseen. */
export const article = (n: number, more: Line = {}): Line => ({
  id: randomUUID(),
  title: `Article ${n}`,
  text: `The 🌊 gauge at lock ${n} fell.\nThe port\u00a0authority denies it; שלום.\n`,
  outlet: "The Weir Post",
  ...more,
});

/** The first place of `words` in the text, in code points. */
export function at(
  text: string,
  words: string,
): { readonly start: number; readonly end: number; readonly quote: string } {
  const unit = text.indexOf(words);
  if (unit < 0) throw new Error(`no ${words} in the text`);
  const start = [...text.slice(0, unit)].length;
  return { start, end: start + [...words].length, quote: words };
}

export const span = (text: string, words: string, label: string, more: Line = {}): Line => ({
  id: randomUUID(),
  ...at(text, words),
  label,
  ...more,
});

export async function read(download: Download): Promise<string> {
  return new Response(download.body).text();
}

export const parsed = (text: string): readonly Line[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
