"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Notice } from "../ui/page";
import { type Affected, affectedInWords } from "./words";

/** Says what goes along before anything goes; the bin keeps it for 30 days. */
export function PutInBin({
  what,
  name,
  path,
  then,
  affected,
}: {
  what: "article" | "project";
  name: string;
  /** In the API. */
  path: string;
  /** Where to go when it is done. */
  then: string;
  affected: Affected;
}) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const lines = affectedInWords(what, affected);
  return (
    <Dialog
      title={`Put this ${what} into the bin?`}
      description={name}
      trigger={<Button look={what === "project" ? "danger" : "quiet"}>Put in the bin</Button>}
      open={open}
      onOpenChange={setOpen}
    >
      <div className="grid gap-4">
        {lines.length > 0 && (
          <div>
            <p>Out of sight with it:</p>
            <ul className="mt-1 list-disc pl-5">
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        )}
        <p className="text-ink-2">
          {what === "article"
            ? "It leaves the queue, export and agreement at once. Releases that hold it stay as they are."
            : "Nobody sees it any more, and its tokens answer nothing."}{" "}
          For 30 days it can be restored as it was; then it is gone for good.
        </p>
        {problem && <Notice tone="fault">{problem.detail}</Notice>}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={() => setOpen(false)}>
            Keep it
          </Button>
          <Button
            look="primary"
            disabled={busy}
            onClick={async () => {
              setBusy(true);
              const answer = await api("DELETE", path);
              setBusy(false);
              setProblem(answer.ok ? null : answer);
              if (!answer.ok) return;
              router.push(then);
              router.refresh();
            }}
          >
            Put it in the bin
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
