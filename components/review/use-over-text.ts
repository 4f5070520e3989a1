"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import type { ArticleHandle } from "@/components/reader/view";
import type { Range } from "@/lib/text/range";

/** Milliseconds after the last scrolling. */
const PAUSE_MS = 80;
/** Code points beyond the view that are measured too, so that a little scrolling shows nothing bare. */
const BEYOND = 200;

/** What `place` puts over the lines in view, `from` being where the column's corner is in the window; measured anew as the text moves. */
export function useOverText<T>(
  { article, column, scroller, length, drawn }: OverText,
  place: (seen: Range, from: DOMRect, article: ArticleHandle) => readonly T[],
): readonly T[] {
  const [made, setMade] = useState<readonly T[]>([]);
  const latest = useRef(place);
  latest.current = place;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` stands for where the text is, which this measures
  useEffect(() => {
    const frame = scroller.current;
    if (!article || !column || !frame) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const measure = () => {
      timer = null;
      const seen = article.visible();
      const range = { start: Math.max(0, seen.start - BEYOND), end: Math.min(length, seen.end + BEYOND) };
      setMade(latest.current(range, column.getBoundingClientRect(), article));
    };
    const soon = () => {
      timer ??= setTimeout(measure, PAUSE_MS);
    };
    measure();
    frame.addEventListener("scroll", soon, { passive: true });
    const resized = new ResizeObserver(soon);
    resized.observe(column);
    return () => {
      if (timer) clearTimeout(timer);
      frame.removeEventListener("scroll", soon);
      resized.disconnect();
    };
  }, [length, article, column, scroller, drawn]);
  return made;
}

export type OverText = {
  readonly article: ArticleHandle | null;
  readonly column: HTMLElement | null;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Of the text, in code points. */
  readonly length: number;
  /** Changes whenever the text may stand elsewhere than before. */
  readonly drawn: unknown;
};
