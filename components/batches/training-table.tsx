"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Notice } from "../ui/page";
import { Table, Td, Th } from "../ui/table";
import { Ago } from "../ui/time";

export type TrainingRow = {
  readonly id: string;
  readonly title: string;
  readonly reviewerId: string;
  readonly reviewer: string;
  readonly status: string;
  readonly at: string;
  readonly counts: {
    readonly same: number;
    readonly changed: number;
    readonly dropped: number;
    readonly missed: number;
  } | null;
};

const STATUS: Readonly<Record<string, string>> = {
  ASSIGNED: "assigned",
  IN_PROGRESS: "in progress",
  SUBMITTED: "submitted, not settled yet",
  SKIPPED: "skipped",
};

/** How each trainee did, article by article, and the one act that passes them. */
export function TrainingTable({
  projectId,
  rows,
  trainees,
}: {
  projectId: string;
  rows: readonly TrainingRow[];
  trainees: readonly { readonly userId: string; readonly name: string }[];
}) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const pass = async (userId: string) => {
    const answer = await api("PATCH", `/projects/${projectId}/members/${userId}`, { trainee: false });
    setProblem(answer.ok ? null : answer);
    router.refresh();
  };
  return (
    <div className="grid gap-4">
      {problem && <Notice tone="fault">{problem.detail}</Notice>}
      {trainees.length > 0 && (
        <ul className="grid gap-2">
          {trainees.map((person) => (
            <li key={person.userId} className="flex flex-wrap items-center gap-3">
              <span className="font-medium">{person.name}</span>
              <span className="text-ink-2">{sumOf(rows.filter((row) => row.reviewerId === person.userId))}</span>
              <Button onClick={() => void pass(person.userId)} aria-label={`Pass ${person.name}`}>
                Pass
              </Button>
            </li>
          ))}
        </ul>
      )}
      {rows.length === 0 ? (
        <p className="text-ink-2">No trainee has begun yet.</p>
      ) : (
        <Table caption="Training against gold">
          <thead>
            <tr>
              <Th>Trainee</Th>
              <Th>Article</Th>
              <Th>Against gold</Th>
              <Th>When</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <Td className="font-medium">{row.reviewer}</Td>
                <Td className="font-serif text-[16px] leading-6">{row.title}</Td>
                <Td>
                  {row.counts ? (
                    <Link href={`/reviews/${row.id}/gold`} className="link">
                      {countsInWords(row.counts)}
                    </Link>
                  ) : (
                    <span className="text-ink-2">{STATUS[row.status]}</span>
                  )}
                </Td>
                <Td className="text-ink-2">
                  <Ago at={row.at} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </div>
  );
}

type Counts = NonNullable<TrainingRow["counts"]>;

const countsInWords = ({ same, changed, dropped, missed }: Counts) =>
  `${same} as gold, ${changed} otherwise, ${dropped} too many, ${missed} missed`;

function sumOf(rows: readonly TrainingRow[]): string {
  const counted = rows.flatMap((row) => (row.counts ? [row.counts] : []));
  if (counted.length === 0) return "nothing to compare yet";
  const sum = (key: keyof Counts) => counted.reduce((total, counts) => total + counts[key], 0);
  const all = { same: sum("same"), changed: sum("changed"), dropped: sum("dropped"), missed: sum("missed") };
  return `${counted.length === 1 ? "1 article" : `${counted.length} articles`}: ${countsInWords(all)}`;
}
