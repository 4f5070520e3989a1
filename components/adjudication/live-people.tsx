"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { CaseView } from "./model";
import { type Live, useLive } from "./use-live";

/** Others at this desk, in a line: where they are. */
export function People({ live, cases, articleId }: { live: Live; cases: readonly CaseView[]; articleId: string }) {
  if (live.people.length === 0) return null;
  const where = (one: Live["people"][number]) => {
    const place = cases.findIndex((each) => each.id === one.caseId);
    if (one.articleId !== articleId) return `${one.name} is in “${one.title}”`;
    return place === -1 ? `${one.name} is here` : `${one.name} is on case ${place + 1}`;
  };
  return (
    <span role="status" className="max-w-80 truncate text-ink-2">
      <span aria-hidden className="mr-1.5 inline-block size-2 rounded-full bg-ink" />
      {live.people.map(where).join(", ")}
    </span>
  );
}

/** Asks for the page's data anew when the article's cases are no longer those that it was made of, unless that is under way. */
export function useStamp(live: Live | null, stamp: string): void {
  const router = useRouter();
  const shown = useRef(stamp);
  shown.current = stamp;
  const now = live?.stamp ?? null;
  useEffect(() => {
    if (now === null || now === shown.current) return;
    // One's own decision refreshes the page already; what comes of it is mostly there by then.
    const soon = setTimeout(() => now !== shown.current && router.refresh(), 600);
    return () => clearTimeout(soon);
  }, [now, router]);
}

/** On the queue of cases: who settles what, and the list as it is now. */
export function QueueLive({ projectId }: { projectId: string }) {
  const router = useRouter();
  const live = useLive(projectId, null, null);
  const newest = live?.decisions.at(-1)?.id ?? null;
  const seen = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (!live) return;
    const before = seen.current;
    seen.current = newest ?? before ?? null;
    if (before === undefined || newest === null || newest === before) return;
    const soon = setTimeout(() => router.refresh(), 1_000);
    return () => clearTimeout(soon);
  }, [live, newest, router]);
  if (!live || live.people.length === 0) return null;
  return (
    <p role="status" className="pt-3 text-ink-2">
      <span aria-hidden className="mr-1.5 inline-block size-2 rounded-full bg-ink" />
      {live.people.map((one) => `${one.name} is settling “${one.title}”`).join("; ")}.
    </p>
  );
}
