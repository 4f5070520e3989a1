"use client";

import { useEffect, useRef, useState } from "react";

/** Milliseconds after the last letter before a text is kept. */
const PAUSE_MS = 700;

/** A text that is kept a moment after the last letter, on leaving it, and when another span is chosen. */
export function useKeptText(value: string, keep: (text: string) => void) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  const pending = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const last = useRef(keep);
  last.current = keep;
  // Changed from elsewhere (an undo, another window) while nobody types here.
  if (shown !== value) {
    setShown(value);
    if (pending.current === null) setText(value);
  }
  const flush = () => {
    if (timer.current) clearTimeout(timer.current);
    if (pending.current === null) return;
    const kept = pending.current;
    pending.current = null;
    last.current(kept);
  };
  const flushLater = useRef(flush);
  flushLater.current = flush;
  useEffect(() => () => flushLater.current(), []);
  return {
    text,
    flush,
    change: (next: string) => {
      setText(next);
      pending.current = next;
      if (timer.current) clearTimeout(timer.current);
      timer.current = setTimeout(() => flushLater.current(), PAUSE_MS);
    },
  };
}
