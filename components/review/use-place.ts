"use client";

/**
 * Where the reader was in a review, kept in this browser: what stood on top, the caret or selection, the span in hand, and what was
 * folded out. After a reload, a crash or a closed laptop the screen opens there again. Offsets and ids only.
 */
import { type RefObject, useCallback, useEffect, useRef } from "react";
import type { ArticleHandle } from "@/components/reader/view";
import { readJson, writeItem } from "./settings";
import type { Screen } from "./use-screen";

export type Place = {
  /** The first character in view, and how many pixels its line begins above the view's top. */
  readonly top: number;
  readonly over: number;
  readonly anchor: number;
  readonly focus: number;
  readonly chosen: string | null;
};

const nameOf = (review: string) => `gloss-place-${review}`;
/** Milliseconds after the last movement. */
const PAUSE_MS = 200;

function read(review: string): Place | null {
  const known = readJson(nameOf(review)) as Partial<Place> | null;
  if (!known || ![known.top, known.over, known.anchor, known.focus].every((n) => Number.isFinite(n))) return null;
  return known as Place;
}

export function usePlace(
  screen: Screen,
  scroller: RefObject<HTMLElement | null>,
  article: RefObject<ArticleHandle | null>,
) {
  const { latest, set } = screen;
  const { page } = screen;
  const { id } = page.review;
  const ready = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const keep = useCallback(() => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
    const at = article.current?.whereabouts();
    if (!ready.current || !at) return;
    const { picked, chosen } = latest.current;
    const place: Place = { ...at, anchor: picked?.anchor ?? 0, focus: picked?.focus ?? 0, chosen: chosen?.id ?? null };
    writeItem(nameOf(id), JSON.stringify(place));
  }, [article, latest, id]);

  const soon = useCallback(() => {
    timer.current ??= setTimeout(keep, PAUSE_MS);
  }, [keep]);

  useEffect(() => {
    const known = read(id);
    const length = latest.current.index.length;
    if (known && Math.max(known.top, known.anchor, known.focus) <= length) {
      article.current?.select(known.anchor, known.focus);
      if (known.chosen !== null && latest.current.review.spans.has(known.chosen)) set.setChosen(known.chosen);
      void article.current?.goBack(known).then(() => {
        // A selection far away can only be put where its lines are drawn.
        article.current?.select(known.anchor, known.focus);
        ready.current = true;
      });
    } else ready.current = true;
    const frame = scroller.current;
    frame?.addEventListener("scroll", soon, { passive: true });
    document.addEventListener("visibilitychange", keep);
    window.addEventListener("pagehide", keep);
    return () => {
      keep();
      frame?.removeEventListener("scroll", soon);
      document.removeEventListener("visibilitychange", keep);
      window.removeEventListener("pagehide", keep);
    };
  }, [id, article, latest, scroller, set, soon, keep]);

  const { picked, chosen } = screen;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of them is a reason to keep the place anew
  useEffect(soon, [picked, chosen?.id, soon]);
}
