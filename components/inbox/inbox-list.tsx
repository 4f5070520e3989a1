"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { cls } from "../ui/class";
import { Badge, Empty, Notice } from "../ui/page";
import { Ago } from "../ui/time";

export type InboxItem = {
  readonly key: string;
  readonly kind: string;
  readonly at: string;
  readonly unread: boolean;
  readonly project: string;
  readonly title: string;
  readonly words: string;
  readonly by: string | null;
  readonly href: string;
};

const KIND: Readonly<Record<string, string>> = {
  "sent-back": "sent back to you",
  mention: "you are mentioned",
  thread: "a thread goes on",
  stale: "stale decisions",
  calibration: "calibration",
  meeting: "meeting now",
  recheck: "the guideline changed",
};

/** What waits, the newest first. An entry goes when it is dealt with; reading it only stops the counting. */
export function InboxList({ items }: { items: readonly InboxItem[] }) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const read = async (body: { keys: readonly string[] } | { all: true }) => {
    const answer = await api<{ unread: number }>("POST", "/me/inbox", body);
    setProblem(answer.ok ? null : answer);
    if (answer.ok) window.dispatchEvent(new CustomEvent("gloss:unread", { detail: answer.value.unread }));
    router.refresh();
  };
  if (items.length === 0)
    return (
      <Empty title="Nothing waits for you">
        Mentions, threads that you take part in, reviews that are sent back, decisions that became stale and calibration
        rounds appear here.
      </Empty>
    );
  return (
    <div className="py-4">
      {problem && <Notice tone="fault">{problem.detail}</Notice>}
      {items.some((item) => item.unread) && (
        <div className="flex justify-end pb-2">
          <Button onClick={() => void read({ all: true })}>Mark all as read</Button>
        </div>
      )}
      <ul className="divide-y divide-rule border-y border-rule">
        {items.map((item) => (
          <li key={item.key} className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[minmax(0,1fr)_auto]">
            <div className="min-w-0">
              <p className="flex flex-wrap items-baseline gap-2">
                <Link
                  href={item.href}
                  onClick={() => void (item.unread && read({ keys: [item.key] }))}
                  className={cls("font-serif text-[16px] leading-6 hover:underline", item.unread && "font-medium")}
                >
                  {item.title}
                </Link>
                <Badge strong={item.unread}>{item.unread ? `${KIND[item.kind]}, unread` : KIND[item.kind]}</Badge>
              </p>
              <p className="break-words">
                {item.by && <span className="font-medium">{item.by}: </span>}
                {item.words}
              </p>
              <p className="text-xs text-ink-2">
                {item.project}, <Ago at={item.at} />
              </p>
            </div>
            {item.unread && (
              <Button
                look="quiet"
                className="justify-self-start max-sm:-ml-3"
                aria-label={`Mark ${item.title} as read`}
                onClick={() => void read({ keys: [item.key] })}
              >
                Mark as read
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
