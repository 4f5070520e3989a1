"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { labelOf } from "@/lib/scheme/lookup";
import type { Scheme } from "@/lib/scheme/scheme";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Notice } from "../ui/page";

type Unanimous = { readonly count: number; readonly cases: readonly string[] };
type Listed = {
  readonly id: string;
  readonly quote: string;
  readonly labels: readonly string[];
  readonly article: { readonly title: string };
};
type Preview = { readonly count: number; readonly shown: readonly Listed[] };

/** How many are shown by their words before all are accepted; the rest are counted. */
const SHOWN = 50;

/** Every case in which all agree in everything, accepted in one act, each with its own decision; first it says how many they are. */
export function AcceptUnanimous({ projectId, scheme }: { projectId: string; scheme: Scheme }) {
  const router = useRouter();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState(false);
  const ask = async (dryRun: boolean) => {
    setBusy(true);
    const answer = await api<Unanimous>("POST", `/projects/${projectId}/decisions/unanimous`, { dryRun });
    const listed =
      dryRun && answer.ok && answer.value.count > 0
        ? await api<{ items: readonly Listed[] }>(
            "GET",
            `/projects/${projectId}/cases?status=open&kind=agreed&sort=position&limit=200`,
          )
        : null;
    setBusy(false);
    const failed = answer.ok ? (listed && !listed.ok ? listed : null) : answer;
    setProblem(failed);
    if (!answer.ok || failed) return;
    if (dryRun) {
      const which = new Set(answer.value.cases);
      const items = listed?.ok ? listed.value.items.filter((one) => which.has(one.id)) : [];
      setPreview({ count: answer.value.count, shown: items.slice(0, SHOWN) });
      return;
    }
    setOpen(false);
    router.refresh();
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
          {preview.shown.length > 0 && (
            <ul
              className="mb-4 max-h-60 overflow-y-auto border-t border-rule"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
              tabIndex={0}
              aria-label="Unanimous cases"
            >
              {preview.shown.map((one) => (
                <li key={one.id} className="border-b border-rule py-1.5">
                  <p className="line-clamp-2 font-serif text-[15px] leading-5" dir="auto">
                    {one.quote}
                  </p>
                  <p className="truncate text-xs text-ink-2">
                    {one.labels.map((key) => labelOf(scheme, key)?.name ?? key).join(", ")} · {one.article.title}
                  </p>
                </li>
              ))}
            </ul>
          )}
          {preview.count > preview.shown.length && (
            <p className="mb-4 text-ink-2">
              {preview.shown.length > 0 ? "And " : ""}
              {preview.count - preview.shown.length} more.
            </p>
          )}
          <Button look="primary" disabled={busy || preview.count === 0} onClick={() => void ask(false)}>
            {preview.count === 1 ? "Accept it" : `Accept all ${preview.count}`}
          </Button>
        </>
      )}
    </Dialog>
  );
}
