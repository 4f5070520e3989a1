"use client";

import { useCallback, useEffect, useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Notice } from "../ui/page";

type Listed = {
  readonly id: string;
  readonly article: { readonly title: string; readonly outlet: string | null };
  readonly words: readonly { readonly quote: string; readonly label: string }[];
};
type Answer = { readonly count: number; readonly left: number; readonly cases: readonly Listed[] };

/** One ruling for the cases that are alike: first which they are, then a decision for each that is left in the list. */
export function FollowAlike({
  caseId,
  open,
  onClose,
  onFollowed,
  label,
}: {
  caseId: string;
  open: boolean;
  onClose: () => void;
  onFollowed: (count: number) => void;
  label: (key: string) => string;
}) {
  const [preview, setPreview] = useState<Answer | null>(null);
  const [out, setOut] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = useCallback(
    async (body: object) => {
      setBusy(true);
      const answer = await api<Answer>("POST", `/cases/${caseId}/decisions/alike`, body);
      setBusy(false);
      setProblem(answer.ok ? null : answer);
      return answer.ok ? answer.value : null;
    },
    [caseId],
  );
  useEffect(() => {
    if (!open) return;
    setPreview(null);
    setOut(new Set());
    void ask({ dryRun: true }).then(setPreview);
  }, [open, ask]);
  const wanted = preview?.cases.filter((one) => !out.has(one.id)) ?? [];
  const follow = async () => {
    const done = await ask({ cases: wanted.map((one) => one.id) });
    if (done) onFollowed(done.count);
  };
  return (
    <Dialog
      title="Decide what is alike"
      description="The same words, and as many votes for the same labels. Each case gets a decision of its own, which names the one that it follows."
      open={open}
      onOpenChange={(to) => !to && onClose()}
      wide
    >
      {problem && <Notice tone="fault">{problem.detail}</Notice>}
      {!preview && !problem && <p className="text-ink-2">Looking for them.</p>}
      {preview && preview.count === 0 && <p className="mb-3">None is left that this ruling fits.</p>}
      {preview && preview.count > 0 && (
        <ul
          className="mb-3 max-h-80 overflow-y-auto border-t border-rule"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label="Cases that are alike"
        >
          {preview.cases.map((one) => (
            <li key={one.id} className="border-b border-rule">
              <label className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-3 py-1.5">
                <input
                  type="checkbox"
                  checked={!out.has(one.id)}
                  onChange={(event) => {
                    const next = new Set(out);
                    if (event.target.checked) next.delete(one.id);
                    else next.add(one.id);
                    setOut(next);
                  }}
                />
                <span>
                  <span className="block font-serif text-[15px]" dir="auto">
                    {one.words.length === 0 ? <i>nothing here</i> : one.words.map((span) => span.quote).join(" · ")}
                  </span>
                  <span className="text-xs text-ink-2">
                    {[...one.words.map((span) => label(span.label)), one.article.outlet, one.article.title]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
      {preview && preview.left > 0 && (
        <p className="mb-3 text-ink-2">
          {preview.left === 1 ? "One more is alike, but is" : `${preview.left} more are alike, but are`} left to be
          decided by hand: what was ruled does not stand there, or you may not decide there.
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Not now</Button>
        <Button look="primary" disabled={busy || wanted.length === 0} onClick={() => void follow()}>
          {wanted.length === 1 ? "Decide it alike" : `Decide ${wanted.length} alike`}
        </Button>
      </div>
    </Dialog>
  );
}
