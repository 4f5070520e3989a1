"use client";

import { type CSSProperties, useLayoutEffect, useRef } from "react";
import type { Scheme } from "@/lib/scheme/scheme";
import type { TextIndex } from "@/lib/text/codepoints";
import type { Range } from "@/lib/text/range";
import { cls } from "../ui/class";
import styles from "./focus.module.css";
import { type Bar, type LaneRow, tile } from "./lanes";

const LANE = 20;

/**
 * The words of a case with the lanes under each line. A lane is the same words again, invisible, set below the visible ones: so its bars
 * stand under exactly the words that they mark, whatever the line breaks, the script or the direction.
 */
export function Focus({
  index,
  range,
  lanes,
  nothing,
  scheme,
  onSelect,
}: {
  index: TextIndex;
  range: Range;
  lanes: readonly LaneRow[];
  /** "Reviewer C marked nothing", or null. */
  nothing: string | null;
  scheme: Scheme;
  onSelect?: (range: Range) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  useFittedNames(box, lanes);
  const style = { "--lanes": lanes.length, "--lane": `${LANE}px` } as CSSProperties;
  return (
    <div ref={box} className={styles.focus} style={style}>
      <div className={styles.stack}>
        <div className={styles.gutter} aria-hidden>
          {/* one set of names a line of text; what is too many is clipped */}
          {Array.from({ length: 40 }, (_, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a fixed grid
            <div key={line} className={styles.line}>
              {lanes.map((lane, place) => (
                <span key={lane.key} style={{ "--n": place } as CSSProperties}>
                  <i className={styles.wide}>{lane.name}</i>
                  <i className={styles.narrow}>{lane.short}</i>
                </span>
              ))}
            </div>
          ))}
        </div>
        <p
          className={styles.words}
          dir="auto"
          onPointerUp={(event) => {
            const made = onSelect && selectedRange(event.currentTarget, index, range);
            if (made) onSelect(made);
          }}
        >
          {index.slice(range)}
        </p>
        {lanes.map((lane, place) => (
          <p key={lane.key} className={styles.lane} aria-hidden dir="auto" style={{ "--n": place } as CSSProperties}>
            {tile(range, lane.bars).map((piece) =>
              piece.bar ? (
                <Mark
                  key={`${piece.start}`}
                  bar={piece.bar}
                  text={index.slice(piece)}
                  ghost={lane.ghost}
                  scheme={scheme}
                />
              ) : (
                <span key={`${piece.start}`}>{index.slice(piece)}</span>
              ),
            )}
          </p>
        ))}
      </div>
      {nothing && <p className={styles.nothing}>{nothing}</p>}
    </div>
  );
}

/** Pixels: less than so much of a name says nothing. */
const LEAST = 30;

/** What a bar is called ends with its first line: names of narrow bars would run over the bars beside them. */
function useFittedNames(box: React.RefObject<HTMLElement | null>, lanes: readonly LaneRow[]): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the bars are those of the lanes
  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return;
    const shorten = () => {
      const names = [...current.querySelectorAll<HTMLElement>("b")];
      const widths = names.map((name) => name.parentElement?.getClientRects()[0]?.width ?? 0);
      names.forEach((name, place) => {
        const room = (widths[place] ?? 0) - 10;
        name.style.maxWidth = `${room}px`;
        name.style.display = room < LEAST ? "none" : "";
      });
    };
    shorten();
    const watch = new ResizeObserver(shorten);
    watch.observe(current);
    return () => watch.disconnect();
  }, [box, lanes]);
}

function Mark({ bar, text, ghost, scheme }: { bar: Bar; text: string; ghost: boolean; scheme: Scheme }) {
  const label = scheme.labels.find((one) => one.key === bar.label);
  return (
    <span
      className={cls(styles.bar, styles[label?.line ?? "solid"], ghost && styles.ghost, bar.quiet && styles.quiet)}
      style={{ "--c": `var(--${label?.colour ?? "slate"})` } as CSSProperties}
    >
      {!bar.quiet && <b>{`${label?.name.toLowerCase() ?? bar.label}${bar.words ? ` · ${bar.words}` : ""}`}</b>}
      {text}
    </span>
  );
}

/** The browser's selection inside the words, as code points of the article; null when there is none. */
function selectedRange(words: HTMLElement, index: TextIndex, range: Range): Range | null {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || !selection.anchorNode || !selection.focusNode) return null;
  if (!words.contains(selection.anchorNode) || !words.contains(selection.focusNode)) return null;
  const base = index.toUtf16(range.start);
  const [from, to] = [selection.anchorOffset, selection.focusOffset].sort((a, b) => a - b);
  return { start: index.toCodePoint(base + (from ?? 0)), end: index.toCodePoint(base + (to ?? 0)) };
}
