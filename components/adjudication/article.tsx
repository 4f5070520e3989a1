"use client";

import { memo, type ReactNode, useEffect, useRef } from "react";
import type { Region } from "@/lib/regions/roles";
import type { Scheme } from "@/lib/scheme/scheme";
import { pieces } from "@/lib/spans/pieces";
import { type Block, blocks } from "@/lib/text/blocks";
import type { TextIndex } from "@/lib/text/codepoints";
import { overlap, type Range } from "@/lib/text/range";
import { trimBlanks } from "@/lib/text/trim";
import { cls } from "../ui/class";
import styles from "./article.module.css";
import { LinkLines } from "./link-lines";
import type { CaseView } from "./model";

const STATES = { OPEN: "open", DECIDED: "decided", STALE: "stale", ORPHANED: "orphaned", CLOSED: "closed" } as const;

/** The article with its cases as they fill up; the stretch in focus is replaced by `focus`. */
export function DeskText({
  index,
  regions,
  cases,
  current,
  focusRange,
  focus,
  scheme,
  onGo,
}: {
  index: TextIndex;
  regions: readonly Region[];
  cases: readonly CaseView[];
  current: CaseView | null;
  focusRange: Range | null;
  focus: ReactNode;
  scheme: Scheme;
  onGo: (id: string) => void;
}) {
  const here = useRef<HTMLDivElement>(null);
  const column = useRef<HTMLDivElement>(null);
  const id = current?.id;
  useEffect(() => {
    if (id) here.current?.scrollIntoView({ block: "nearest" });
  }, [id]);

  const parts: ReactNode[] = [];
  let drawn = false;
  for (const block of blocks(index, regions)) {
    const cut = focusRange && block.start < focusRange.end && focusRange.start < block.end ? focusRange : null;
    const shared = { index, block, cases, scheme, onGo };
    if (!cut) {
      parts.push(<Paragraph key={block.start} {...shared} range={{ start: block.start, end: block.contentEnd }} />);
      continue;
    }
    if (block.start < cut.start)
      parts.push(<Paragraph key={block.start} {...shared} range={{ start: block.start, end: cut.start }} />);
    if (!drawn) {
      drawn = true;
      parts.push(
        <div key="focus" ref={here} className="scroll-my-24" data-cases={within(cases, cut)}>
          {focus}
        </div>,
      );
    }
    const rest = cut.end < block.contentEnd && trimBlanks(index, { start: cut.end, end: block.contentEnd });
    if (rest) parts.push(<Paragraph key={`${block.start}-after`} {...shared} range={rest} />);
  }
  return (
    <div ref={column} className={styles.column}>
      {parts}
      <LinkLines column={column} cases={cases} current={current} scheme={scheme} />
    </div>
  );
}

/** For whoever measures where a case is drawn. */
const within = (cases: readonly CaseView[], range: Range) =>
  cases.flatMap((one) => (overlap(one, range) ? [one.id] : [])).join(" ");

const LEVEL_CLASS: Readonly<Record<string, string | undefined>> = {
  headline: styles.headline,
  standfirst: styles.standfirst,
  subheading: styles.subheading,
  body: undefined,
};

const Paragraph = memo(function Paragraph({
  index,
  block,
  range,
  cases,
  scheme,
  onGo,
}: {
  index: TextIndex;
  block: Block<Region>;
  range: Range;
  cases: readonly CaseView[];
  scheme: Scheme;
  onGo: (id: string) => void;
}) {
  if (range.start >= range.end) return null;
  const quiet = !(block.role in LEVEL_CLASS);
  const text = index.slice(range);
  if (text.trim() === "") return null;
  if (quiet)
    return (
      <p className={styles.quiet} dir="auto">
        <b>{block.role}</b> {text}
      </p>
    );
  const marked = cases.filter((one) => one.start < range.end && range.start < one.end);
  const starting = marked.filter((one) => one.start >= range.start);
  return (
    <p className={cls(styles.text, LEVEL_CLASS[block.role])} dir="auto">
      {pieces(range, marked).map((piece) => {
        const top = piece.spans.at(-1);
        const words = index.slice(piece);
        if (!top) return words;
        const label = scheme.labels.find((one) => one.key === (top.decision?.spans[0]?.label ?? top.labels[0]));
        return (
          <a
            key={piece.start}
            href={`?case=${top.id}`}
            data-cases={piece.spans.map((one) => one.id).join(" ")}
            className={cls(styles.mark, styles[STATES[top.status]], styles[label?.line ?? "solid"])}
            style={{ "--c": `var(--${label?.colour ?? "slate"})` } as React.CSSProperties}
            aria-label={`${words}: ${STATES[top.status]} case`}
            onClick={(event) => {
              event.preventDefault();
              onGo(top.id);
            }}
          >
            {words}
          </a>
        );
      })}
      {starting.length > 0 && (
        <span className={styles.margin}>
          {starting.map((one) => (
            <button key={one.id} type="button" onClick={() => onGo(one.id)} className={styles.marker}>
              <StateMark status={one.status} />
              <span>
                <b>{cases.indexOf(one) + 1}</b> {STATES[one.status]}
              </span>
            </button>
          ))}
        </span>
      )}
    </p>
  );
});

/** The state of a case by shape. */
export function StateMark({ status, current }: { status: CaseView["status"]; current?: boolean }) {
  const shape = {
    DECIDED: <path d="M2.5 7.5l3 3 6-7" />,
    STALE: <path d="M11.5 7a4.5 4.5 0 1 1-1.6-3.4M10.2 1v2.9H7.3" />,
    OPEN: <circle cx="7" cy="7" r="4.25" fill={current ? "currentColor" : "none"} />,
    ORPHANED: <path d="M3 3l8 8M11 3l-8 8" />,
    CLOSED: null,
  } as const;
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden
      className="shrink-0"
    >
      {shape[status]}
    </svg>
  );
}
