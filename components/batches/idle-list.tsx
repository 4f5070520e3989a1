"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { api } from "../api";
import { Button, ButtonLink } from "../ui/button";
import { Notice, Section } from "../ui/page";
import { Table, Td, Th } from "../ui/table";

export type IdleRow = {
  readonly id: string;
  readonly articleId: string;
  readonly title: string;
  readonly reviewer: string;
  readonly status: "ASSIGNED" | "IN_PROGRESS";
  readonly days: number;
};

/** What lies idle by the project's policy, and the one act that takes it back. */
export function IdleList({
  projectId,
  rows,
  days,
  more,
}: {
  projectId: string;
  rows: readonly IdleRow[];
  days: number | null;
  more: boolean;
}) {
  const router = useRouter();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [told, setTold] = useState<{ tone: "note" | "fault"; words: string } | null>(null);
  const chosen = rows.filter((row) => !left.has(row.id));
  const reclaim = async () => {
    const answer = await api<{ reclaimed: string[]; kept: string[] }>("POST", `/projects/${projectId}/reviews/idle`, {
      reviews: chosen.map((row) => row.id),
    });
    setTold(
      answer.ok
        ? {
            tone: "note",
            words: `${answer.value.reclaimed.length} taken back; the articles are in the queue again.${answer.value.kept.length > 0 ? ` ${answer.value.kept.length} moved meanwhile and stay.` : ""}`,
          }
        : { tone: "fault", words: answer.detail },
    );
    router.refresh();
  };
  return (
    <Section
      title="Lying idle"
      note={days === null ? "Not watched." : `Open reviews without a change for ${days} days or more.`}
      actions={
        days === null ? (
          <ButtonLink look="quiet" href={`/projects/${projectId}/settings`}>
            Say after how many days
          </ButtonLink>
        ) : (
          chosen.length > 0 && (
            <Button onClick={() => void reclaim()}>
              Take {chosen.length === 1 ? "1 review" : `${chosen.length} reviews`} back
            </Button>
          )
        )
      }
    >
      {told && <Notice tone={told.tone}>{told.words}</Notice>}
      {rows.length === 0 ? (
        <p className="text-ink-2">
          {days === null ? "A review that nobody goes on with blocks its article." : "Nothing."}
        </p>
      ) : (
        <Table caption="Reviews that lie idle">
          <thead>
            <tr>
              <Th>
                <span className="sr-only">Take back</span>
              </Th>
              <Th>Article</Th>
              <Th>Reviewer</Th>
              <Th>State</Th>
              <Th className="text-right">Days</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <Td className="w-8">
                  <input
                    type="checkbox"
                    aria-label={`Take ${row.title} back from ${row.reviewer}`}
                    className="size-4 accent-[var(--ink)]"
                    checked={!left.has(row.id)}
                    onChange={() => setLeft((now) => toggled(now, row.id))}
                  />
                </Td>
                <Td>
                  <Link
                    href={`/projects/${projectId}/articles/${row.articleId}`}
                    className="font-serif text-[16px] leading-6 hover:underline"
                  >
                    {row.title}
                  </Link>
                </Td>
                <Td>{row.reviewer}</Td>
                <Td className="text-ink-2">{row.status === "ASSIGNED" ? "not begun" : "in progress"}</Td>
                <Td className="text-right">{row.days}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {more && <p className="pt-2 text-ink-2">There are more; they follow when these are dealt with.</p>}
    </Section>
  );
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
