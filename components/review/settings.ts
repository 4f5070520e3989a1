"use client";

import { useCallback, useState, useSyncExternalStore } from "react";
import type { Keys } from "./keys";

/** What a reviewer keeps for herself, in this browser. */
export type Settings = {
  /** Single keys act in the article; without them only keys with Ctrl or Command do. */
  readonly singleKeys: boolean;
  /** Draw all of a long article, for screen readers and the browser's own search. */
  readonly whole: boolean;
  /** Single keys of one's own choice, where they differ from KEYS. */
  readonly keys: Partial<Keys>;
  /** Steps above or below the usual size of the text. */
  readonly size: number;
  readonly width: "narrow" | "usual" | "wide";
  readonly spacing: "tight" | "usual" | "loose";
  /** Characters that cannot be seen are shown. */
  readonly invisible: boolean;
};

const DEFAULTS: Settings = {
  singleKeys: true,
  whole: false,
  keys: {},
  size: 0,
  width: "usual",
  spacing: "usual",
  invisible: false,
};

/** Steps of the text's size. */
export const SIZES = { least: -2, most: 6 } as const;
const NAME = "gloss-review-settings";

const listeners = new Set<() => void>();
let known: Settings | null = null;

function read(): Settings {
  if (known) return known;
  try {
    known = { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(NAME) ?? "{}") as Partial<Settings>) };
  } catch {
    known = DEFAULTS;
  }
  return known;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSettings(): readonly [Settings, (change: Partial<Settings>) => void] {
  const settings = useSyncExternalStore(subscribe, read, () => DEFAULTS);
  const change = useCallback((part: Partial<Settings>) => {
    known = { ...read(), ...part };
    try {
      localStorage.setItem(NAME, JSON.stringify(known));
    } catch {
      // Kept for this page only.
    }
    for (const listener of listeners) listener();
  }, []);
  return [settings, change];
}

/** How far the article has been read, in per cent, remembered by review in this browser. */
export function useReadTo(review: string): readonly [number, (to: number) => void] {
  const name = `gloss-read-${review}`;
  const [to, setTo] = useState(0);
  const reach = useCallback(
    (next: number) => {
      setTo((before) => {
        const stored = Number(readItem(name) ?? 0);
        const most = Math.max(before, stored, next);
        if (most > stored) writeItem(name, String(most));
        return most;
      });
    },
    [name],
  );
  return [to, reach];
}

/** What was written there as JSON; null where there is none, or nothing that can be read. */
export function readJson(name: string): unknown {
  try {
    return JSON.parse(readItem(name) ?? "null");
  } catch {
    return null;
  }
}

function readItem(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function writeItem(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // A convenience only.
  }
}

const PHONE = "(max-width: 640px)";

function watchPhone(listener: () => void): () => void {
  const query = window.matchMedia(PHONE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** Whether the screen is a phone's; false until the page is alive. */
export const usePhone = (): boolean =>
  useSyncExternalStore(
    watchPhone,
    () => window.matchMedia(PHONE).matches,
    () => false,
  );
