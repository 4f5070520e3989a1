"use client";

/**
 * The article on the screen: read-only, or (with `caret`) a text field that cannot be written in, with the platform's own caret,
 * its keys and its touch handles. The model never leaves offsets: this file turns places into offsets and back.
 */
import {
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Range } from "@/lib/text/range";
import { cls } from "../ui/class";
import { Fold } from "./fold";
import { domRanges, type Highlights, useHighlights } from "./highlights";
import { Line } from "./line";
import type { Drawn } from "./look";
import { offsetAt, placeOf } from "./place";
import "./reader.css";
import { type Row, rangeOf, rowAt } from "./rows";
import { type Ends, type Picked, useSelection } from "./selection";
import type { ArticleModel } from "./use-article";
import { WINDOWED_FROM, type Windowed, WindowedRows } from "./windowed";

/** In the window's pixels. */
export type Edge = { readonly x: number; readonly top: number; readonly height: number };

export type ArticleHandle = {
  readonly focus: () => void;
  /** Puts the caret, or a selection, in the text; `focus` is the end that moves. */
  readonly select: (anchor: number, focus: number) => void;
  /** As `select` with a caret, for when the text is about to be drawn anew: it is put there with the drawing. */
  readonly keep: (caret: number) => void;
  /** Scrolls a range into the view if it is not there; unfolds what hides it. */
  readonly reveal: (range: Range) => void;
  /** Where the drawn parts of a range stand in the window. */
  readonly boxes: (range: Range) => readonly DOMRect[];
  /** Where a range begins and ends, with the height of its line; null for an end that is not drawn. */
  readonly edges: (range: Range) => { readonly start: Edge | null; readonly end: Edge | null };
  /** The line at the top of the view, by its first character, and how many pixels of it are above; null while nothing is drawn. */
  readonly whereabouts: () => Whereabouts | null;
  /** Scrolls there; resolves when it stands still. */
  readonly goBack: (to: Whereabouts) => Promise<void>;
  /** From the first to the last character in view. */
  readonly visible: () => Range;
  readonly offsetFromPoint: (x: number, y: number) => number | null;
};

export type Whereabouts = { readonly top: number; readonly over: number };

export type Pressed = {
  /** Between which characters. */
  readonly at: number | null;
  /** With Ctrl or Command. */
  readonly many: boolean;
};

export type Caret = {
  readonly label: string;
  readonly describedBy?: string;
  readonly onPick: (picked: Picked) => void;
  readonly onKey: (event: KeyboardEvent<HTMLElement>) => void;
};

const NONE: Highlights = {};
const NO_SPANS: readonly Drawn[] = [];

export function ArticleView({
  model,
  per,
  chosen,
  language,
  scroller,
  onFold,
  onPress,
  caret,
  highlights = NONE,
  top = "h1",
  whole = false,
  onDrawn,
  ref,
}: {
  model: ArticleModel;
  /** By block, the spans that meet it. */
  per: readonly (readonly Drawn[])[];
  chosen: ({ readonly id: string } & Range) | null;
  language: string | null;
  /** What scrolls; needed for long texts. */
  scroller: RefObject<HTMLElement | null>;
  onFold: (start: number) => void;
  /** A press on a marked place, with its piece's offset; on any other, null. */
  onPress?: (offset: number | null, how: Pressed) => void;
  caret?: Caret;
  highlights?: Highlights;
  top?: "h1" | "h2";
  /** Draws all of a long text too. */
  whole?: boolean;
  /** Other rows are drawn than before. */
  onDrawn?: () => void;
  ref?: Ref<ArticleHandle>;
}) {
  const { index, rows, looks } = model;
  const root = useRef<HTMLDivElement>(null);
  const windowed = useRef<Windowed>(null);
  const kept = useRef<Ends | null>(null);
  /** A selection whose lines are not drawn yet: they are asked for, and it is put there with them. */
  const wanted = useRef<Ends | null>(null);
  const [asked, setAsked] = useState<Ends | null>(null);
  const [tick, setTick] = useState(0);
  const [editable, setEditable] = useState(false);
  const isWindowed = !whole && index.length >= WINDOWED_FROM;
  const element = useCallback(() => root.current, []);

  const select = useCallback(
    (anchor: number, focus: number) => {
      kept.current = { anchor, focus };
      if (!root.current) return;
      const forward = anchor <= focus;
      const from = placeOf(root.current, index, rows, anchor, forward ? "start" : "end");
      const to = placeOf(root.current, index, rows, focus, anchor === focus ? "start" : forward ? "end" : "start");
      wanted.current = from && to ? null : { anchor, focus };
      if (from && to) document.getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
      else setAsked({ anchor, focus });
    },
    [index, rows],
  );

  const { ends, healed } = useSelection(element, model, editable, caret?.onPick, kept, select);

  // Pieces that were cut anew took the caret with them: it goes back before anyone sees it gone.
  const drawnFor = useRef(per);
  useLayoutEffect(() => {
    if (drawnFor.current === per) return;
    drawnFor.current = per;
    const selection = document.getSelection();
    const at = kept.current;
    if (!at || !root.current || !selection?.anchorNode || !root.current.contains(selection.anchorNode)) return;
    select(at.anchor, at.focus);
  }, [per, select]);
  const pinned = useMemo(
    () => [ends, asked].flatMap((e) => (e ? [rowAt(rows, e.anchor), rowAt(rows, e.focus)] : [])),
    [ends, asked, rows],
  );
  const drawnKey = useMemo(() => ({ per, rows, tick, healed }), [per, rows, tick, healed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawnKey` and `asked` stand for what is in the document
  useLayoutEffect(() => {
    if (wanted.current) select(wanted.current.anchor, wanted.current.focus);
  }, [drawnKey, asked, select]);
  useEffect(() => {
    if (ends && !wanted.current) setAsked(null);
  }, [ends]);
  useHighlights(element, index, rows, highlights, drawnKey);

  // A finger selects better in plain text; a caret is for whoever has a keyboard and a pointer.
  useEffect(() => {
    if (caret && !window.matchMedia("(pointer: coarse)").matches) setEditable(true);
  }, [caret]);

  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    if (!isWindowed || !root.current || !scroller.current) return;
    const { top: above } = root.current.getBoundingClientRect();
    setMargin(above - scroller.current.getBoundingClientRect().top + scroller.current.scrollTop);
  }, [isWindowed, scroller]);

  const boxes = useCallback(
    (range: Range): readonly DOMRect[] =>
      root.current ? domRanges(root.current, index, rows, range).flatMap((r) => [...r.getClientRects()]) : [],
    [index, rows],
  );

  const reveal = useCallback(
    (range: Range, tries = 3) => {
      const at = rowAt(rows, range.start);
      const row = rows[at];
      const frame = scroller.current;
      if (!row || !frame) return;
      if (row.kind === "fold" && !row.open) {
        onFold(row.region.start);
        return;
      }
      const [box] = boxes({ start: range.start, end: Math.max(range.end, range.start + 1) });
      if (!box) {
        windowed.current?.bring(at, "center");
        if (tries > 0) requestAnimationFrame(() => reveal(range, tries - 1));
        return;
      }
      const view = frame.getBoundingClientRect();
      const air = Math.min(72, view.height / 6);
      if (box.top < view.top + air || box.bottom > view.bottom - air)
        frame.scrollTop += box.top - view.top - view.height / 3;
    },
    [rows, scroller, boxes, onFold],
  );

  const nowRows = useRef(rows);
  nowRows.current = rows;
  const goBack = useCallback(
    async ({ top, over }: Whereabouts) => {
      // Lines get their true heights as they come into view, so the place is looked at again until it stays.
      for (let tries = 0, still = 0; tries < 12 && still < 2; tries++) {
        const frame = scroller.current;
        const at = rowAt(nowRows.current, top);
        const line = root.current?.querySelector(`:scope > [data-index="${at}"]`);
        if (!frame || at < 0) return;
        const off = line && line.getBoundingClientRect().top - frame.getBoundingClientRect().top + over;
        if (off === null || off === undefined) windowed.current?.bring(at, "start");
        else if (Math.abs(off) < 1) still++;
        else {
          const before = frame.scrollTop;
          frame.scrollTop += off;
          if (frame.scrollTop === before) still++; // the end of the text
        }
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    },
    [scroller],
  );

  const fromPoint = useCallback(
    (x: number, y: number): number | null => {
      const at = document.caretPositionFromPoint?.(x, y);
      return at && root.current ? offsetAt(root.current, index, at.offsetNode, at.offset) : null;
    },
    [index],
  );

  useImperativeHandle(
    ref,
    () => ({
      focus: () => root.current?.focus({ preventScroll: true }),
      select,
      keep: (at) => {
        kept.current = { anchor: at, focus: at };
      },
      reveal,
      boxes,
      edges: (range) => {
        const made = root.current ? domRanges(root.current, index, rows, range) : [];
        const edge = (of: globalThis.Range | undefined, side: "start" | "end"): Edge | null => {
          const all = of ? [...of.getClientRects()] : [];
          const box = side === "start" ? all[0] : all.at(-1);
          const line = of?.startContainer.parentElement?.closest(".line");
          if (!box || !line) return null;
          const leftwards = getComputedStyle(line).direction === "rtl";
          return { x: (side === "start") !== leftwards ? box.left : box.right, top: box.top, height: box.height };
        };
        return { start: edge(made[0], "start"), end: edge(made.at(-1), "end") };
      },
      whereabouts: () => whereabouts(root.current, scroller.current, rows),
      goBack,
      visible: () => visibleRange(root.current, scroller.current, rows),
      offsetFromPoint: fromPoint,
    }),
    [select, reveal, boxes, rows, index, scroller, goBack, fromPoint],
  );

  const press = (event: MouseEvent<HTMLElement>) => {
    const piece = event.target instanceof Element ? event.target.closest(".s") : null;
    const selection = document.getSelection();
    const fold = event.target instanceof Element && event.target.closest(".fold");
    if (!onPress || fold || (selection && !selection.isCollapsed)) return;
    const how = { at: fromPoint(event.clientX, event.clientY), many: event.ctrlKey || event.metaKey };
    onPress(piece ? index.toCodePoint(Number(piece.getAttribute("data-o"))) : null, how);
  };

  const render = (row: Row, measure: ((element: HTMLElement | null) => void) | null, at: number) =>
    row.kind === "fold" ? (
      <Fold key={row.key} row={row} at={at} index={index} onFold={onFold} {...(measure ? { ref: measure } : {})} />
    ) : (
      <Line
        key={`${row.key} ${healed.get(row.at) ?? 0}`}
        row={row}
        at={at}
        index={index}
        spans={per[row.at] ?? NO_SPANS}
        looks={looks}
        chosen={chosen && chosen.start < row.block.end && row.block.start < chosen.end ? chosen.id : null}
        language={language}
        top={top}
        {...(measure ? { ref: measure } : {})}
      />
    );

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a text field where there is a caret, plain text otherwise
    // biome-ignore lint/a11y/useKeyWithClickEvents: the caret's keys do what a press does ([ and ] walk the spans)
    <div
      ref={root}
      className={cls("article", isWindowed ? "windowed" : "whole")}
      contentEditable={editable}
      suppressContentEditableWarning
      {...(caret
        ? {
            role: "textbox",
            tabIndex: 0,
            "aria-multiline": true,
            "aria-readonly": true,
            "aria-label": caret.label,
            "aria-describedby": caret.describedBy,
            spellCheck: false,
            inputMode: "none" as const,
            onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
              if (!editable && event.key.startsWith("Arrow")) setEditable(true); // a keyboard on a tablet
              caret.onKey(event);
            },
          }
        : {})}
      onClick={press}
    >
      {isWindowed ? (
        <WindowedRows
          ref={windowed}
          rows={rows}
          scroller={scroller}
          pinned={pinned}
          margin={margin}
          render={render}
          onWindow={() => {
            setTick((n) => n + 1);
            onDrawn?.();
          }}
        />
      ) : (
        rows.map((row, at) => render(row, null, at))
      )}
    </div>
  );
}

function whereabouts(root: HTMLElement | null, scroller: HTMLElement | null, rows: readonly Row[]): Whereabouts | null {
  if (!root || !scroller) return null;
  const { top } = scroller.getBoundingClientRect();
  const lines = root.querySelectorAll<HTMLElement>(":scope > [data-index]");
  const line = lines[firstBelow(lines, top)];
  const row = rows[Number(line?.dataset.index ?? -1)];
  return line && row ? { top: rangeOf(row).start, over: Math.round(top - line.getBoundingClientRect().top) } : null;
}

/** The first line that ends below a height, by halving; O(log lines) measurements. */
function firstBelow(lines: NodeListOf<HTMLElement>, height: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.getBoundingClientRect().bottom ?? 0) <= height) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Lines in view. */
function visibleRange(root: HTMLElement | null, scroller: HTMLElement | null, rows: readonly Row[]): Range {
  const none = { start: 0, end: 0 };
  if (!root || !scroller) return none;
  const view = scroller.getBoundingClientRect();
  const lines = root.querySelectorAll<HTMLElement>(":scope > [data-index]");
  const first = (below: number) => firstBelow(lines, below);
  const rowOf = (at: number) => rows[Number(lines[Math.min(at, lines.length - 1)]?.dataset.index ?? -1)];
  const share = (at: number, y: number) => {
    const row = rowOf(at);
    const box = lines[Math.min(at, lines.length - 1)]?.getBoundingClientRect();
    if (!row || !box) return 0;
    const { start, end } = row.kind === "block" ? row.block : row.range;
    const part = Math.min(1, Math.max(0, (y - box.top) / Math.max(1, box.height)));
    return Math.round(start + part * (end - start));
  };
  return { start: share(first(view.top), view.top), end: share(first(view.bottom), view.bottom) };
}
