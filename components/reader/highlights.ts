"use client";

/** Highlights of the moment: CSS custom highlights, which touch no element. A browser without them shows none. */
import { useEffect } from "react";
import type { TextIndex } from "@/lib/text/codepoints";
import { overlap, type Range } from "@/lib/text/range";
import { placeOf } from "./place";
import { type Row, rangeOf, rowAt } from "./rows";

export type HighlightName = "gloss-pending" | "gloss-hit" | "gloss-hit-now" | "gloss-target" | "gloss-several";
export type Highlights = Partial<Readonly<Record<HighlightName, readonly Range[]>>>;

const NAMES: readonly HighlightName[] = [
  "gloss-pending",
  "gloss-hit",
  "gloss-hit-now",
  "gloss-target",
  "gloss-several",
];

/** The parts of a range that are drawn, as DOM ranges, one a block. */
export function domRanges(
  root: Element,
  index: TextIndex,
  rows: readonly Row[],
  range: Range,
): readonly globalThis.Range[] {
  const made: globalThis.Range[] = [];
  for (let at = rowAt(rows, range.start); at >= 0 && at < rows.length; at++) {
    const row = rows[at];
    if (!row || rangeOf(row).start >= range.end) break;
    if (row.kind !== "block" || !overlap(row.content, range)) continue;
    const start = placeOf(root, index, rows, Math.max(range.start, row.content.start), "start");
    const end = placeOf(root, index, rows, Math.min(range.end, row.content.end), "end");
    if (!start || !end) continue;
    const dom = document.createRange();
    dom.setStart(start.node, start.offset);
    dom.setEnd(end.node, end.offset);
    made.push(dom);
  }
  return made;
}

/** `drawn` changes whenever other rows are drawn or their pieces are others. */
export function useHighlights(
  root: () => Element | null,
  index: TextIndex,
  rows: readonly Row[],
  highlights: Highlights,
  drawn: unknown,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` stands for what is in the document, which this reads
  useEffect(() => {
    const element = root();
    if (!element || typeof CSS === "undefined" || !("highlights" in CSS)) return;
    for (const name of NAMES) {
      const ranges = highlights[name] ?? [];
      const made = ranges.flatMap((range) => domRanges(element, index, rows, range));
      if (made.length === 0) CSS.highlights.delete(name);
      else CSS.highlights.set(name, new Highlight(...made));
    }
  }, [root, index, rows, highlights, drawn]);

  useEffect(
    () => () => {
      if (typeof CSS !== "undefined" && "highlights" in CSS) for (const name of NAMES) CSS.highlights.delete(name);
    },
    [],
  );
}
