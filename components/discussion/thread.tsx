"use client";

import { useId, useRef, useState } from "react";
import { mentionsIn } from "@/lib/scheme/mentions";
import { api, type Problem } from "../api";
import { GuidelineText } from "../guideline/markdown";
import { Button } from "../ui/button";
import { Select } from "../ui/field";
import { Badge, Notice } from "../ui/page";
import { Ago } from "../ui/time";

export type Person = { readonly id: string; readonly name: string };

export type ThreadView = {
  readonly id: string;
  readonly resolvedAt: string | null;
  readonly posts: readonly {
    readonly id: string;
    readonly author: Person | null;
    readonly body: string;
    readonly mentions: readonly string[];
    readonly createdAt: string;
  }[];
  readonly guests: readonly Person[];
  readonly people: readonly Person[];
  readonly invitable: readonly Person[];
  readonly mayWrite: boolean;
};

/** What is said, and saying more. `onChange` gets the thread as it stands after each act. */
export function Thread({ thread, onChange }: { thread: ThreadView; onChange: (thread: ThreadView) => void }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const act = async (method: "POST" | "PATCH", path: string, body: unknown): Promise<boolean> => {
    const answer = await api<ThreadView>(method, `/threads/${thread.id}${path}`, body);
    setProblem(answer.ok ? null : answer);
    if (answer.ok) onChange(answer.value);
    return answer.ok;
  };
  return (
    <div className="grid gap-3">
      {problem && <Notice tone="fault">{problem.errors[0]?.message ?? problem.detail}</Notice>}
      <ol className="grid gap-3">
        {thread.posts.map((post) => (
          <li key={post.id} id={`post-${post.id}`}>
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium">{post.author?.name ?? "someone who left"}</span>
              <span className="text-xs text-ink-2">
                <Ago at={post.createdAt} />
              </span>
            </p>
            <div className="discussion">
              <GuidelineText markdown={post.body} />
            </div>
          </li>
        ))}
      </ol>
      {thread.resolvedAt && (
        <p className="text-ink-2">
          Resolved <Ago at={thread.resolvedAt} />.
        </p>
      )}
      {thread.guests.length > 0 && (
        <p className="flex flex-wrap gap-1.5 text-ink-2">Asked in: {thread.guests.map((one) => one.name).join(", ")}</p>
      )}
      {thread.mayWrite && (
        <>
          <Composer
            label="Reply"
            people={thread.people}
            button="Say it"
            onSend={(body) => act("POST", "/posts", { id: crypto.randomUUID(), body })}
          />
          <div className="flex flex-wrap items-end gap-2">
            <Button
              className="order-last ml-auto"
              onClick={() => void act("PATCH", "", { resolved: thread.resolvedAt === null })}
            >
              {thread.resolvedAt === null ? "Resolve" : "Open again"}
            </Button>
            {thread.invitable.length > 0 && (
              <form
                className="flex items-end gap-2"
                onSubmit={(event) => {
                  event.preventDefault();
                  void act("POST", "/guests", { userId: String(new FormData(event.currentTarget).get("userId")) });
                }}
              >
                <Select
                  label="Ask a reviewer in"
                  name="userId"
                  options={thread.invitable.map(({ id, name }) => ({ value: id, name }))}
                />
                <Button type="submit">Ask in</Button>
              </form>
            )}
          </div>
        </>
      )}
    </div>
  );
}

/** A text in Markdown. After "@" the people who may see the thread are offered; whoever else is named is not told. */
export function Composer({
  label,
  people,
  button,
  onSend,
}: {
  label: string;
  people: readonly Person[];
  button: string;
  onSend: (body: string) => Promise<boolean>;
}) {
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const [body, setBody] = useState("");
  const [busy, setBusy] = useState(false);
  const begun = /(?:^|\s)@([^@\n]{0,40})$/u.exec(body)?.[1]?.toLowerCase();
  const offered =
    begun === undefined || mentionsIn(`@${begun}`, people).length > 0
      ? []
      : people.filter((one) => one.name.toLowerCase().startsWith(begun)).slice(0, 5);
  const mentioned = mentionsIn(body, people);
  const send = async () => {
    if (body.trim() === "" || busy) return;
    setBusy(true);
    if (await onSend(body)) setBody("");
    setBusy(false);
  };
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <textarea
        ref={box}
        id={id}
        value={body}
        rows={3}
        maxLength={10_000}
        placeholder={`${label}. Markdown; @ and a name tells someone.`}
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        className="w-full rounded-md border border-ink-3 bg-surface px-2.5 py-1.5 text-sm max-sm:text-base"
      />
      {offered.length > 0 && (
        <p className="flex flex-wrap gap-1.5">
          {offered.map((one) => (
            <button
              key={one.id}
              type="button"
              className="inline-flex h-6 items-center rounded-full border border-rule px-2.5 hover:border-ink-3 max-sm:h-8"
              onClick={() => {
                setBody(`${body.slice(0, body.length - (begun?.length ?? 0)) + one.name} `);
                box.current?.focus();
              }}
            >
              @{one.name}
            </button>
          ))}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" disabled={busy || body.trim() === ""}>
          {button}
        </Button>
        {mentioned.length > 0 && <Badge>tells {mentioned.map((one) => one.name).join(", ")}</Badge>}
      </div>
    </form>
  );
}
