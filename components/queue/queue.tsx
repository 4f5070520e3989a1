"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Badge, Empty, Kbd, Notice, Section } from "../ui/page";
import { Table, Td, Th } from "../ui/table";
import { Ago } from "../ui/time";
import { OwnDay } from "./own-day";

export type QueueRow = {
  readonly reviewId: string;
  readonly articleId: string;
  readonly title: string;
  readonly outlet: string | null;
  readonly status: "ASSIGNED" | "IN_PROGRESS" | "SUBMITTED" | "SKIPPED";
  readonly at: string;
  readonly sentBackComment: string | null;
  readonly late: boolean;
  readonly settled: boolean;
  readonly batch: string | null;
  readonly deadline: string | null;
  readonly training: boolean;
};

/** What is mine to do. One key takes the next article. */
export function Queue({
  projectId,
  mine,
  done,
  waiting,
  why,
}: {
  projectId: string;
  mine: readonly QueueRow[];
  done: readonly QueueRow[];
  /** Articles that still lack a review which I could give. */
  waiting: number;
  /** Why there is nothing, and who can fill it. */
  why: string | null;
}) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [empty, setEmpty] = useState(false);
  const [busy, setBusy] = useState(false);
  const next = useCallback(async () => {
    setBusy(true);
    const answer = await api<{ id: string } | undefined>("POST", `/projects/${projectId}/queue/next`);
    setBusy(false);
    if (!answer.ok) setProblem(answer);
    else if (answer.status === 204 || !answer.value) setEmpty(true);
    else router.push(`/reviews/${answer.value.id}`);
  }, [projectId, router]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement && ["INPUT", "TEXTAREA", "SELECT"].includes(event.target.tagName);
      if (event.key.toLowerCase() === "n" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) void next();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [next]);

  const something = mine.length > 0 || waiting > 0;
  return (
    <>
      {problem && <Notice tone="fault">{problem.detail}</Notice>}
      {something && !empty ? (
        <div className="flex flex-wrap items-center gap-4 border-b border-rule py-6">
          <Button look="primary" className="h-10 px-4 text-base" disabled={busy} onClick={() => void next()}>
            {mine.length > 0 ? "Go on" : "Next article"} <Kbd>N</Kbd>
          </Button>
          <p className="text-ink-2">
            {mine.length > 0 && `${mine.length} of yours to do. `}
            {waiting > 0 && waitingWords(waiting, mine.length > 0)}
          </p>
        </div>
      ) : (
        <Empty title="Nothing to review">
          {why ??
            "Every article has the reviews it needs. An editor can import more, or ask for more reviewers an article."}
        </Empty>
      )}
      <OwnDay projectId={projectId} />
      {mine.length > 0 && <Rows title="To do" rows={mine} />}
      {done.length > 0 && <Rows title="Submitted" rows={done} />}
    </>
  );
}

const waitingWords = (waiting: number, more: boolean) =>
  `${waiting}${more ? " more" : ""} ${waiting === 1 ? "article lacks" : "articles lack"} a review that you could give.`;

const STATUS: Readonly<Record<QueueRow["status"], string>> = {
  ASSIGNED: "assigned",
  IN_PROGRESS: "in progress",
  SUBMITTED: "submitted",
  SKIPPED: "skipped",
};

function Rows({ title, rows }: { title: string; rows: readonly QueueRow[] }) {
  return (
    <Section title={title} note={String(rows.length)}>
      <Table caption={title}>
        <thead>
          <tr>
            <Th>Article</Th>
            <Th>Outlet</Th>
            <Th>Status</Th>
            <Th>When</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.reviewId}>
              <Td>
                <Link href={`/reviews/${row.reviewId}`} className="font-serif text-[16px] leading-6 hover:underline">
                  {row.title}
                </Link>
                {row.settled && (
                  <p>
                    <Link href={`/reviews/${row.reviewId}/gold`} className="link text-ink-2">
                      How gold differs from your marks
                    </Link>
                    {" · "}
                    <Link href={`/settle/${row.articleId}`} className="link text-ink-2">
                      How it was settled
                    </Link>
                  </p>
                )}
                {(row.batch || row.training) && (
                  <p className="text-xs text-ink-2">
                    {row.batch}
                    {row.batch && row.deadline && row.status !== "SUBMITTED" && (
                      <>
                        , due <Ago at={row.deadline} />
                      </>
                    )}
                    {row.training && `${row.batch ? ", " : ""}training: does not vote`}
                  </p>
                )}
                {row.sentBackComment && <p className="text-ink-2">Sent back: {row.sentBackComment}</p>}
              </Td>
              <Td className="text-ink-2">{row.outlet}</Td>
              <Td>
                <Badge strong={row.status === "IN_PROGRESS"}>
                  {row.settled ? "settled" : row.late ? `${STATUS[row.status]}, late` : STATUS[row.status]}
                </Badge>
              </Td>
              <Td className="text-ink-2">
                <Ago at={row.at} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
