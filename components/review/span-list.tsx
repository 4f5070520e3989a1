"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { Link2, ListChecks } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, memo, useEffect, useMemo, useRef, useState } from "react";
import { type Looks, lookFor, swatch } from "@/components/reader/look";
import { cls } from "@/components/ui/class";
import type { Scheme } from "@/lib/scheme/scheme";
import type { Missing } from "@/lib/spans/complete";
import type { Review, Span } from "@/lib/spans/model";
import type { TextIndex } from "@/lib/text/codepoints";
import { shortName } from "./inspector";
import { attributeWords, cutOut, glimpse } from "./words";

const ROW_PX = 28;
/** The filter for the spans at the place in hand; no label has such a key. */
const HERE = "\u0000here";

/** Every span in reading order, by label if wished: for the eye, for the keyboard, and for who hears the screen. */
export const SpanList = memo(function SpanList({
  spans,
  review,
  chosen,
  missing,
  scheme,
  looks,
  index,
  where,
  here,
  drifted,
  several,
  whole,
  onChoose,
  onTake,
  onTakeAll,
}: {
  spans: readonly Span[];
  review: Review;
  chosen: string | null;
  missing: readonly Missing[];
  scheme: Scheme;
  looks: Looks;
  index: TextIndex;
  where: (offset: number) => string;
  /** Spans at the place in hand. */
  here: ReadonlySet<string>;
  /** Those that came from the version before on other words or among others, while they are untouched. */
  drifted: ReadonlySet<string>;
  /** Spans taken together. */
  several: ReadonlySet<string>;
  /** Every row exists, for who hears the screen. */
  whole: boolean;
  onChoose: (id: string) => void;
  onTake: (id: string) => void;
  onTakeAll: (ids: ReadonlySet<string>) => void;
}) {
  const [label, setLabel] = useState<string | null>(null);
  const [near, setNear] = useState(false);
  /** A press takes a row together with others: for a finger, which has no Ctrl. */
  const [taking, setTaking] = useState(false);
  const only = near && here.size > 1 ? HERE : label;
  const setOnly = (next: string | null) => {
    setNear(next === HERE);
    if (next !== HERE) setLabel(next);
  };
  const shown = useMemo(
    () =>
      only === null
        ? spans
        : only === HERE
          ? spans.filter((s) => here.has(s.id))
          : spans.filter((s) => s.label === only),
    [spans, only, here],
  );
  const numbers = useMemo(() => new Map(spans.map((s, at) => [s.id, at + 1])), [spans]);
  const counts = useMemo(() => {
    const made = new Map<string, number>();
    for (const span of spans) made.set(span.label, (made.get(span.label) ?? 0) + 1);
    return made;
  }, [spans]);
  const linked = useMemo(() => new Set([...review.links.values()].flatMap((l) => [l.from, l.to])), [review.links]);
  const lacking = useMemo(() => new Map(missing.map((m) => [m.spanId, m])), [missing]);
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
    initialRect: { width: 392, height: 600 },
    getItemKey: (at) => shown[at]?.id ?? at,
  });
  const at = chosen === null ? -1 : shown.findIndex((s) => s.id === chosen);
  useEffect(() => {
    if (at !== -1) rows.scrollToIndex(at, { align: "auto" });
  }, [at, rows]);

  const keys = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? shown.length - 1 : step ? Math.max(0, at + step) : null;
    const span = to === null ? undefined : shown[Math.min(to, shown.length - 1)];
    if (!span) return;
    event.preventDefault();
    if (event.shiftKey && step) {
      const now = shown[at];
      onTakeAll(new Set([...several, ...(now ? [now.id] : []), span.id]));
    }
    onChoose(span.id);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('[aria-current="true"]')?.focus());
  };

  /** As in any list: Ctrl takes one more, Shift all from the one in hand. */
  const press = (event: MouseEvent, span: Span, to: number) => {
    if (event.shiftKey && at !== -1) {
      const between = shown.slice(Math.min(at, to), Math.max(at, to) + 1);
      onTakeAll(new Set([...several, ...between.map((s) => s.id)]));
    } else if (taking || event.ctrlKey || event.metaKey) onTake(span.id);
    else {
      if (several.size > 0) onTakeAll(new Set());
      onChoose(span.id);
    }
  };
  const items = whole
    ? shown.map((span, index) => ({ index, start: index * ROW_PX, key: span.id }))
    : rows.getVirtualItems();

  return (
    <section className="rv-list" aria-label="Spans in reading order">
      <fieldset className="rv-filter" aria-label="Show">
        <button type="button" aria-pressed={only === null} onClick={() => setOnly(null)}>
          All <b>{spans.length}</b>
        </button>
        {scheme.labels
          .filter((l) => !l.archived || counts.has(l.key))
          .map((l) => (
            <button
              type="button"
              key={l.key}
              aria-pressed={only === l.key}
              onClick={() => setOnly(only === l.key ? null : l.key)}
            >
              <span className={cls("named", swatch(lookFor(looks, l.key)))}>{shortName(l.name)}</span>{" "}
              <b>{counts.get(l.key) ?? 0}</b>
            </button>
          ))}
        {here.size > 1 && (
          <button type="button" aria-pressed={only === HERE} onClick={() => setOnly(only === HERE ? null : HERE)}>
            Here <b>{here.size}</b>
          </button>
        )}
        <button
          type="button"
          className="rv-taking"
          aria-pressed={taking}
          title="Take several spans together: a press takes one more"
          onClick={() => {
            setTaking(!taking);
            if (taking) onTakeAll(new Set());
          }}
        >
          <ListChecks size={14} aria-hidden />
          <span className="sr-only">Take several together</span>
        </button>
        {taking && (
          <button type="button" onClick={() => onTakeAll(new Set(shown.map((s) => s.id)))}>
            All shown
          </button>
        )}
      </fieldset>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows inside are buttons; arrows go from one to the next */}
      <div ref={box} className="rv-rows" onKeyDown={keys}>
        {shown.length === 0 && (
          <p className="rv-none">
            {spans.length === 0
              ? "Nothing is marked yet. Select words in the article and press the number of a label."
              : "No span of this label."}
          </p>
        )}
        <ol style={{ height: rows.getTotalSize() }}>
          {items.map((item) => {
            const span = shown[item.index];
            if (!span) return null;
            const look = lookFor(looks, span.label);
            const lack = lacking.get(span.id);
            const here = span.id === chosen;
            return (
              <li
                key={item.key}
                style={{ transform: `translateY(${item.start}px)` }}
                aria-setsize={shown.length}
                aria-posinset={item.index + 1}
              >
                <button
                  type="button"
                  aria-current={here ? "true" : undefined}
                  tabIndex={here || (at === -1 && item.index === 0) ? 0 : -1}
                  onClick={(event) => press(event, span, item.index)}
                  {...(taking || several.size > 0 ? { "aria-pressed": several.has(span.id) } : {})}
                >
                  <span className="rv-no">{numbers.get(span.id)}</span>
                  <span className={cls("swatch", swatch(look))} aria-hidden />
                  <span className="sr-only">{look.name}: </span>
                  <span className="rv-q" dir="auto">
                    {glimpse(cutOut(index, span, 200), 90)}
                  </span>
                  {Object.keys(span.attributes).length > 0 && (
                    <span className="sr-only">, {attributeWords(scheme, span).join(", ")}</span>
                  )}
                  {lack && <span className="rv-warn">{lack.code === "link-missing" ? "no target" : "incomplete"}</span>}
                  {span.uncertain && (
                    <span className="rv-mark" title="Uncertain">
                      <span aria-hidden>?</span>
                      <span className="sr-only">uncertain</span>
                    </span>
                  )}
                  {drifted.has(span.id) && span.version <= 1 && (
                    <span className="rv-mark" title="Words changed since the version before">
                      <span aria-hidden>≈</span>
                      <span className="sr-only">words changed since the version before</span>
                    </span>
                  )}
                  {linked.has(span.id) && (
                    <span className="rv-mark" title="Linked">
                      <Link2 size={14} aria-hidden />
                      <span className="sr-only">linked</span>
                    </span>
                  )}
                  <span className="rv-where">{where(span.start)}</span>
                </button>
              </li>
            );
          })}
        </ol>
      </div>
    </section>
  );
});
