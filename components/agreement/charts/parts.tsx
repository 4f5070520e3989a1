/**
 * What the charts of agreement share. Each is one SVG of plain shapes with the theme's own colours, so that the same drawing is on the screen,
 * on paper and in the saved file (save.ts). Text is never scaled: a chart has a wide and a narrow drawing.
 */
import type { ReactNode } from "react";
import type { LineStyle } from "@/lib/scheme/scheme";

/** Lines of reference, not verdicts (agreement.md). */
export const REFERENCES = [0.667, 0.8] as const;

export const referenceName = (value: number): string => (value === 0.8 ? ".80" : String(value).slice(1));

export const FONT = { fontFamily: "var(--sans)", fontSize: 13 } as const;

const LETTER = 6.9; // px, of 13 px type, on average

/** As much of a name as fits; the whole of it stands in the mark's title. */
export const fitted = (name: string, width: number): string => {
  const most = Math.max(2, Math.floor(width / LETTER));
  return name.length <= most
    ? name
    : `${[...name]
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`;
};

/** A mark that leads to the cases behind it, where the reader may see them. */
export function Mark({ href, words, children }: { href: string | null; words: string; children: ReactNode }) {
  if (!href)
    return (
      <g>
        <title>{words}</title>
        {children}
      </g>
    );
  return (
    <a href={href} aria-label={`${words}: cases`} className="chart-mark">
      <title>{words}</title>
      {children}
    </a>
  );
}

/** The label's own line, as under its spans: what colour says is said by the line too. */
export function linePath(style: LineStyle | null, from: number, to: number, y: number): string {
  if (style !== "wavy") return `M${from} ${y}H${to}`;
  const step = 4;
  let path = `M${from} ${y}`;
  for (let x = from, up = true; x < to; x += step, up = !up) {
    const end = Math.min(x + step, to);
    path += `Q${(x + end) / 2} ${y + (up ? -3 : 3)} ${end} ${y}`;
  }
  return path;
}

export const dashes = (style: LineStyle | null): string | undefined =>
  style === "dotted" ? "2 3" : style === "dashed" ? "6 4" : undefined;

export const scaleOf =
  (low: number, high: number, from: number, to: number) =>
  (value: number): number =>
    Math.round((from + ((Math.min(high, Math.max(low, value)) - low) / (high - low)) * (to - from)) * 100) / 100;

/** The scale's lower end: 0, or as far below as figures go, in steps of .2, at most to −1. */
export const lowest = (values: readonly (number | null)[]): number =>
  Math.max(-1, Math.min(0, Math.floor(Math.min(0, ...values.map((v) => v ?? 0)) * 5) / 5));

export const ticks = (low: number): readonly number[] =>
  Array.from({ length: Math.round((1 - low) * 5) + 1 }, (_, i) => Math.round((low + i / 5) * 10) / 10);
