"use client";

/** What lies over the article and is no part of its text: the ends of the chosen span to drag, and lines to what it is linked with. */
import { type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type Looks, lookFor } from "@/components/reader/look";
import type { ArticleHandle, Edge } from "@/components/reader/view";
import { cls } from "@/components/ui/class";
import type { Scheme } from "@/lib/scheme/scheme";
import type { Review, Span } from "@/lib/spans/model";
import type { TextIndex } from "@/lib/text/codepoints";
import type { Range } from "@/lib/text/range";
import { snapSelection } from "@/lib/text/words";
import { linksOf } from "./acts";
import { LeaderLines } from "./leader-lines";
import { type Trunk, trunksOf } from "./leaders";
import { spansAt } from "./use-screen";

type Grip = { readonly x: number; readonly y: number; readonly height: number };
type Lines = { readonly trunks: readonly Trunk[]; readonly y: number };

export function Overlay({
  chosen,
  review,
  scheme,
  looks,
  index,
  article,
  column,
  exact,
  editable,
  drawn,
  onPreview,
  onRange,
}: {
  chosen: Span | null;
  review: Review;
  scheme: Scheme;
  looks: Looks;
  index: TextIndex;
  article: ArticleHandle | null;
  column: HTMLElement | null;
  exact: boolean;
  editable: boolean;
  /** Changes whenever the text may stand elsewhere than before. */
  drawn: unknown;
  onPreview: (range: Range | null) => void;
  onRange: (span: Span, range: Range) => void;
}) {
  const [grips, setGrips] = useState<{ start: Grip | null; end: Grip | null } | null>(null);
  const [lines, setLines] = useState<Lines | null>(null);
  const [hovered, setHovered] = useState<Lines | null>(null);
  const [dragging, setDragging] = useState<"start" | "end" | null>(null);

  const measure = useRef(() => {});

  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` stands for where the text is, which this measures
  useLayoutEffect(() => {
    measure.current = () => {
      setHovered(null);
      if (!chosen || !article || !column) {
        setGrips(null);
        setLines(null);
        return;
      }
      const frame = column.getBoundingClientRect();
      const edges = article.edges(chosen);
      const grip = (edge: Edge | null): Grip | null =>
        edge && { x: edge.x - frame.left, y: edge.top - frame.top, height: edge.height };
      setGrips({ start: grip(edges.start), end: grip(edges.end) });
      setLines(linesOf(chosen, review, scheme, looks, article, column));
    };
    measure.current();
  }, [chosen, review, article, column, drawn, scheme, looks]);

  // The column's own size: an observer tells of it once at first, which has been measured already.
  useEffect(() => {
    if (!column) return;
    let first = true;
    const resized = new ResizeObserver(() => {
      if (!first) measure.current();
      first = false;
    });
    resized.observe(column);
    return () => resized.disconnect();
  }, [column]);

  // The links of what the pointer is on, more quietly; the innermost that has any.
  useEffect(() => {
    if (!column || !article) return;
    let over: string | null = null;
    const hover = (event: globalThis.PointerEvent) => {
      if (event.pointerType !== "mouse" || event.buttons !== 0) return;
      const piece = event.target instanceof Element ? event.target.closest(".s") : null;
      const at = piece?.getAttribute("data-o") ?? null;
      if (at === over) return;
      over = at;
      const span =
        at === null
          ? undefined
          : spansAt(review, index.toCodePoint(Number(at))).find((s) => linksOf(review, s.id).length > 0);
      setHovered(span && span.id !== chosen?.id ? linesOf(span, review, scheme, looks, article, column) : null);
    };
    const leave = () => {
      over = null;
      setHovered(null);
    };
    column.addEventListener("pointerover", hover);
    column.addEventListener("pointerleave", leave);
    return () => {
      column.removeEventListener("pointerover", hover);
      column.removeEventListener("pointerleave", leave);
    };
  }, [column, article, review, chosen?.id, index, scheme, looks]);

  const drag = (side: "start" | "end") => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      setDragging(side);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (dragging !== side || !chosen) return;
      onPreview(dragged(chosen, side, event));
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (dragging !== side || !chosen) return;
      setDragging(null);
      onPreview(null);
      const range = dragged(chosen, side, event);
      if (range) onRange(chosen, range);
    },
    onPointerCancel: () => {
      setDragging(null);
      onPreview(null);
    },
  });

  const dragged = (span: Span, side: "start" | "end", event: PointerEvent): Range | null => {
    const at = article?.offsetFromPoint(event.clientX, event.clientY);
    if (at == null) return null;
    const range = side === "start" ? { start: at, end: span.end } : { start: span.start, end: at };
    return range.start < range.end ? snapSelection(index, range, { exact }) : null;
  };

  const hue = chosen ? `hue-${lookFor(looks, chosen.label).hue}` : "";
  return (
    <div className={cls("rv-overlay", dragging && "dragging")} aria-hidden>
      <svg className="rv-leaders" width="1" height="1" aria-hidden>
        {hovered && <LeaderLines trunks={hovered.trunks} y={hovered.y} quiet={lines !== null} />}
        {lines && !(hovered && hovered.trunks.length > 0) && <LeaderLines trunks={lines.trunks} y={lines.y} />}
      </svg>
      {editable &&
        chosen &&
        (["start", "end"] as const).map((side) => {
          const grip = grips?.[side];
          return (
            grip && (
              <span
                key={side}
                className={cls("rv-grip", side, hue)}
                style={{ left: grip.x, top: grip.y, height: grip.height }}
                {...drag(side)}
              />
            )
          );
        })}
    </div>
  );
}

function linesOf(
  span: Span,
  review: Review,
  scheme: Scheme,
  looks: Looks,
  article: ArticleHandle,
  column: HTMLElement,
): Lines | null {
  const { top } = column.getBoundingClientRect();
  const yOf = (other: Span) => {
    const [box] = article.boxes({ start: other.start, end: Math.min(other.end, other.start + 1) });
    return box ? box.top - top + box.height / 2 : null;
  };
  const y = yOf(span);
  return y === null ? null : { trunks: trunksOf(span, review, scheme, looks, yOf), y };
}
