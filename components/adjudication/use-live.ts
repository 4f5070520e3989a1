"use client";

import { useEffect, useRef, useState } from "react";
import { api } from "../api";

export type Live = {
  readonly people: readonly {
    readonly userId: string;
    readonly name: string;
    readonly articleId: string;
    readonly title: string;
    readonly caseId: string | null;
  }[];
  readonly decisions: readonly {
    readonly id: string;
    readonly caseId: string | null;
    readonly articleId: string;
    readonly by: string | null;
    readonly userId: string | null;
  }[];
  readonly stamp: string | null;
};

/** Milliseconds: how often one says that one is still here, and how often a browser asks that cannot hear. */
const STILL = 20_000;
const ASK = 12_000;

/**
 * Hears who else is here and what they decide: by a stream while the page is seen (a browser keeps six connections in all, so that hidden
 * pages keep none), by asking where there is no stream to be had. `articleId` null: the whole project, and nobody is told where one is; `projectId` null: nothing.
 */
export function useLive(projectId: string | null, articleId: string | null, caseId: string | null): Live | null {
  const [live, setLive] = useState<Live | null>(null);
  useEffect(() => {
    if (!projectId) return;
    const path = `/projects/${projectId}/live${articleId ? `?article=${articleId}` : ""}`;
    let stream: EventSource | null = null;
    let asking: ReturnType<typeof setInterval> | null = null;
    const ask = async () => {
      const answer = await api<Live>("GET", path);
      if (answer.ok && asking) setLive(answer.value);
    };
    const stop = () => {
      stream?.close();
      stream = null;
      if (asking) clearInterval(asking);
      asking = null;
    };
    const start = () => {
      stop();
      if (document.visibilityState !== "visible") return;
      stream = new EventSource(`/api/v1${path}`);
      stream.onmessage = (event) => setLive(JSON.parse(String(event.data)) as Live);
      stream.onerror = () => {
        // A stream that was cut opens itself again; one that was refused does not.
        if (stream?.readyState !== EventSource.CLOSED || asking) return;
        asking = setInterval(() => void ask(), ASK);
        void ask();
      };
    };
    start();
    document.addEventListener("visibilitychange", start);
    return () => {
      document.removeEventListener("visibilitychange", start);
      stop();
    };
  }, [projectId, articleId]);

  const at = useRef({ articleId, caseId });
  at.current = { articleId, caseId };
  useEffect(() => {
    if (!projectId || !articleId) return;
    const tell = (where: { articleId: string | null; caseId: string | null }, leaving = false) =>
      void api("POST", `/projects/${projectId}/presence`, where, { keepalive: leaving });
    const still = () => document.visibilityState === "visible" && tell(at.current);
    const leave = () => tell({ articleId: null, caseId: null }, true);
    const timer = setInterval(still, STILL);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [projectId, articleId]);
  useEffect(() => {
    if (!projectId || !articleId) return;
    // Whoever walks through the cases is told of where they stay.
    const soon = setTimeout(() => void api("POST", `/projects/${projectId}/presence`, { articleId, caseId }), 250);
    return () => clearTimeout(soon);
  }, [projectId, articleId, caseId]);
  return live;
}
