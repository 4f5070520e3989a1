"use client";

/**
 * The browser's side of the HTTP API (interface.md): one small fetch. A problem answer becomes a value; a network that fails is status 0.
 */
import type { Fault } from "@/lib/result";
import { noteBuild } from "./build";

export type Problem = {
  readonly ok: false;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly Fault[];
  readonly retryAfter: number | null;
};
export type Answer<T> =
  | { readonly ok: true; readonly status: number; readonly value: T; readonly etag: string | null }
  | Problem;

export async function api<T>(
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
  options: { readonly ifMatch?: string; readonly signal?: AbortSignal; readonly keepalive?: boolean } = {},
): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (options.ifMatch) headers["If-Match"] = options.ifMatch;
  try {
    const response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      credentials: "same-origin",
      redirect: "error",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(options.signal ? { signal: options.signal } : {}),
      ...(options.keepalive ? { keepalive: true } : {}),
    });
    return await answerOf<T>(response);
  } catch (error) {
    return {
      ok: false,
      status: 0,
      title: "network",
      detail:
        error instanceof DOMException && error.name === "AbortError"
          ? "Cancelled."
          : "Gloss could not be reached. Nothing was lost; try again.",
      errors: [],
      retryAfter: null,
    };
  }
}

/** A response read as an answer; whatever is not JSON of ours counts as a failure, never as success. */
export async function answerOf<T>(response: Response): Promise<Answer<T>> {
  noteBuild(response.headers);
  const type = response.headers.get("content-type") ?? "";
  if (response.status === 204) return { ok: true, status: 204, value: undefined as T, etag: null };
  if (response.ok && type.startsWith("application/json"))
    return {
      ok: true,
      status: response.status,
      value: (await response.json()) as T,
      etag: response.headers.get("etag"),
    };
  const problem = type.includes("json") ? ((await response.json().catch(() => ({}))) as Partial<Problem>) : {};
  return {
    ok: false,
    status: response.ok ? 502 : response.status,
    title: problem.title ?? "fault",
    detail: problem.detail ?? "Gloss gave no answer that can be read. Nothing was lost; try again.",
    errors: problem.errors ?? [],
    retryAfter: Number(response.headers.get("retry-after")) || null,
  };
}
