"use client";

import { useLayoutEffect, useState } from "react";
import { type Looks, lookFor, swatch } from "@/components/reader/look";
import type { ArticleHandle } from "@/components/reader/view";
import { cls } from "@/components/ui/class";
import type { Label } from "@/lib/scheme/scheme";
import type { Range } from "@/lib/text/range";
import { shortName } from "./inspector";
import { Press } from "./press";

type Spot = { readonly left: number; readonly top: number; readonly beside: boolean };

/** Pixels beside the column from which the labels stand in the margin, with a line to the words. */
const MARGIN_PX = 168;

/** The labels, by the words that are selected: in the margin where there is one, else below the last line; on a phone at the foot. */
export function Palette({
  pending,
  article,
  column,
  labels,
  looks,
  exact,
  onLabel,
}: {
  pending: Range;
  article: ArticleHandle | null;
  column: HTMLElement | null;
  labels: readonly Label[];
  looks: Looks;
  exact: boolean;
  onLabel: (label: Label) => void;
}) {
  const [spot, setSpot] = useState<Spot | null>(null);
  useLayoutEffect(() => {
    const boxes = article?.boxes(pending) ?? [];
    const last = boxes.at(-1);
    const frame = column?.parentElement?.getBoundingClientRect();
    const text = column?.getBoundingClientRect();
    if (!last || !frame || !text || !column) {
      setSpot(null);
      return;
    }
    const beside = frame.right - text.right >= MARGIN_PX;
    const below = last.bottom - text.top + 8;
    const height = beside ? labels.length * 28 + 8 : 38;
    // Above the selection when there is no room below it.
    const [first] = boxes;
    const up = last.bottom + 8 + height > frame.bottom && first !== undefined && first.top - height - 8 > frame.top;
    setSpot(
      beside
        ? {
            beside,
            left: text.width + 20,
            top: Math.min(last.top - text.top - 6, frame.bottom - text.top - height - 12),
          }
        : { beside, left: 0, top: up && first ? first.top - text.top - height - 6 : below },
    );
  }, [pending, article, column, labels.length]);
  return (
    <div
      className={cls("rv-palette", spot?.beside ? "beside" : "below")}
      style={spot ? { left: spot.beside ? spot.left : undefined, top: spot.top } : undefined}
      role="toolbar"
      aria-label={exact ? "Label the selection, exactly as it is" : "Label the selection"}
    >
      {labels.map((label) => (
        <Press key={label.key} onClick={() => onLabel(label)} title={label.description}>
          <kbd aria-hidden>{label.hotkey}</kbd>
          <span className={cls("named", swatch(lookFor(looks, label.key)))}>{shortName(label.name)}</span>
        </Press>
      ))}
    </div>
  );
}
