"use client";

/** Suggestions that wait, drawn under the text as broken frames on their label's line: no mark looks like that, whatever its colour. */
import { type Looks, lookFor, swatch } from "@/components/reader/look";
import { cls } from "@/components/ui/class";
import type { Suggestion } from "@/lib/spans/suggested";
import { type OverText, useOverText } from "./use-over-text";

type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** Boxes of one line as one: a marked word in the middle of a range has a box of its own. */
function linesOf(boxes: readonly DOMRect[]): readonly Box[] {
  const lines: Box[] = [];
  for (const { left, top, right, bottom } of boxes) {
    const middle = (top + bottom) / 2;
    const at = lines.findIndex((line) => line.top < middle && middle < line.bottom);
    const line = lines[at];
    if (!line) lines.push({ left, top, right, bottom });
    else
      lines[at] = {
        left: Math.min(line.left, left),
        right: Math.max(line.right, right),
        top: Math.max(line.top, top), // a marked piece is higher, by the lines below it
        bottom: Math.min(line.bottom, bottom),
      };
  }
  return lines;
}

export function Ghosts({
  suggestions,
  inHand,
  looks,
  over,
}: {
  suggestions: readonly Suggestion[];
  inHand: string | null;
  looks: Looks;
  over: OverText;
}) {
  const drawn = useOverText(over, (seen, corner, article) =>
    suggestions
      .filter(({ start, end }) => start < seen.end && seen.start < end)
      .map(({ id, label, start, end }) => ({
        id,
        label,
        lines: linesOf(article.boxes({ start, end })).map(({ left, top, right, bottom }) => ({
          ...{ left: left - corner.left, top: top - corner.top, width: right - left, height: bottom - top },
        })),
      })),
  );
  return (
    <div className="rv-ghosts" aria-hidden>
      {drawn.map(({ id, label, lines }) => (
        <div key={id} className={cls(swatch(lookFor(looks, label)), id === inHand && "on")}>
          {lines.map((line, n) => (
            <i
              key={`${line.left} ${line.top}`}
              className={cls(n === 0 && "first", n === lines.length - 1 && "last")}
              style={line}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
