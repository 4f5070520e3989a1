"use client";

import { memo, type RefObject, useEffect, useMemo, useRef } from "react";
import { type Looks, lookFor } from "@/components/reader/look";
import type { ArticleBlock } from "@/components/reader/rows";
import type { ArticleHandle } from "@/components/reader/view";
import { cls } from "@/components/ui/class";
import type { RegionRole } from "@/lib/regions/roles";
import type { Scheme } from "@/lib/scheme/scheme";
import type { Span } from "@/lib/spans/model";
import type { Range } from "@/lib/text/range";
import type { Place } from "./where";

export type OutlineEntry = Range & { readonly name: string; readonly folded: boolean; readonly role: string };

/** More paragraphs than this are shown as the parts between subheadings. */
const PARAGRAPHS = 24;

/** The article's parts from top to bottom. */
export function entriesOf(
  blocks: readonly ArticleBlock[],
  places: readonly Place[],
  scope: readonly RegionRole[],
): readonly OutlineEntry[] {
  const bodies = blocks.filter((b) => b.role === "body").length;
  const made: OutlineEntry[] = [];
  blocks.forEach((block, at) => {
    const last = made.at(-1);
    const name = places[at]?.name ?? block.role;
    const folded = block.region !== null && !scope.includes(block.region.role);
    const shown = block.role === "body" && bodies > PARAGRAPHS ? "Body" : name.charAt(0).toUpperCase() + name.slice(1);
    const joins =
      last && last.role === block.role && (block.role !== "body" || bodies > PARAGRAPHS || last.name === shown);
    if (joins) made[made.length - 1] = { ...last, end: block.end };
    else made.push({ start: block.start, end: block.end, name: shown, folded, role: block.role });
  });
  return made;
}

/** Ticks of one label inside an entry as an SVG path in a box of 1 by 1000; what touches is drawn as one. */
function ticks(entry: Range, spans: readonly Span[]): string {
  const size = Math.max(1, entry.end - entry.start);
  const at = (offset: number) => Math.round((Math.min(Math.max(offset - entry.start, 0), size) / size) * 1000);
  let path = "";
  let open: { from: number; to: number } | null = null;
  for (const span of spans) {
    const from = at(span.start);
    const to = Math.max(at(span.end), from + 3);
    if (open && from <= open.to + 1) open.to = Math.max(open.to, to);
    else {
      if (open) path += `M0 ${open.from}H1V${open.to}H0Z`;
      open = { from, to };
    }
  }
  return open ? `${path}M0 ${open.from}H1V${open.to}H0Z` : path;
}

/** A thin map of the article: its parts, what is marked in them, what is in view, how far it has been read. */
export const Outline = memo(function Outline({
  entries,
  spans,
  chosen,
  scheme,
  looks,
  length,
  read,
  article,
  scroller,
  onGo,
  onRead,
}: {
  entries: readonly OutlineEntry[];
  /** In reading order. */
  spans: readonly Span[];
  chosen: Span | null;
  scheme: Scheme;
  looks: Looks;
  length: number;
  /** Per cent of the article that has been in view. */
  read: number;
  article: RefObject<ArticleHandle | null>;
  scroller: RefObject<HTMLElement | null>;
  onGo: (offset: number) => void;
  onRead: (percent: number) => void;
}) {
  const labels = useMemo(() => scheme.labels.filter((l) => !l.archived), [scheme]);
  const list = useRef<HTMLDivElement>(null);
  const view = useRef<HTMLSpanElement>(null);
  const perEntry = useMemo(() => {
    let from = 0;
    return entries.map((entry) => {
      while ((spans[from]?.start ?? entry.start) < entry.start) from++;
      let to = from;
      while ((spans[to]?.start ?? entry.end) < entry.end) to++;
      return spans.slice(from, to);
    });
  }, [entries, spans]);

  const paths = useMemo(
    () =>
      entries.map((entry, at) =>
        labels.map((label) =>
          ticks(
            entry,
            (perEntry[at] ?? []).filter((s) => s.label === label.key),
          ),
        ),
      ),
    [entries, perEntry, labels],
  );

  // What is in view moves with every scroll, so it is written to the element itself.
  useEffect(() => {
    const frame = scroller.current;
    if (!frame) return;
    let asked = 0;
    const draw = () => {
      asked = 0;
      const box = list.current;
      const visible = article.current?.visible();
      if (!box || !view.current || !visible) return;
      const y = (offset: number) => {
        let at = entries.findIndex((e) => offset < e.end);
        if (at === -1) at = entries.length - 1;
        const entry = entries[at];
        const element = box.children[at];
        if (!entry || !(element instanceof HTMLElement)) return 0;
        const part = Math.min(1, Math.max(0, (offset - entry.start) / Math.max(1, entry.end - entry.start)));
        return element.offsetTop + part * element.offsetHeight;
      };
      const top = y(visible.start);
      view.current.style.top = `${top - 2}px`;
      view.current.style.height = `${Math.max(10, y(visible.end) - top + 4)}px`;
      onRead(length === 0 ? 100 : Math.min(100, Math.round((visible.end / length) * 100)));
    };
    const ask = () => {
      asked ||= requestAnimationFrame(draw);
    };
    ask();
    frame.addEventListener("scroll", ask, { passive: true });
    const resized = new ResizeObserver(ask);
    resized.observe(frame);
    return () => {
      cancelAnimationFrame(asked);
      frame.removeEventListener("scroll", ask);
      resized.disconnect();
    };
  }, [entries, article, scroller, onRead, length]);

  return (
    <nav className="rv-outline" aria-label="Outline">
      <p className="rv-head">
        <b>Outline</b>
        <span>{read}% read</span>
      </p>
      <div className="rv-map">
        <div ref={list} className="rv-parts">
          {entries.map((entry, at) => {
            const here = perEntry[at] ?? [];
            const now = chosen !== null && entry.start <= chosen.start && chosen.start < entry.end;
            return (
              <button
                type="button"
                key={entry.start}
                className={cls("rv-part", entry.folded && "folded", now && "here")}
                style={entry.folded ? undefined : { flexGrow: entry.end - entry.start }}
                title={entry.name}
                onClick={() => onGo(entry.start)}
              >
                <span className="rv-part-name">
                  <span>{entry.name}</span>
                  {here.length > 0 && (
                    <em>
                      {here.length}
                      <span className="sr-only"> spans</span>
                    </em>
                  )}
                </span>
                <svg
                  className="rv-ticks"
                  viewBox={`0 0 ${labels.length * 1.25} 1000`}
                  preserveAspectRatio="none"
                  aria-hidden
                >
                  {labels.map((label, lane) => (
                    <path
                      key={label.key}
                      transform={`translate(${lane * 1.25} 0)`}
                      className={`hue-${lookFor(looks, label.key).hue}`}
                      d={paths[at]?.[lane]}
                    />
                  ))}
                  {now && (
                    <path
                      transform={`translate(${labels.findIndex((l) => l.key === chosen.label) * 1.25} 0)`}
                      className={cls("now", `hue-${lookFor(looks, chosen.label).hue}`)}
                      d={ticks(entry, [chosen])}
                    />
                  )}
                </svg>
              </button>
            );
          })}
        </div>
        <span ref={view} className="rv-view" aria-hidden />
        <span className="rv-rail" aria-hidden style={{ "--read": `${read}%` } as React.CSSProperties} />
      </div>
      <p className="rv-foot">
        {spans.length === 1 ? "1 span" : `${spans.length} spans`} in {perEntry.filter((s) => s.length > 0).length} of{" "}
        {entries.length} parts
      </p>
    </nav>
  );
});
