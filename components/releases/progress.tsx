"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Notice } from "../ui/page";
import type { ReleaseState } from "./words";

type Progress = { readonly step: string; readonly done: number; readonly total: number; readonly fault: string | null };

const LOOK = 1_000; // ms

/** A release that is not there yet: how far it is, and the way back; or that there is none, and the way on. */
export function ReleaseProgress({
  place,
  state,
  progress,
  mayEdit,
}: {
  /** Path of the release in the API. */
  place: string;
  state: Exclude<ReleaseState, "ready">;
  progress: Progress | null;
  mayEdit: boolean;
}) {
  const router = useRouter();
  const [now, setNow] = useState({ state: state as ReleaseState, progress });
  const [problem, setProblem] = useState<Problem | null>(null);
  const going = now.state === "waiting" || now.state === "making";
  useEffect(() => setNow({ state, progress }), [state, progress]);
  useEffect(() => {
    if (!going) return;
    const timer = setInterval(async () => {
      const answer = await api<{ state: ReleaseState; progress: Progress | null }>("GET", place);
      if (!answer.ok) return;
      setNow(answer.value);
      if (answer.value.state !== "waiting" && answer.value.state !== "making") router.refresh();
    }, LOOK);
    return () => clearInterval(timer);
  }, [going, place, router]);
  const act = async (what: "cancel" | "retry") => {
    const answer = await api<{ state: ReleaseState; progress: Progress | null }>("POST", `${place}/${what}`);
    setProblem(answer.ok ? null : answer);
    if (answer.ok) setNow(answer.value);
    router.refresh();
  };
  const { step = "", done = 0, total = 0, fault = null } = now.progress ?? {};
  return (
    <div className="grid max-w-xl gap-4 py-6">
      {going ? (
        <>
          <p role="status">{now.state === "waiting" || step === "" ? "It waits for its turn." : `${step}.`}</p>
          <progress
            className="h-2 w-full"
            aria-label="How far the release is"
            {...(total > 0 ? { value: Math.min(done, total), max: total } : {})}
          />
          <p className="text-ink-2">You can leave this page; it goes on by itself, also after a restart.</p>
        </>
      ) : (
        <Notice tone={now.state === "failed" ? "fault" : "note"}>
          {now.state === "failed"
            ? `This release could not be made. ${fault ?? ""} Nothing of it was kept; it can be tried again under the same number.`
            : "This release was cancelled. Nothing of it was kept; it can still be made under the same number."}
        </Notice>
      )}
      {problem && <Notice tone="fault">{problem.detail}</Notice>}
      {mayEdit && (
        <div>
          {going ? (
            <Button onClick={() => void act("cancel")}>Cancel it</Button>
          ) : (
            <Button look="primary" onClick={() => void act("retry")}>
              Make it after all
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
