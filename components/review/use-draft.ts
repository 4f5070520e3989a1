"use client";

import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { api } from "@/components/api";
import { unsent as unsentHook } from "@/components/shell/sign-out";
import type { OwnReview } from "@/lib/access/can";
import type { Result } from "@/lib/result";
import type { Act } from "@/lib/spans/act";
import { changesFor } from "@/lib/spans/act";
import type { Context } from "@/lib/spans/apply";
import { emptyHistory, type History, record, redo, undo } from "@/lib/spans/history";
import type { Change } from "@/lib/spans/model";
import { Draft, type Sent, type Snapshot } from "./draft/draft";
import { historyIn } from "./draft/history-idb";
import { joinTabs, type Tabs } from "./draft/tabs";
import { unsentIn } from "./draft/unsent-idb";
import { type ReviewPage, reviewOf } from "./model";
import { newId } from "./new-id";

export type Editor = {
  readonly snapshot: Snapshot;
  readonly draft: Draft;
  readonly history: History;
  /** Acts with one `key` that follow each other are undone as one. */
  readonly act: (act: Act, key?: string) => Result<Act>;
  readonly undo: () => Act | "stale" | null;
  readonly redo: () => Act | "stale" | null;
  readonly status: OwnReview;
  readonly setStatus: (status: OwnReview) => void;
};

/** The draft of one review for as long as its screen stands, with its undo. */
export function useDraft(page: ReviewPage, context: Context): Editor {
  const { review, user } = page;
  const [status, setStatusHere] = useState<OwnReview>(review.status);
  const [history, setShown] = useState<History>(emptyHistory);
  // Several steps may be taken before the screen is drawn again.
  const current = useRef<History>(emptyHistory);
  const kept = useMemo(() => historyIn(user.id, review.id), [user.id, review.id]);
  const setHistory = useCallback(
    (next: History) => {
      if (next === current.current) return;
      current.current = next;
      setShown(next);
      kept.keep(next);
    },
    [kept],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft outlives what the page is told later
  const made = useMemo(() => {
    const tab = { id: newId(), opened: Date.now() };
    const link: { tabs: Tabs | null } = { tabs: null };
    const draft = new Draft({
      context,
      review: reviewOf(review),
      reviewId: review.id,
      userId: user.id,
      tab,
      unsent: unsentIn(user.id, review.id),
      send: (changes: readonly Change[]) => api<Sent>("POST", `/reviews/${review.id}/changes`, { changes }),
      tell: (news, version) => link.tabs?.tell(news, version),
      newId,
      online: () => navigator.onLine,
    });
    return { draft, tab, link };
  }, [review.id, user.id]);
  const { draft, tab, link } = made;

  // What was done before the page was loaded comes before what is done on it.
  useEffect(() => {
    if (!review.mine) return;
    let stale = false;
    void kept.load().then((before) => {
      if (stale || !before) return;
      const { done, undone } = current.current;
      setHistory(done.length === 0 && undone.length === 0 ? before : { done: [...before.done, ...done], undone });
    });
    return () => {
      stale = true;
    };
  }, [kept, review.mine, setHistory]);

  useEffect(() => {
    if (!review.mine) return;
    const tabs = joinTabs(review.id, tab.id, {
      saved: (news, version) => draft.hear(news, version),
      status: (next) => setStatusHere(next as OwnReview),
    });
    link.tabs = tabs;
    void draft.open(tabs.isDead);
    const online = () => draft.nudge(draft.halt?.kind === "offline" || draft.halt?.kind === "away");
    const offline = () => draft.offline();
    const visible = () => document.visibilityState === "visible" && online();
    const leave = (event: BeforeUnloadEvent) => {
      // Only where the browser keeps nothing would leaving lose anything.
      if (draft.unsent > 0 && draft.unkept) event.preventDefault();
    };
    window.addEventListener("online", online);
    window.addEventListener("offline", offline);
    window.addEventListener("beforeunload", leave);
    document.addEventListener("visibilitychange", visible);
    unsentHook.count = () => draft.unsent;
    return () => {
      window.removeEventListener("online", online);
      window.removeEventListener("offline", offline);
      window.removeEventListener("beforeunload", leave);
      document.removeEventListener("visibilitychange", visible);
      unsentHook.count = null;
      link.tabs = null;
      tabs.close();
      draft.close();
    };
  }, [draft, link, tab, review.id, review.mine]);

  const snapshot = useSyncExternalStore(draft.subscribe, draft.snapshot, draft.snapshot);

  const act = useCallback(
    (deed: Act, key?: string): Result<Act> => {
      const done = draft.do(changesFor(draft.snapshot().review, deed, newId));
      if (done.ok) setHistory(record(current.current, done.value, key ?? null));
      return done;
    },
    [draft, setHistory],
  );

  const step = useCallback(
    (which: typeof undo): Act | "stale" | null => {
      const next = which(current.current, draft.snapshot().review, newId);
      if (!next) return null;
      setHistory(next.history);
      if (next.stale) return "stale";
      const done = draft.do(next.changes);
      return done.ok ? done.value : "stale";
    },
    [draft, setHistory],
  );

  const setStatus = useCallback(
    (next: OwnReview) => {
      setStatusHere(next);
      link.tabs?.tellStatus(next);
    },
    [link],
  );

  return {
    snapshot,
    draft,
    history,
    act,
    undo: useCallback(() => step(undo), [step]),
    redo: useCallback(() => step(redo), [step]),
    status,
    setStatus,
  };
}
