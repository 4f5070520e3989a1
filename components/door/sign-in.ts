"use client";

/** Signs in through next-auth's credentials callback. Used by the sign-in page and by the review screen's repair of an expired session. */
export type SignInAnswer = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export async function signInWith(email: string, password: string): Promise<SignInAnswer> {
  try {
    const { csrfToken } = (await (await fetch("/api/auth/csrf", { cache: "no-store" })).json()) as {
      csrfToken: string;
    };
    const response = await fetch("/api/auth/callback/credentials", {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ csrfToken, email, password, callbackUrl: "/", json: "true" }),
    });
    if (response.status === 429) {
      const minutes = Math.ceil(Number(response.headers.get("retry-after") ?? 60) / 60);
      return {
        ok: false,
        reason: `Too many attempts. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`,
      };
    }
    if (response.status === 503) return { ok: false, reason: "The database is away. Try again shortly." };
    if (response.ok) return { ok: true };
    return { ok: false, reason: "That e-mail and password do not go together, or the account is disabled." };
  } catch {
    return { ok: false, reason: "Gloss could not be reached. Check the connection and try again." };
  }
}
