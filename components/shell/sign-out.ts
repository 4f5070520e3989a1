"use client";

/** Asks before signing out when the review screen says that changes are not sent yet (it sets this hook while it has any). */
export const unsent: { count: (() => number) | null } = { count: null };

export async function signOut(): Promise<void> {
  const waiting = unsent.count?.() ?? 0;
  if (
    waiting > 0 &&
    !window.confirm(
      `${waiting} changes are not sent yet. They stay in this browser and are sent when you sign in again here. Sign out?`,
    )
  )
    return;
  const { csrfToken } = (await (await fetch("/api/auth/csrf", { cache: "no-store" })).json()) as { csrfToken: string };
  await fetch("/api/auth/signout", {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, json: "true" }),
  });
  window.location.assign("/sign-in");
}
