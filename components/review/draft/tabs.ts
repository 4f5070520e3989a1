"use client";

/**
 * Several windows on one review: they tell each other what was saved, and whoever opens takes over what dead windows left. A
 * window lives as long as it holds its lock; where the browser has no locks (plain http on a network), as long as it answers.
 */
import type { News } from "./overlay";

type Message =
  | { readonly kind: "saved"; readonly news: News; readonly version: number }
  | { readonly kind: "status"; readonly status: string }
  | { readonly kind: "alive?"; readonly tab: string }
  | { readonly kind: "alive"; readonly tab: string };

export type Tabs = {
  readonly tell: (news: News, version: number) => void;
  readonly tellStatus: (status: string) => void;
  readonly isDead: (tab: string) => Promise<boolean>;
  readonly close: () => void;
};

/** Longer than a live window needs to answer, unless the browser has frozen it; then both send, which is harmless (change ids). */
const ANSWER_MS = 400;

const lockOf = (tab: string) => `gloss-window-${tab}`;

export function joinTabs(
  review: string,
  tab: string,
  hear: { readonly saved: (news: News, version: number) => void; readonly status: (status: string) => void },
): Tabs {
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(`gloss-review-${review}`);
  const locks = typeof navigator !== "undefined" && "locks" in navigator ? navigator.locks : null;
  let release = () => {};
  void locks?.request(lockOf(tab), () => new Promise<void>((resolve) => (release = resolve))).catch(() => {});
  const answers = new Set<string>();
  const post = (message: Message) => channel?.postMessage(message);
  channel?.addEventListener("message", (event: MessageEvent<Message>) => {
    const message = event.data;
    if (message.kind === "saved") hear.saved(message.news, message.version);
    else if (message.kind === "status") hear.status(message.status);
    else if (message.kind === "alive") answers.add(message.tab);
    else if (message.tab === tab) post({ kind: "alive", tab });
  });

  return {
    tell: (news, version) => post({ kind: "saved", news, version }),
    tellStatus: (status) => post({ kind: "status", status }),
    isDead: async (other) => {
      if (other === tab) return true;
      if (locks) {
        const held = (await locks.query()).held ?? [];
        return !held.some((lock) => lock.name === lockOf(other));
      }
      post({ kind: "alive?", tab: other });
      await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
      return !answers.has(other);
    },
    close: () => {
      release();
      channel?.close();
    },
  };
}
