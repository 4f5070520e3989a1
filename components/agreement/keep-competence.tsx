"use client";

import { useState } from "react";
import { toast } from "sonner";
import { api } from "../api";
import { Button } from "../ui/button";

/** Suggestions break ties by what is kept, so that they change only when an editor says so. */
export function KeepCompetence({ projectId }: { projectId: string }) {
  const [busy, setBusy] = useState(false);
  const keep = async () => {
    setBusy(true);
    const answer = await api<{ reviewers: number; cases: number }>("POST", `/projects/${projectId}/competence`, {});
    setBusy(false);
    if (answer.ok) toast(`Ties are now broken by the competence of ${answer.value.reviewers} reviewers.`);
    else toast.error(answer.detail);
  };
  return (
    <Button className="mt-3 print:hidden" onClick={keep} disabled={busy}>
      {busy ? "Fitting…" : "Break ties by these"}
    </Button>
  );
}
