"use client";

import { Inbox } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { api } from "../api";

const EVERY_MS = 60_000;

/** How much waits unread, asked when a page opens and then every minute while it is looked at. */
export function InboxLink() {
  const path = usePathname();
  const [unread, setUnread] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is a reason to ask again
  useEffect(() => {
    const gone = new AbortController();
    const ask = async () => {
      if (document.visibilityState !== "visible") return;
      const answer = await api<{ unread: number }>("GET", "/me/inbox?count=true", undefined, { signal: gone.signal });
      if (answer.ok && !gone.signal.aborted) setUnread(answer.value.unread);
    };
    const changed = (event: Event) => setUnread((event as CustomEvent<number>).detail);
    void ask();
    const timer = setInterval(() => void ask(), EVERY_MS);
    window.addEventListener("gloss:unread", changed);
    return () => {
      gone.abort();
      clearInterval(timer);
      window.removeEventListener("gloss:unread", changed);
    };
  }, [path]);
  return (
    <Link
      href="/inbox"
      aria-label={unread === 0 ? "Inbox" : `Inbox, ${unread} unread`}
      className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 hover:bg-hover max-sm:h-10"
    >
      <Inbox size={15} aria-hidden className="text-ink-2" />
      {unread > 0 && (
        <span className="rounded-full bg-ink px-1.5 text-xs leading-4 font-medium text-paper">{unread}</span>
      )}
    </Link>
  );
}
