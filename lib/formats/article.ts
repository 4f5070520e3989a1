/**
 * The one decision of an import about a text: a byte order mark is dropped, CRLF becomes LF, and both are said. After that nothing is
 * trimmed, normalised or collapsed. What Gloss cannot keep is refused with its place.
 */
import type { Fault } from "../result";
import { codePointLength } from "../text/codepoints";
import { fold } from "../text/fold";
import type { Range } from "../text/range";
import type { NativeArticle, NativeGold, NativeLink, NativeSpan } from "./native";
import { checkMarks, checkRegions } from "./native-check";
import { sha256 } from "./native-read";
import { notWellFormed } from "./wire-faults";

/** interface.md, limits: a text of at most 10 MiB of UTF-8. */
export const LARGEST_TEXT = 10 * 1024 * 1024;

export type PreparedText = {
  readonly text: string;
  /** Code points. */
  readonly length: number;
  readonly sha256: string;
  /** What was done to it, in words; [] when it is as it came. */
  readonly notes: readonly string[];
  /** An offset of the text as it came, in code points, to one of the text as it is now. */
  readonly move: (offset: number) => number;
};

export type Prepared<T> = T | { readonly faults: readonly Fault[] };

/** Codes: `too-large` (413), `empty`, `not-well-formed`. */
export function prepareText(raw: string, path = "text"): Prepared<PreparedText> {
  const size = Buffer.byteLength(raw, "utf8");
  const bom = raw.startsWith("\ufeff");
  const text = (bom ? raw.slice(1) : raw).replaceAll("\r\n", "\n");
  const stored = size - (bom ? 3 : 0) - ((bom ? raw.length - 1 : raw.length) - text.length);
  if (stored > LARGEST_TEXT) {
    const message = `The text has ${stored} bytes of UTF-8; at most ${LARGEST_TEXT} (10 MiB) can be taken.`;
    return { faults: [{ path, code: "too-large", message, expected: LARGEST_TEXT, actual: stored }] };
  }
  const broken = notWellFormed(raw, path);
  if (broken.length > 0) return { faults: broken };
  if (text.trim() === "") {
    const message = text === "" ? "The text is empty." : "The text is nothing but white space.";
    return { faults: [{ path, code: "empty", message }] };
  }
  const breaks = raw.length - text.length - (bom ? 1 : 0);
  const notes = [
    ...(bom ? ["The byte order mark at the start was dropped."] : []),
    ...(breaks > 0 ? [`${breaks} line ${breaks === 1 ? "end" : "ends"} CRLF became LF.`] : []),
  ];
  const move = notes.length === 0 ? (offset: number) => offset : mover(raw, bom);
  return { text, length: codePointLength(text), sha256: sha256(text), notes, move };
}

/** An offset between a CR and its LF goes before the LF. */
function mover(raw: string, bom: boolean): (offset: number) => number {
  const dropped: number[] = bom ? [0] : [];
  let at = 0;
  let before = "";
  for (const character of raw) {
    if (character === "\n" && before === "\r") dropped.push(at - 1);
    before = character;
    at++;
  }
  return (offset) => offset - countBelow(dropped, offset);
}

function countBelow(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * An article as an import may store it: its text prepared, the offsets of its regions, spans and decisions moved with what was
 * dropped, and a title (its own, the headline region's words, the first line, or `name`).
 */
export function prepareArticle(
  article: NativeArticle,
  name: string | null = null,
): Prepared<{ readonly article: NativeArticle; readonly notes: readonly string[] }> {
  if (article.text === null) return { faults: [{ path: "text", code: "missing", message: "No text is given." }] };
  const prepared = prepareText(article.text);
  if ("faults" in prepared) return prepared;
  const { text, length, notes } = prepared;
  const moved = notes.length === 0 ? article : moveOffsets(article, prepared.move);
  const ready = { ...moved, text, length, textSha256: prepared.sha256, title: titleOf(moved, text, name) };
  if (notes.length > 0) {
    // Only a range that held nothing but what was dropped can fail here.
    const faults = [...checkRegions(ready, { length, slice: null }), ...checkMarks(ready, { length, slice: null })];
    if (faults.length > 0) return { faults };
  }
  return { article: ready, notes };
}

function moveOffsets(article: NativeArticle, move: (offset: number) => number): NativeArticle {
  const ranged = <T extends Range>(range: T): T => ({ ...range, start: move(range.start), end: move(range.end) });
  // The quote was right when it was read; the words are the same but for what was dropped.
  const span = (one: NativeSpan): NativeSpan => ({ ...ranged(one), quote: null });
  const marks = <T extends { readonly spans: readonly NativeSpan[]; readonly links: readonly NativeLink[] }>(
    of: T,
  ): T => ({
    ...of,
    spans: of.spans.map(span),
  });
  const gold = (of: NativeGold): NativeGold => ({
    ...marks(of),
    decisions: of.decisions.map((one) => ({ ...marks(one), case: one.case && ranged(one.case) })),
  });
  return {
    ...article,
    regions: article.regions?.map(ranged) ?? null,
    reviews: article.reviews.map((review) => ({ ...marks(review), submissions: review.submissions.map(marks) })),
    gold: article.gold && gold(article.gold),
  };
}

const LONGEST_TITLE = 300;

function titleOf(article: NativeArticle, text: string, name: string | null): string {
  const own = article.title?.trim();
  if (own) return article.title ?? own;
  const headline = article.regions?.find((region) => region.role === "headline");
  const words = headline ? [...text].slice(headline.start, headline.end).join("") : "";
  return tidyTitle(words) || tidyTitle(stem(name)) || tidyTitle(text.trimStart().split("\n", 1)[0] ?? "") || "Untitled";
}

const tidyTitle = (words: string): string =>
  [...words.replace(/\s+/g, " ").trim()].slice(0, LONGEST_TITLE).join("").trim();

/** "desk/0001_weir.txt" is "0001_weir". */
const stem = (name: string | null): string => (name ?? "").replace(/^.*[\\/]/, "").replace(/\.[^.]{1,8}$/, "");

/** Two articles with the same key are one article twice (interface.md, duplicates); any other repetition is a reprint. */
export const duplicateKey = (article: {
  readonly text: string;
  readonly outlet: string | null;
  readonly url: string | null;
}): string => sha256([fold(article.text), fold(article.outlet ?? ""), (article.url ?? "").trim()].join("\0"));
