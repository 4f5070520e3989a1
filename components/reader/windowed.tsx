"use client";

import { defaultRangeExtractor, useVirtualizer, type Virtualizer, type Range as Window } from "@tanstack/react-virtual";
import { Fragment, type ReactNode, type Ref, type RefObject, useCallback, useImperativeHandle } from "react";
import { estimate } from "./line";
import type { Row } from "./rows";

/** Code points from which only the rows in view are drawn (docs/benchmarks.md). */
export const WINDOWED_FROM = 50_000;

export type Windowed = { readonly bring: (row: number, align: "center" | "start") => void };

const estimateRow = (row: Row | undefined) => (row?.kind === "block" ? estimate(row) : 52);

/**
 * Only the rows near the view exist, in the page's own flow with space for the others, so that selecting and reading on work as
 * they do in a whole text. `pinned` rows (the ends of a selection) exist wherever they are.
 */
export function WindowedRows({
  rows,
  scroller,
  pinned,
  margin,
  render,
  onWindow,
  ref,
}: {
  rows: readonly Row[];
  scroller: RefObject<HTMLElement | null>;
  pinned: readonly number[];
  /** Pixels between the top of what scrolls and the first row. */
  margin: number;
  render: (row: Row, measure: (element: HTMLElement | null) => void, at: number) => ReactNode;
  /** The rows drawn have changed. */
  onWindow: () => void;
  ref: Ref<Windowed>;
}) {
  const virtualizer: Virtualizer<HTMLElement, HTMLElement> = useVirtualizer<HTMLElement, HTMLElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => estimateRow(rows[at]),
    getItemKey: (at) => rows[at]?.key ?? at,
    overscan: 2,
    scrollMargin: margin,
    initialRect: { width: 800, height: 1000 },
    rangeExtractor: useCallback(
      (window: Window) => {
        const shown = defaultRangeExtractor(window);
        const far = pinned.filter((at) => at >= 0 && at < window.count && !shown.includes(at));
        return far.length === 0 ? shown : [...new Set([...shown, ...far])].sort((a, b) => a - b);
      },
      [pinned],
    ),
    onChange: onWindow,
  });
  useImperativeHandle(ref, () => ({ bring: (row, align) => virtualizer.scrollToIndex(row, { align }) }), [virtualizer]);
  const items = virtualizer.getVirtualItems();
  let drawnTo = margin;
  return (
    <>
      {items.map((item) => {
        const row = rows[item.index];
        const gap = item.start - drawnTo;
        drawnTo = item.end;
        return (
          row && (
            <Fragment key={item.key}>
              {gap > 0.5 && <Gap height={gap} />}
              {render(row, virtualizer.measureElement, item.index)}
            </Fragment>
          )
        );
      })}
      <Gap height={Math.max(0, virtualizer.getTotalSize() + margin - drawnTo)} />
    </>
  );
}

const Gap = ({ height }: { height: number }) => (
  <div aria-hidden contentEditable={false} className="gap" style={{ height }} suppressContentEditableWarning />
);
