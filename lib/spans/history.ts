/**
 * Undo and redo of everything in a review: spans, links, attributes, notes. Acts hold contents, not versions, so a history is
 * plain JSON that survives a reload, and nothing in it needs to change when the server answers with versions of its own.
 */
import { type Act, applies, changesFor, compose, reverse } from "./act";
import type { Change, Review } from "./model";

type Entry = {
  readonly act: Act;
  /** Deeds with one key that follow each other are undone as one, such as the letters of a note. */
  readonly key: string | null;
};

/** Newest last. */
export type History = { readonly done: readonly Entry[]; readonly undone: readonly Entry[] };

export const emptyHistory: History = { done: [], undone: [] };

/** Older deeds are forgotten. */
const MOST = 1_000;

/** After a deed (the reverse of the `inverse` that applying it gave); what was undone before can no longer be redone. */
export function record(history: History, act: Act, key: string | null = null): History {
  if (act.length === 0) return history;
  const last = history.done.at(-1);
  if (key === null || last?.key !== key) return { done: [...history.done, { act, key }].slice(-MOST), undone: [] };
  const both = compose(last.act, act);
  const before = history.done.slice(0, -1);
  return { done: both.length > 0 ? [...before, { act: both, key }] : before, undone: [] };
}

export type Step = {
  readonly history: History;
  /** To apply and to send; empty when `stale`. */
  readonly changes: readonly Change[];
  /** What the deed touched has since been changed from elsewhere; the deed is dropped from the history. */
  readonly stale: boolean;
};

/** null when there is nothing to undo. */
export function undo(history: History, review: Review, newId: () => string): Step | null {
  const entry = history.done.at(-1);
  if (!entry) return null;
  const done = history.done.slice(0, -1);
  const back = reverse(entry.act);
  if (!applies(review, back)) return { history: { done, undone: history.undone }, changes: [], stale: true };
  const undone = [...history.undone, entry];
  return { history: { done, undone }, changes: changesFor(review, back, newId), stale: false };
}

/** null when there is nothing to redo. */
export function redo(history: History, review: Review, newId: () => string): Step | null {
  const entry = history.undone.at(-1);
  if (!entry) return null;
  const undone = history.undone.slice(0, -1);
  if (!applies(review, entry.act)) return { history: { done: history.done, undone }, changes: [], stale: true };
  const done = [...history.done, { ...entry, key: null }];
  return { history: { done, undone }, changes: changesFor(review, entry.act, newId), stale: false };
}
