"use client";

import { api } from "@/components/api";

/** The review screen says here how many changes it has not sent (it sets this hook while it stands). */
export const unsent: { count: (() => number) | null } = { count: null };

/** Changes of whoever is signed in that wait in this browser, on this page or left behind by another. */
export async function unsentChanges(): Promise<number> {
  const here = unsent.count?.() ?? 0;
  try {
    const me = await api<{ readonly id: string }>("GET", "/me");
    if (!me.ok) return here;
    const { countUnsent } = await import("@/components/review/draft/unsent-idb");
    return Math.max(here, await countUnsent(me.value.id));
  } catch {
    return here; // a browser that keeps nothing has nothing waiting elsewhere
  }
}

/** Whether it was done; not without a network. */
export async function signOut(): Promise<boolean> {
  try {
    const { csrfToken } = (await (await fetch("/api/auth/csrf", { cache: "no-store" })).json()) as {
      csrfToken: string;
    };
    const done = await fetch("/api/auth/signout", {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ csrfToken, json: "true" }),
    });
    if (!done.ok) return false;
  } catch {
    return false;
  }
  window.location.assign("/sign-in");
  return true;
}
