"use client";

import { type RefObject, useEffect, useState } from "react";
import { invisiblesIn } from "@/components/reader/invisibles";
import type { ArticleHandle } from "@/components/reader/view";
import type { TextIndex } from "@/lib/text/codepoints";

type Mark = {
  readonly at: number;
  readonly x: number;
  readonly y: number;
  readonly sign: string;
  readonly name: string;
};

/** Milliseconds after the last scrolling. */
const PAUSE_MS = 80;

/** Signs over the characters that cannot be seen, for the lines in view: laid over the text, no part of it. */
export function InvisibleMarks({
  index,
  article,
  column,
  scroller,
  drawn,
}: {
  index: TextIndex;
  article: ArticleHandle | null;
  column: HTMLElement | null;
  scroller: RefObject<HTMLElement | null>;
  /** Changes whenever the text may stand elsewhere than before. */
  drawn: unknown;
}) {
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` stands for where the text is, which this measures
  useEffect(() => {
    const frame = scroller.current;
    if (!article || !column || !frame) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const measure = () => {
      timer = null;
      const from = column.getBoundingClientRect();
      const seen = article.visible();
      setMarks(
        invisiblesIn(index, {
          start: Math.max(0, seen.start - 200),
          end: Math.min(index.length, seen.end + 200),
        }).flatMap(({ at, sign, name }) => {
          const { start } = article.edges({ start: at, end: at + 1 });
          const [box] = article.boxes({ start: at, end: at + 1 });
          if (!start) return [];
          const x = start.x + (box ? box.width / 2 : 0) - from.left;
          return [{ at, sign, name, x, y: start.top + start.height / 2 - from.top }];
        }),
      );
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
  }, [index, article, column, scroller, drawn]);
  return (
    <div className="rv-invisibles" aria-hidden>
      {marks.map(({ at, x, y, sign, name }) => (
        <span key={at} title={name} style={{ left: x, top: y }}>
          {sign}
        </span>
      ))}
    </div>
  );
}
