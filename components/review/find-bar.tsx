"use client";

import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { Highlights } from "@/components/reader/highlights";
import type { TextIndex } from "@/lib/text/codepoints";
import { findFolded } from "@/lib/text/fold";
import type { Range } from "@/lib/text/range";

/** Finds words in the article, whatever their case, quotes and spacing; also where the text is not drawn yet. */
export function FindBar({
  index,
  start,
  onHighlight,
  onGo,
  onClose,
}: {
  index: TextIndex;
  start: string;
  onHighlight: (highlights: Highlights) => void;
  onGo: (hit: Range) => void;
  onClose: (hit: Range | null) => void;
}) {
  const [words, setWords] = useState(start);
  const [at, setAt] = useState(0);
  const wanted = useDeferredValue(words);
  const hits = useMemo(() => (wanted.trim() === "" ? [] : findFolded(index, wanted)), [index, wanted]);
  const now = hits[at % Math.max(1, hits.length)];
  useEffect(() => {
    onHighlight(now ? { "gloss-hit": hits.filter((h) => h !== now), "gloss-hit-now": [now] } : {});
    if (now) onGo(now);
  }, [hits, now, onHighlight, onGo]);
  useEffect(() => () => onHighlight({}), [onHighlight]);
  const step = (by: 1 | -1) => setAt((known) => (known + by + hits.length) % Math.max(1, hits.length));
  return (
    <search className="rv-find">
      <input
        // biome-ignore lint/a11y/noAutofocus: it was asked for by a key or a button just now
        autoFocus
        aria-label="Find in the article"
        placeholder="Find in the article"
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
          else if (event.key === "Escape") onClose(now ?? null);
          else return;
          event.preventDefault();
        }}
      />
      <span role="status">
        {wanted.trim() === "" ? "" : hits.length === 0 ? "not there" : `${(at % hits.length) + 1} of ${hits.length}`}
      </span>
      <button type="button" className="rv-icon" aria-label="Previous" onClick={() => step(-1)}>
        <ChevronUp size={16} aria-hidden />
      </button>
      <button type="button" className="rv-icon" aria-label="Next" onClick={() => step(1)}>
        <ChevronDown size={16} aria-hidden />
      </button>
      <button type="button" className="rv-icon" aria-label="Close" onClick={() => onClose(now ?? null)}>
        <X size={16} aria-hidden />
      </button>
    </search>
  );
}
