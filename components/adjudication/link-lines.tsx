"use client";

import { type RefObject, useEffect, useMemo, useState } from "react";
import { looksOf } from "@/components/reader/look";
import { LeaderLines } from "@/components/review/leader-lines";
import type { Scheme } from "@/lib/scheme/scheme";
import { type Lines, linesOf } from "./drawn-links";
import "./link-lines.css";
import type { CaseView } from "./model";

/** Pixels: what is higher than a line of text are the lanes; their box lies over the lines, which are met just above it. */
const HIGHER = 40;
const EDGE = -5;
/** By how much a line's name is lifted for each name that stands below it. */
const LIFT = 8;

/** Links beside the article, measured where their cases are drawn; the case in hand stands where its lanes are. */
export function LinkLines({
  column,
  cases,
  current,
  scheme,
}: {
  column: RefObject<HTMLElement | null>;
  cases: readonly CaseView[];
  current: CaseView | null;
  scheme: Scheme;
}) {
  const [lines, setLines] = useState<readonly Lines[]>([]);
  const looks = useMemo(() => looksOf(scheme), [scheme]);
  useEffect(() => {
    const box = column.current;
    if (!box) return;
    const measure = () => {
      const top = box.getBoundingClientRect().top;
      const known = new Map<string, number | null>();
      const boxed = new Set<string>();
      const yOf = (id: string) => {
        const had = known.get(id);
        if (had !== undefined) return had;
        const mark = box.querySelector(`[data-cases~="${id}"]`)?.getClientRects()[0];
        if (mark && mark.height > HIGHER) boxed.add(id);
        // A line of text is met in its middle, the lanes above their upper edge.
        const y = mark ? mark.top - top + (mark.height > HIGHER ? EDGE : mark.height / 2) : null;
        known.set(id, y);
        return y;
      };
      const made = linesOf(cases, current, scheme, looks, yOf);
      setLines(made.map((one) => (boxed.has(one.id) ? { ...one, y: one.y - LIFT * (one.trunks.length - 1) } : one)));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(box);
    return () => watch.disconnect();
  }, [column, cases, current, scheme, looks]);
  if (lines.length === 0) return null;
  return (
    <svg className="settle-links" width="1" height="1" aria-hidden>
      {lines.map((one) => (
        <LeaderLines key={`${one.id} ${one.quiet}`} trunks={one.trunks} y={one.y} quiet={one.quiet} />
      ))}
    </svg>
  );
}
