"use client";

import type { Scheme } from "@/lib/scheme/scheme";
import type { Span } from "@/lib/spans/model";
import { waysBetween } from "./acts";
import { type OverText, useOverText } from "./use-over-text";

/** Pixels between the numbers of spans that begin at one place. */
const STEP_PX = 18;

/** While a link is made: the number of every span in view that it may end in, where the span begins. Typing it chooses the span. */
export function TargetNumbers({
  from,
  spans,
  numbers,
  scheme,
  over,
}: {
  from: Span;
  /** In reading order. */
  spans: readonly Span[];
  numbers: ReadonlyMap<string, number>;
  scheme: Scheme;
  over: OverText;
}) {
  const badges = useOverText(over, (seen, corner, article) => {
    const taken = new Map<string, number>();
    return spans
      .filter((s) => s.id !== from.id && s.start < seen.end && seen.start < s.end)
      .filter((s) => waysBetween(scheme, from.label, s.label).length > 0)
      .flatMap((span) => {
        const { start } = article.edges({ start: span.start, end: Math.min(span.end, span.start + 1) });
        if (!start) return [];
        const [x, y] = [start.x - corner.left, start.top - corner.top];
        const place = `${Math.round(x)} ${Math.round(y)}`;
        const before = taken.get(place) ?? 0;
        taken.set(place, before + 1);
        return [{ id: span.id, x: x + before * STEP_PX, y }];
      });
  });
  return (
    <div className="rv-targets" aria-hidden>
      {badges.map(({ id, x, y }) => (
        <b key={id} style={{ left: x, top: y }}>
          {numbers.get(id)}
        </b>
      ))}
    </div>
  );
}
