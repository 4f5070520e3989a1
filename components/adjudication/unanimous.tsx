"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Notice } from "../ui/page";

type Preview = {
  readonly count: number;
  readonly cases: readonly { readonly caseId?: string; readonly id?: string; readonly quote?: string }[];
};

/** Every case in which all agree in everything, accepted in one act, each with its own decision; first it says how many they are. */
export function AcceptUnanimous({ projectId }: { projectId: string }) {
  const router = useRouter();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState(false);
  const ask = async (dryRun: boolean) => {
    setBusy(true);
    const answer = await api<Preview>("POST", `/projects/${projectId}/decisions/unanimous`, { dryRun });
    setBusy(false);
    setProblem(answer.ok ? null : answer);
    if (!answer.ok) return;
    if (dryRun) setPreview(answer.value);
    else {
      setOpen(false);
      router.refresh();
    }
  };
  return (
    <Dialog
      title="Accept unanimous cases"
      description="All reviewers marked the same words with the same label, attributes and links."
      open={open}
      onOpenChange={(to) => {
        setOpen(to);
        if (to) void ask(true);
      }}
      trigger={<Button>Accept unanimous cases</Button>}
    >
      {problem && <Notice tone="fault">{problem.detail}</Notice>}
      {preview && (
        <>
          <p className="mb-3">
            {preview.count === 0
              ? "There is none that is undecided."
              : preview.count === 1
                ? "There is one."
                : `There are ${preview.count}.`}
          </p>
          <ul className="mb-4 max-h-60 overflow-y-auto">
            {preview.cases.slice(0, 50).map((one, place) => (
              <li
                key={one.caseId ?? one.id ?? place}
                className="truncate border-b border-rule py-1 font-serif text-[15px]"
              >
                {one.quote ?? one.caseId ?? one.id}
              </li>
            ))}
          </ul>
          <Button look="primary" disabled={busy || preview.count === 0} onClick={() => void ask(false)}>
            {preview.count === 1 ? "Accept it" : `Accept all ${preview.count}`}
          </Button>
        </>
      )}
    </Dialog>
  );
}
