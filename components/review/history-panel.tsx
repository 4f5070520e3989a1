"use client";

import { Redo2, Undo2, X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Scheme } from "@/lib/scheme/scheme";
import type { History } from "@/lib/spans/history";
import type { TextIndex } from "@/lib/text/codepoints";
import { actWords } from "./act-words";

/** Shown at a time; what is older is reached by going back. */
const SHOWN = 200;

/** What was done, newest first; a press goes back, or forth again, to just after it. It outlives the page. */
export function HistoryPanel({
  history,
  scheme,
  index,
  readOnly,
  onStep,
  onClose,
}: {
  history: History;
  scheme: Scheme;
  index: TextIndex;
  readOnly: boolean;
  onStep: (which: "undo" | "redo", times: number) => void;
  onClose: () => void;
}) {
  const { done, undone } = history;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => list.current?.querySelector<HTMLElement>("button")?.focus(), []);
  // Undone ones stand on top, the one that would be redone next lowest.
  const rows = [
    ...undone.map((entry, at) => ({ entry, which: "redo" as const, times: undone.length - at, at: -1 - at })),
    ...[...done].reverse().map((entry, at) => ({ entry, which: "undo" as const, times: at, at: done.length - 1 - at })),
  ].slice(0, SHOWN + undone.length);
  return (
    <section className="rv-history" aria-label="History">
      <header>
        <h2>History</h2>
        <span>{done.length === 1 ? "1 step" : `${done.length} steps`}</span>
        <button
          type="button"
          className="rv-icon"
          aria-label="Undo"
          disabled={readOnly || done.length === 0}
          onClick={() => onStep("undo", 1)}
        >
          <Undo2 size={15} aria-hidden />
        </button>
        <button
          type="button"
          className="rv-icon"
          aria-label="Redo"
          disabled={readOnly || undone.length === 0}
          onClick={() => onStep("redo", 1)}
        >
          <Redo2 size={15} aria-hidden />
        </button>
        <button type="button" className="rv-icon" aria-label="Close the history" onClick={onClose}>
          <X size={15} aria-hidden />
        </button>
      </header>
      <ol
        ref={list}
        onKeyDown={(event) => {
          if (event.key === "Escape") onClose();
          const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
          if (by === 0 || !list.current) return;
          event.preventDefault();
          const all = [...list.current.querySelectorAll<HTMLElement>("button")];
          all[all.indexOf(document.activeElement as HTMLElement) + by]?.focus();
        }}
      >
        {rows.map(({ entry, which, times, at }) => (
          <li key={at} className={which === "redo" ? "undone" : undefined}>
            <button
              type="button"
              aria-current={which === "undo" && times === 0 ? "step" : undefined}
              disabled={readOnly}
              onClick={() => times > 0 && onStep(which, times)}
            >
              {which === "redo" && <span className="sr-only">Undone: </span>}
              {actWords(scheme, index, entry.act)}
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            aria-current={done.length === 0 ? "step" : undefined}
            disabled={readOnly || done.length === 0}
            onClick={() => onStep("undo", done.length)}
          >
            {done.length === 0 && undone.length === 0
              ? "Nothing done in this browser yet"
              : "As it was before all this"}
          </button>
        </li>
      </ol>
    </section>
  );
}
