"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { api } from "@/components/api";
import { KEYS } from "./keys";
import { stepsOf, type TourStep } from "./tour";
import type { Screen } from "./use-screen";

export type Tour = {
  readonly step: TourStep | null;
  readonly at: number;
  readonly count: number;
  /** The step that stands was done. */
  readonly done: boolean;
  readonly start: () => void;
  readonly next: () => void;
  readonly back: () => void;
  readonly end: () => void;
  readonly toArticle: () => void;
};

/** It begins by itself on the sample, for whoever has neither taken nor skipped it; that is remembered with the account. */
export function useTour(screen: Screen): Tour {
  const { page, review, chosen, settings, readOnly, article } = screen;
  const steps = useMemo(() => stepsOf(page.scheme, { ...KEYS, ...settings.keys }), [page.scheme, settings.keys]);
  const [at, setAt] = useState<number | null>(null);
  const before = useRef({ spans: 0, links: 0 });
  const [doneAt, setDoneAt] = useState<number | null>(null);

  const go = useCallback(
    (to: number | null) => {
      const now = screen.latest.current.review;
      before.current = { spans: now.spans.size, links: now.links.size };
      setDoneAt(null);
      setAt(to);
    },
    [screen.latest],
  );

  const wanted = page.project.sample && page.review.mine && !readOnly && !page.user.tours.includes("review");
  useEffect(() => {
    if (wanted) go(0);
  }, [wanted, go]);

  const step = at === null ? null : (steps[at] ?? null);
  useEffect(() => {
    if (at !== null && step?.done?.({ review, chosen, before: before.current })) setDoneAt(at);
  }, [at, step, review, chosen]);

  return useMemo(
    () => ({
      step,
      at: at ?? 0,
      count: steps.length,
      done: at !== null && doneAt === at,
      start: () => go(0),
      next: () => go(at === null || at + 1 >= steps.length ? null : at + 1),
      back: () => go(at === null ? null : Math.max(0, at - 1)),
      end: () => {
        go(null);
        article.current?.focus();
        // Where it cannot be kept it comes again, which does no harm.
        if (!page.user.tours.includes("review")) void api("PATCH", "/me", { tours: ["review"] });
      },
      toArticle: () => article.current?.focus(),
    }),
    [step, at, steps, doneAt, go, article, page.user.tours],
  );
}
