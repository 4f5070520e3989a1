"use client";

/** What lies over the article and is no part of its text: the ends of the chosen span to drag, and lines to what it is linked with. */
import { type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type Looks, lookFor } from "@/components/reader/look";
import type { ArticleHandle, Edge } from "@/components/reader/view";
import { cls } from "@/components/ui/class";
import type { Scheme } from "@/lib/scheme/scheme";
import type { Link, Review, Span } from "@/lib/spans/model";
import type { TextIndex } from "@/lib/text/codepoints";
import type { Range } from "@/lib/text/range";
import { snapSelection } from "@/lib/text/words";
import { linksOf } from "./acts";

type Grip = { readonly x: number; readonly y: number; readonly height: number };
type Leader = {
  readonly id: string;
  readonly hue: string;
  readonly name: string;
  readonly number: number | undefined;
  readonly fromY: number;
  /** null: the other end is not drawn; the line then goes up or down out of sight. */
  readonly toY: number | null;
  readonly down: boolean;
  /** The chosen span is where the link starts. */
  readonly outward: boolean;
};

/** Lines beside each other in the margin; more links are in the inspector. */
const LANES = 8;
/** Pixels. */
const LANE = 9;

export function Overlay({
  chosen,
  review,
  scheme,
  looks,
  numbers,
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
  numbers: ReadonlyMap<string, number>;
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
  const [leaders, setLeaders] = useState<readonly Leader[]>([]);
  const [dragging, setDragging] = useState<"start" | "end" | null>(null);

  const measure = useRef(() => {});
  const shownNumbers = useRef(numbers);
  shownNumbers.current = numbers;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` stands for where the text is, which this measures
  useLayoutEffect(() => {
    measure.current = () => {
      if (!chosen || !article || !column) {
        setGrips(null);
        setLeaders([]);
        return;
      }
      const frame = column.getBoundingClientRect();
      const boxes = article.boxes(chosen);
      const [first] = boxes;
      const edges = article.edges(chosen);
      const grip = (edge: Edge | null): Grip | null =>
        edge && { x: edge.x - frame.left, y: edge.top - frame.top, height: edge.height };
      setGrips({ start: grip(edges.start), end: grip(edges.end) });
      if (!first) {
        setLeaders([]);
        return;
      }
      const hereY = first.top - frame.top + first.height / 2;
      setLeaders(
        leadersOf(chosen, review, scheme, looks, shownNumbers.current, hereY, (span) => {
          const [box] = article.boxes(span);
          return box ? box.top - frame.top + box.height / 2 : null;
        }),
      );
    };
    measure.current();
  }, [chosen, review.links, article, column, drawn, scheme, looks]);

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

  if (!chosen) return null;
  const hue = `hue-${lookFor(looks, chosen.label).hue}`;
  return (
    <div className={cls("rv-overlay", dragging && "dragging")} aria-hidden>
      <svg className="rv-leaders" width="1" height="1" aria-hidden>
        {leaders.slice(0, LANES).map((leader, lane) => (
          <LeaderLine key={leader.id} leader={leader} lane={lane} of={Math.min(leaders.length, LANES)} />
        ))}
      </svg>
      {editable &&
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

function leadersOf(
  chosen: Span,
  review: Review,
  scheme: Scheme,
  looks: Looks,
  numbers: ReadonlyMap<string, number>,
  hereY: number,
  yOf: (span: Span) => number | null,
): readonly Leader[] {
  const made = linksOf(review, chosen.id).flatMap((link: Link): readonly Leader[] => {
    const outward = link.from === chosen.id;
    const other = outward ? (link.to === null ? undefined : review.spans.get(link.to)) : review.spans.get(link.from);
    const from = outward ? chosen : other;
    if (!other || !from) return [];
    return [
      {
        id: link.id,
        hue: lookFor(looks, from.label).hue,
        name: scheme.links.find((t) => t.key === link.type)?.name ?? link.type,
        number: numbers.get(other.id),
        fromY: hereY,
        toY: yOf(other),
        down: other.start > chosen.start,
        outward,
      },
    ];
  });
  // The nearest innermost, so that lines do not cross.
  return made.sort((a, b) => Math.abs((a.toY ?? 1e9) - a.fromY) - Math.abs((b.toY ?? 1e9) - b.fromY));
}

function LeaderLine({ leader, lane, of }: { leader: Leader; lane: number; of: number }) {
  const { fromY, toY, down, outward } = leader;
  const x = -16 - lane * LANE;
  const shift = (lane % 3) * 3 - 3; // several lines at one line of text stay apart
  const y1 = fromY + shift;
  const y2 = toY ?? fromY + (down ? 60 : -60);
  const bend = Math.min(8, Math.abs(y2 - y1) / 2) * (y2 > y1 ? 1 : -1);
  const end = toY === null ? `V${y2}` : `V${y2 - bend}Q${x} ${y2} ${x + 8} ${y2}H-6`;
  const path = `M-6 ${y1}H${x + 8}Q${x} ${y1} ${x} ${y1 + bend}${end}`;
  const arrowY = outward ? y2 : y1;
  const dotY = outward ? y1 : y2;
  const middle = (y1 + y2) / 2;
  return (
    <g className={`hue-${leader.hue}`}>
      <path d={path} />
      {(toY !== null || !outward) && <polygon points={`-1,${arrowY} -8,${arrowY - 4} -8,${arrowY + 4}`} />}
      {(toY !== null || outward) && <circle cx={-5} cy={dotY} r={3} />}
      {of <= 3 && (
        <text x={-16 - (of - 1) * LANE - 5} y={middle + 4 + lane * 16}>
          {leader.name}
          {toY === null ? ` ${leader.number ?? ""} ${down ? "↓" : "↑"}` : ""}
        </text>
      )}
    </g>
  );
}
