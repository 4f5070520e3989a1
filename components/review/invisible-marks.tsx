"use client";

import { invisiblesIn } from "@/components/reader/invisibles";
import type { TextIndex } from "@/lib/text/codepoints";
import { type OverText, useOverText } from "./use-over-text";

/** Signs over the characters that cannot be seen, for the lines in view: laid over the text, no part of it. */
export function InvisibleMarks({ index, over }: { index: TextIndex; over: OverText }) {
  const marks = useOverText(over, (seen, from, article) =>
    invisiblesIn(index, seen).flatMap(({ at, sign, name }) => {
      const { start } = article.edges({ start: at, end: at + 1 });
      const [box] = article.boxes({ start: at, end: at + 1 });
      if (!start) return [];
      const x = start.x + (box ? box.width / 2 : 0) - from.left;
      return [{ at, sign, name, x, y: start.top + start.height / 2 - from.top }];
    }),
  );
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
