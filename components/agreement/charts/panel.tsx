"use client";

import { type ReactNode, useRef } from "react";
import { Button } from "../../ui/button";
import { MEASURES, type MeasureKey } from "../measures";
import { WhatIs } from "../what-is";
import { saveSvg } from "./save";

/** A chart, or its table, with its title, what it shows, what the measure is, and the drawing as a file. */
export function ChartPanel({
  title,
  note,
  measures,
  chart,
  table,
  tables,
  file,
  actions,
}: {
  title: string;
  note?: ReactNode;
  measures: readonly MeasureKey[];
  chart: ReactNode;
  table: ReactNode;
  /** Tables instead of drawings. */
  tables: boolean;
  /** Name of the saved drawing, without its ending. */
  file: string;
  actions?: ReactNode;
}) {
  const place = useRef<HTMLElement>(null);
  const save = () => {
    const drawings = [...(place.current?.querySelectorAll<SVGSVGElement>("svg[data-chart]") ?? [])];
    const shown = drawings.find((svg) => svg.getClientRects().length > 0);
    if (shown) saveSvg(shown, file);
  };
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 className="font-medium">{title}</h2>
        {actions}
        <span className="ml-auto flex items-center gap-1 print:hidden">
          {measures.map((key) => (
            <WhatIs key={key} of={key} words={measures.length > 1 ? MEASURES[key].short : "what is this?"} />
          ))}
          {!tables && (
            <Button
              look="quiet"
              className="h-7 px-2 text-xs max-sm:h-9"
              onClick={save}
              aria-label={`Save as SVG: ${title}`}
            >
              SVG
            </Button>
          )}
        </span>
      </div>
      {note && <p className="mb-3 max-w-[70ch] text-ink-2">{note}</p>}
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      {tables ? (
        table
      ) : (
        <section ref={place} className="overflow-x-auto pb-1" tabIndex={0} aria-label={title}>
          {chart}
        </section>
      )}
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: as above */}
    </div>
  );
}
