"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { api } from "../api";
import { Button } from "../ui/button";
import { count } from "./model";

type Progress = {
  readonly state: "none" | "waiting" | "reading" | "drawing" | "done";
  readonly done: number;
  readonly of: number;
};

const EVERY_MS = 700;

const words = ({ state, done, of }: Progress): string =>
  state === "reading"
    ? `Reading articles: ${count(done)} of ${count(of)}`
    : state === "drawing"
      ? `Drawing replicates: ${Math.floor((100 * done) / Math.max(1, of))} %`
      : state === "done"
        ? "Done"
        : "Waiting for its turn";

/** How far a computation is; shows the figures when they are there, and can be stopped. It goes on when the page is left. */
export function Computing({ projectId, query, initial }: { projectId: string; query: string; initial: Progress }) {
  const router = useRouter();
  const [progress, setProgress] = useState(initial);
  const [stopped, setStopped] = useState(false);
  const [, startTransition] = useTransition();
  const path = `/projects/${projectId}/agreement/progress?${query}`;

  useEffect(() => {
    if (stopped) return;
    let left = false;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      const answer = await api<Progress>("GET", path);
      if (left) return;
      if (answer.ok) setProgress(answer.value);
      const ended = answer.ok && (answer.value.state === "done" || answer.value.state === "none");
      if (ended) startTransition(() => router.refresh());
      timer = setTimeout(ask, ended ? 5 * EVERY_MS : EVERY_MS);
    };
    timer = setTimeout(ask, EVERY_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [path, router, stopped]);

  const stop = async () => {
    const answer = await api("DELETE", path);
    if (answer.ok) setStopped(true);
  };
  const again = () => {
    setStopped(false);
    setProgress({ state: "waiting", done: 0, of: 0 });
    startTransition(() => router.refresh());
  };
  return (
    <section className="mx-auto grid max-w-md gap-3 py-16" aria-label="Computing agreement">
      <p className="font-serif text-[20px] leading-7">{stopped ? "Stopped" : "Computing agreement"}</p>
      {stopped ? (
        <p className="text-ink-2">Nothing was changed. The figures can be computed anew at any time.</p>
      ) : (
        <>
          <progress
            className="h-1.5 w-full"
            aria-label="How far it is"
            max={Math.max(1, progress.of)}
            value={progress.of > 0 ? progress.done : undefined}
          />
          <p className="text-ink-2" role="status">
            {words(progress)}
          </p>
        </>
      )}
      <div>
        {stopped ? (
          <Button look="primary" onClick={again}>
            Compute
          </Button>
        ) : (
          <Button onClick={stop}>Stop</Button>
        )}
      </div>
    </section>
  );
}
