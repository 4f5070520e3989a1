"use client";

/** The review screen's state and everything that can be done on it. The parts of the screen only show and call. */
import { type RefObject, useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import type { Highlights } from "@/components/reader/highlights";
import type { Picked } from "@/components/reader/selection";
import { useArticle, usePerBlock } from "@/components/reader/use-article";
import type { ArticleHandle } from "@/components/reader/view";
import { labelOf } from "@/lib/scheme/lookup";
import type { Act } from "@/lib/spans/act";
import type { Context } from "@/lib/spans/apply";
import { missingToSubmit } from "@/lib/spans/complete";
import type { Review, Span } from "@/lib/spans/model";
import { inReadingOrder } from "@/lib/spans/order";
import { indexText } from "@/lib/text/codepoints";
import { overlap, type Range } from "@/lib/text/range";
import { snapSelection } from "@/lib/text/words";
import type { ReviewPage } from "./model";
import { useSettings } from "./settings";
import { type Editor, useDraft } from "./use-draft";

export type Mode =
  | { readonly kind: "read" }
  | { readonly kind: "range"; readonly span: string }
  | { readonly kind: "pick"; readonly span: string; readonly attribute: string }
  | { readonly kind: "link"; readonly span: string };

export type Panel = "keys" | "commands" | "guideline" | "every" | "missing" | "skip" | "empty" | null;

/** What was just done or why it was not; said to screen readers too. */
export type Message = { readonly text: string; readonly refused: boolean; readonly at: number };

export const READ: Mode = { kind: "read" };

export type Screen = ReturnType<typeof useScreen>;

export function useScreen(page: ReviewPage, article: RefObject<ArticleHandle | null>) {
  const { scheme, scope, forbidOutsideScope } = page;
  const { text, regions } = page.article;
  const context: Context = useMemo(
    () => ({ index: indexText(text), scheme, scope: { regions, roles: scope, forbid: forbidOutsideScope } }),
    [text, regions, scheme, scope, forbidOutsideScope],
  );
  const editor: Editor = useDraft(page, context);
  const { snapshot, status } = editor;
  const { review } = snapshot;
  const [settings, setSettings] = useSettings();

  const [chosenId, setChosen] = useState<string | null>(null);
  const [picked, setPicked] = useState<Picked | null>(null);
  const [exact, setExact] = useState(false);
  const [armed, setArmed] = useState<string | null>(null);
  const [mode, setMode] = useState<Mode>(READ);
  const [panel, setPanel] = useState<Panel>(null);
  const [message, setMessage] = useState<Message | null>(null);
  const [turned, setTurned] = useState<ReadonlySet<number>>(new Set());
  const [highlights, setHighlights] = useState<Highlights>({});

  const readOnly = !page.review.mine || status === "SUBMITTED" || status === "SKIPPED";
  const chosen = (chosenId !== null && review.spans.get(chosenId)) || null;

  // A folded part with marks in it stands open.
  const open = useOpenFolds(page, review, turned);
  const model = useArticle(text, regions, scope, scheme, open);
  const per = usePerBlock(model.blocks, review.spans);
  const { index } = model;

  const pending = useMemo(() => {
    if (!picked || picked.anchor === picked.focus || readOnly) return null;
    const range = { start: Math.min(picked.anchor, picked.focus), end: Math.max(picked.anchor, picked.focus) };
    return snapSelection(index, range, { exact });
  }, [picked, index, exact, readOnly]);

  const later = useDeferredValue(review);
  const ordered = useMemo(() => inReadingOrder(later.spans.values()), [later.spans]);
  const numbers = useMemo(() => new Map(ordered.map((span, at) => [span.id, at + 1])), [ordered]);
  const missing = useMemo(() => missingToSubmit(scheme, later), [scheme, later]);

  const shown: Highlights = useMemo(
    () => ({ ...highlights, ...(pending ? { "gloss-pending": [pending] } : {}) }),
    [highlights, pending],
  );

  const say = useCallback((words: string, refused = false) => {
    setMessage({ text: words, refused, at: Date.now() });
  }, []);

  const state = {
    page,
    context,
    editor,
    review,
    status,
    settings,
    chosen,
    picked,
    pending,
    exact,
    armed,
    mode,
    panel,
    readOnly,
    ordered,
    numbers,
    missing,
    index,
  };
  const latest = useRef(state);
  latest.current = state;

  const set = useMemo(
    () => ({ setChosen, setPicked, setExact, setArmed, setMode, setPanel, setHighlights, setSettings }),
    [setSettings],
  );
  const onFold = useCallback((start: number) => {
    setTurned((known) => {
      const next = new Set(known);
      if (!next.delete(start)) next.add(start);
      return next;
    });
  }, []);

  return { ...state, model, per, shown, message, later, latest, set, say, onFold, article };
}

function useOpenFolds(page: ReviewPage, review: Review, turned: ReadonlySet<number>): ReadonlySet<number> {
  const { regions } = page.article;
  const known = useRef<ReadonlySet<number>>(new Set());
  const marked = useMemo(() => {
    const folding = regions.filter((r) => !page.scope.includes(r.role));
    const starts = new Set<number>();
    for (const span of review.spans.values())
      for (const region of folding) if (overlap(region, span)) starts.add(region.start);
    // The same set stays the same object, so that the rows need not be made again with every mark.
    if (starts.size === known.current.size && [...starts].every((s) => known.current.has(s))) return known.current;
    known.current = starts;
    return starts;
  }, [regions, page.scope, review.spans]);
  return useMemo(() => {
    const open = new Set(marked);
    for (const start of turned) if (!open.delete(start)) open.add(start);
    return open;
  }, [marked, turned]);
}

/** Spans at an offset, the innermost first. */
export function spansAt(review: Review, at: number): readonly Span[] {
  const here = [...review.spans.values()].filter((s) => s.start <= at && at < s.end);
  return [...inReadingOrder(here)].reverse();
}

export const nameOf = (page: ReviewPage, span: Pick<Span, "label">): string =>
  labelOf(page.scheme, span.label)?.name ?? span.label;

export const glimpse = (quote: string, length = 80): string => {
  const flat = quote.replace(/[^\S\u00a0]+/g, " ").trim();
  const points = [...flat];
  return points.length > length ? `${points.slice(0, length - 1).join("")}…` : flat;
};

export const cutOut = (index: { slice: (r: Range) => string }, range: Range, most = 400): string =>
  index.slice({ start: range.start, end: Math.min(range.end, range.start + most) });

export const touchedSpan = (act: Act): string | null =>
  act.find((e) => e.kind === "span" && e.after !== null)?.id ?? null;
