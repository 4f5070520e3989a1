"use client";

/**
 * What was done in a review, to be undone after a reload: by user and review, in this browser. It holds what acts hold (ids, offsets,
 * labels, attributes, notes), never the article's text. A convenience: where the browser keeps nothing, undo ends with the page.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { History } from "@/lib/spans/history";

type Kept = { readonly key: string; readonly at: number; readonly history: History };
interface Schema extends DBSchema {
  histories: { key: string; value: Kept; indexes: { at: number } };
}

/** Milliseconds: what nobody has gone back to for a month is forgotten. */
const FORGET_MS = 30 * 24 * 3_600_000;

const open = (): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>("gloss-history", 1, {
    upgrade(db) {
      db.createObjectStore("histories", { keyPath: "key" }).createIndex("at", "at");
    },
  });

export type KeptHistory = {
  readonly load: () => Promise<History | null>;
  readonly keep: (history: History) => void;
};

export function historyIn(user: string, review: string): KeptHistory {
  const key = `${user} ${review}`;
  let opened: Promise<IDBPDatabase<Schema>> | null = null;
  const db = () => (opened ??= open());
  let next: History | null = null;
  let writing = false;
  // One write at a time, always of the newest.
  const write = async () => {
    if (writing) return;
    writing = true;
    try {
      while (next) {
        const history = next;
        next = null;
        await (await db()).put("histories", { key, at: Date.now(), history });
      }
    } catch {
      opened = null;
    }
    writing = false;
  };
  return {
    load: async () => {
      try {
        const store = await db();
        for (const old of await store.getAllKeysFromIndex(
          "histories",
          "at",
          IDBKeyRange.upperBound(Date.now() - FORGET_MS),
        ))
          await store.delete("histories", old);
        return (await store.get("histories", key))?.history ?? null;
      } catch {
        return null;
      }
    },
    keep: (history) => {
      next = history;
      void write();
    },
  };
}
