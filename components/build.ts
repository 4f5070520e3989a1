/**
 * Whether Gloss was upgraded under this page: every answer names the build that gave it (x-gloss-build), and the page knows its own. What
 * the page saves goes on being saved, as the API's names do not change with a build; what it would load of itself may be gone.
 */
import { useSyncExternalStore } from "react";

const heard = { newer: false };
const listeners = new Set<() => void>();

/** Called with the headers of any answer of Gloss's. In development there are no builds, and no header. */
export function noteBuild(headers: Headers): void {
  const own = document.documentElement.dataset.build;
  const theirs = headers.get("x-gloss-build");
  if (heard.newer || !own || !theirs || own === theirs) return;
  heard.newer = true;
  for (const listener of listeners) listener();
}

/** Asks without being asked for anything. A network that is away says nothing. */
export async function askBuild(): Promise<void> {
  const answer = await fetch("/api/health/live", { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer) noteBuild(answer.headers);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useNewBuild = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => heard.newer,
    () => false,
  );
