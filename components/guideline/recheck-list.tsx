"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, type Problem } from "../api";
import { Button, ButtonLink } from "../ui/button";
import { Empty, Notice } from "../ui/page";
import { type CitingRow, hrefOf } from "./case-law";

export type RecheckRow = CitingRow & {
  readonly cites: string | null;
  readonly because: readonly {
    readonly anchor: string;
    readonly title: string;
    readonly kind: "added" | "changed" | "removed";
    readonly version: number;
  }[];
};

const KIND = { added: "came with", changed: "changed in", removed: "went with" } as const;

/** What to look at again: keep it, or open the case and decide anew. */
export function RecheckList({
  projectId,
  rows,
  total,
}: {
  projectId: string;
  rows: readonly RecheckRow[];
  total: number;
}) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const left = rows.filter((row) => !done.has(row.decisionId));
  const keep = async (decisions: readonly string[]) => {
    const answer = await api("POST", `/projects/${projectId}/guideline/recheck`, { decisions });
    setProblem(answer.ok ? null : answer);
    if (!answer.ok) return;
    setDone(new Set([...done, ...decisions]));
    if (left.length <= decisions.length) router.refresh();
  };
  if (left.length === 0)
    return (
      <Empty title="Nothing to look at again">
        When a rule of the guideline changes, the decisions that cite it, and those with gold of its labels, wait here.
      </Empty>
    );
  return (
    <div className="py-4">
      {problem && <Notice tone="fault">{problem.detail}</Notice>}
      <div className="flex flex-wrap items-center justify-between gap-3 pb-2">
        <p className="text-ink-2">{total - done.size} wait.</p>
        <Button onClick={() => void keep(left.map((row) => row.decisionId))}>
          Keep all {left.length} on this page
        </Button>
      </div>
      <ul className="divide-y divide-rule border-y border-rule">
        {left.map((row) => (
          <li key={row.decisionId} className="grid gap-x-6 gap-y-2 py-3 sm:grid-cols-[minmax(0,1fr)_auto]">
            <div className="min-w-0">
              <p className="font-serif text-[16px] leading-6">{row.quote}</p>
              <p>
                {row.labels.length > 0 ? row.labels.join(", ") : "nothing here"}
                <span className="text-ink-2">
                  , under version {row.guidelineVersion}
                  {row.by && `, by ${row.by}`}, in {row.title}
                </span>
              </p>
              <p className="text-ink-2">
                {row.because
                  .map(
                    ({ anchor, title, kind, version }) =>
                      `${anchor === row.cites ? "It cites" : "About its label:"} “${title}”, which ${KIND[kind]} version ${version}`,
                  )
                  .join(". ")}
                .
              </p>
            </div>
            <div className="flex items-start gap-2">
              <Button aria-label={`Keep ${row.quote}`} onClick={() => void keep([row.decisionId])}>
                Keep
              </Button>
              <ButtonLink look="quiet" href={hrefOf(row)}>
                Open the case
              </ButtonLink>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
