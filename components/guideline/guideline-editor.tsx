"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { TextArea } from "../ui/field";
import { Notice } from "../ui/page";
import { GuidelineText } from "./markdown";

/** The rules, written on the left and read on the right. Saving makes the next version; every span records the version it was made under. */
export function GuidelineEditor({
  projectId,
  markdown: saved,
  version,
  draft = null,
}: {
  projectId: string;
  markdown: string;
  version: number;
  /** What to begin with, such as an example from a case; it is not saved yet. */
  draft?: string | null;
}) {
  const router = useRouter();
  const [markdown, setMarkdown] = useState(draft ?? saved);
  const [editing, setEditing] = useState(draft !== null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  async function save() {
    setBusy(true);
    const answer = await api("PUT", `/projects/${projectId}/guideline`, { markdown }, { ifMatch: `"${version}"` });
    setBusy(false);
    setProblem(answer.ok ? null : answer);
    if (answer.ok) {
      setEditing(false);
      // A draft stands in the address; it is saved now.
      if (draft === null) router.refresh();
      else router.replace(`/projects/${projectId}/guideline`);
    }
  }

  if (!editing)
    return (
      <div className="py-6">
        <Button onClick={() => setEditing(true)} className="mb-4">
          Edit the guideline
        </Button>
        <GuidelineText markdown={saved} />
      </div>
    );
  return (
    <>
      <div className="grid gap-8 py-4 lg:grid-cols-2">
        <TextArea
          label="Guideline, in Markdown"
          value={markdown}
          onChange={(event) => setMarkdown(event.target.value)}
          className="min-h-[70dvh] font-mono text-[13px] leading-5"
        />
        <section aria-label="Preview" className="max-h-[76dvh] overflow-y-auto">
          <GuidelineText markdown={markdown} />
        </section>
      </div>
      <div className="sticky bottom-0 flex flex-wrap items-center gap-4 border-t border-rule bg-paper py-3">
        <Button look="primary" disabled={busy || markdown === saved} onClick={() => void save()}>
          {busy ? "Saving" : `Save as version ${version + 1}`}
        </Button>
        <Button
          look="quiet"
          onClick={() => {
            setMarkdown(saved);
            setEditing(false);
          }}
        >
          Leave without saving
        </Button>
        {problem && (
          <Notice tone="fault">
            {problem.status === 412 || problem.status === 409
              ? "Someone saved another version meanwhile. Copy your text, reload, and put it in again."
              : problem.detail}
          </Notice>
        )}
      </div>
    </>
  );
}
