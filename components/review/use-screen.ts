"use client";

/** The review screen's state and everything that can be done on it. The parts of the screen only show and call. */
import { type RefObject, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
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
import { overlap } from "@/lib/text/range";
import { snapSelection } from "@/lib/text/words";
import type { FarTarget, ReviewPage } from "./model";
import { readJson, useSettings, writeItem } from "./settings";
import { type Editor, useDraft } from "./use-draft";

export type Mode =
  | { readonly kind: "read" }
  | { readonly kind: "range"; readonly span: string }
  | { readonly kind: "pick"; readonly span: string; readonly attribute: string }
  | { readonly kind: "link"; readonly span: string }
  | { readonly kind: "split"; readonly span: string }
  /** `span` has no place yet: the next selection is it. */
  | { readonly kind: "place"; readonly span: string };

export type Panel =
  | "history"
  | "orphans"
  | "keys"
  | "commands"
  | "guideline"
  | "every"
  | "missing"
  | "skip"
  | "empty"
  | null;

/** What was just done or why it was not; said to screen readers too. */
export type Message = { readonly text: string; readonly refused: boolean; readonly at: number };

export const READ: Mode = { kind: "read" };
const NONE: ReadonlySet<string> = new Set();

export type Screen = ReturnType<typeof useScreen>;

export function useScreen(page: ReviewPage, article: RefObject<ArticleHandle | null>) {
  const { scheme, scope, forbidOutsideScope, suggestions, origins } = page;
  const { text, regions } = page.article;
  // Targets in other articles that are known by now: those of the links that were there, and those that were found since.
  const [far, setFar] = useState<ReadonlyMap<string, FarTarget>>(() => new Map(page.targets.map((t) => [t.id, t])));
  const knownFar = useRef(far);
  const addFar = useCallback((target: FarTarget) => {
    knownFar.current = new Map([...knownFar.current, [target.id, target]]);
    setFar(knownFar.current);
  }, []);
  const context: Context = useMemo(
    () => ({
      index: indexText(text),
      scheme,
      scope: { regions, roles: scope, forbid: forbidOutsideScope },
      foreignTarget: (id) => knownFar.current.get(id) ?? null,
      suggested: (id) => [...suggestions, ...origins].some((one) => one.id === id),
    }),
    [text, regions, scheme, scope, forbidOutsideScope, suggestions, origins],
  );
  const editor: Editor = useDraft(page, context);
  const { snapshot, status } = editor;
  const { review } = snapshot;
  const [settings, setSettings] = useSettings();

  const [chosenId, setChosenId] = useState<string | null>(null);
  /** The suggestion in hand; never together with a span. */
  const [suggestedId, setSuggested] = useState<string | null>(null);
  const setChosen = useCallback((id: string | null) => {
    setChosenId(id);
    if (id !== null) setSuggested(null);
  }, []);
  const [picked, setPicked] = useState<Picked | null>(null);
  const [exact, setExact] = useState(false);
  const [armed, setArmed] = useState<string | null>(null);
  const [mode, setMode] = useState<Mode>(READ);
  const [panel, setPanel] = useState<Panel>(null);
  const [message, setMessage] = useState<Message | null>(null);
  const [dropped, setDroppedAll] = useState<ReadonlyMap<string, string>>(
    () =>
      new Map(page.carried.orphans.flatMap(({ id, dropReason }) => (dropReason === null ? [] : [[id, dropReason]]))),
  );
  const setDropped = useCallback((id: string, reason: string | null) => {
    setDroppedAll((known) => {
      const next = new Map(known);
      if (reason === null) next.delete(id);
      else next.set(id, reason);
      return next;
    });
  }, []);
  const [turned, turn] = useTurned(page.review.id);
  const [highlights, setHighlights] = useState<Highlights>({});
  const [taken, setSeveral] = useState<ReadonlySet<string>>(NONE);
  /** A span whose inspector cannot wait for the frame after its mark. */
  const [drawNow, setDrawNow] = useState<string | null>(null);

  const readOnly = !page.review.mine || page.version.superseded || status === "SUBMITTED" || status === "SKIPPED";
  const chosen = (chosenId !== null && review.spans.get(chosenId)) || null;

  const several = useMemo(() => [...taken].flatMap((id) => review.spans.get(id) ?? []), [taken, review.spans]);

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

  // A new mark is seen at once; what can be said of it is drawn with everything else that may come a frame later.
  const inspected = useRef<Span | null>(null);
  if (chosen === null || later.spans.has(chosen.id) || drawNow === chosen.id) inspected.current = chosen;

  const shown: Highlights = useMemo(
    () => ({
      ...highlights,
      ...(several.length > 0 ? { "gloss-several": several } : {}),
      ...(pending ? { "gloss-pending": [pending] } : {}),
    }),
    [highlights, pending, several],
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
    suggestedId,
    several,
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
    dropped,
  };
  const latest = useRef(state);
  latest.current = state;

  const set = useMemo(
    () => ({
      setChosen,
      setSuggested,
      setSeveral,
      setPicked,
      setExact,
      setArmed,
      setMode,
      setPanel,
      setHighlights,
      setSettings,
      setDrawNow,
      setDropped,
    }),
    [setSettings, setDropped, setChosen],
  );
  return {
    ...state,
    inspected: inspected.current,
    far,
    addFar,
    model,
    per,
    shown,
    message,
    later,
    latest,
    set,
    say,
    onFold: turn,
    article,
  };
}

/** Folds turned by hand, by where their region starts; remembered by review in this browser. */
function useTurned(review: string): readonly [ReadonlySet<number>, (start: number) => void] {
  const name = `gloss-folds-${review}`;
  const [turned, setTurned] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => {
    const known = readJson(name);
    const starts = Array.isArray(known) ? known.filter((n) => typeof n === "number") : [];
    if (starts.length > 0) setTurned(new Set(starts));
  }, [name]);
  const turn = useCallback(
    (start: number) => {
      setTurned((known) => {
        const next = new Set(known);
        if (!next.delete(start)) next.add(start);
        writeItem(name, JSON.stringify([...next]));
        return next;
      });
    },
    [name],
  );
  return [turned, turn];
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

export const touchedSpan = (act: Act): string | null =>
  act.find((e) => e.kind === "span" && e.after !== null)?.id ?? null;
