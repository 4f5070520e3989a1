"use client";

import { useCallback, useEffect, useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Empty, Notice, Section } from "../ui/page";
import { OnTable, type RuleOption, type Table } from "./meeting-table";
import { type Figures, FiguresLine } from "./rounds";

export type MeetingView = {
  readonly batchId: string;
  readonly name: string;
  readonly state: "waiting" | "ready" | "running" | "ended";
  readonly mayModerate: boolean;
  readonly moderator: string | null;
  readonly people: readonly { readonly id: string; readonly name: string; readonly submitted: number | null }[];
  readonly articles: { readonly all: number; readonly ready: number };
  readonly cases: { readonly all: number; readonly decided: number; readonly place: number | null };
  readonly list:
    | readonly {
        readonly id: string;
        readonly title: string;
        readonly quote: string;
        readonly words: string;
        readonly decided: boolean;
      }[]
    | null;
  readonly figures: Figures | null;
  readonly table: Table | null;
};

const EVERY_MS = 2_000;

/** Everyone's page follows the moderator's: the case on the table, its votes when they are shown, the decision when it is made. */
export function Meeting({
  projectId,
  first,
  rules,
  labels,
}: {
  projectId: string;
  first: MeetingView;
  rules: readonly RuleOption[];
  labels: Readonly<Record<string, string>>;
}) {
  const [now, setNow] = useState(first);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [away, setAway] = useState(false);
  const path = `/projects/${projectId}/batches/${first.batchId}/meeting`;
  const act = useCallback(
    async (method: "GET" | "POST" | "PATCH", body?: unknown) => {
      const answer = await api<MeetingView>(method, path, body);
      if (answer.ok) setNow(answer.value);
      if (method === "GET") setAway(!answer.ok);
      else setProblem(answer.ok ? null : answer);
    },
    [path],
  );
  const over = now.state === "ended";
  useEffect(() => {
    if (over) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void act("GET");
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [act, over]);
  const { table, list, cases } = now;
  const at = list?.findIndex((one) => one.id === table?.caseId) ?? -1;
  const next = list?.[at + 1];
  const previous = at > 0 ? list?.[at - 1] : undefined;

  return (
    <>
      {problem && <Notice tone="fault">{problem.errors[0]?.message ?? problem.detail}</Notice>}
      {away && <Notice tone="fault">Gloss cannot be reached; this page follows again when it can.</Notice>}
      {now.state === "waiting" && (
        <Empty title="Not all reviews are in">
          {now.articles.ready} of {now.articles.all} articles have all their reviews. The meeting begins when the rest
          do.
        </Empty>
      )}
      {now.state === "ready" && (
        <Empty
          title="All reviews are in"
          actions={
            now.mayModerate && (
              <Button look="primary" onClick={() => void act("POST")}>
                Begin the meeting
              </Button>
            )
          }
        >
          {now.mayModerate
            ? "Agreement is kept as it is now. Everyone opens this page; it follows you."
            : "The meeting has not begun. This page follows when it does."}
        </Empty>
      )}
      {over && (
        <Empty title="The meeting is over">
          {cases.decided} of {cases.all} cases are decided. What was not comes up on the adjudication screen.
        </Empty>
      )}
      {now.state === "running" && (
        <p className="py-3 text-ink-2" aria-live="polite">
          {cases.place === null ? "No case is on the table yet" : `Case ${cases.place} of ${cases.all}`},{" "}
          {cases.decided} decided.
          {now.moderator && ` ${now.moderator} moderates.`}
        </p>
      )}
      {now.state === "running" && !table && cases.place !== null && (
        <Notice>You have an open review of the article on the table, so nothing of it is shown here.</Notice>
      )}
      {now.state === "running" && table && (
        <OnTable
          key={`${table.caseId} ${table.revealed}`}
          projectId={projectId}
          table={table}
          rules={rules}
          labels={labels}
          edits={now.mayModerate}
          onDecided={() => void act("GET")}
        />
      )}
      {now.state === "running" && now.mayModerate && (
        <div className="flex flex-wrap gap-2 border-t border-rule py-4">
          {table && !table.revealed && (
            <Button look="primary" onClick={() => void act("PATCH", { revealed: true })}>
              Show the votes
            </Button>
          )}
          {previous && <Button onClick={() => void act("PATCH", { caseId: previous.id })}>Case before</Button>}
          {next && (
            <Button look={table ? "plain" : "primary"} onClick={() => void act("PATCH", { caseId: next.id })}>
              {table ? "Next case" : "Put the first case on the table"}
            </Button>
          )}
          <Button look="quiet" onClick={() => void act("PATCH", { ended: true })}>
            End the meeting
          </Button>
        </div>
      )}
      <FiguresLine words="Agreement before the meeting" figures={now.figures} />
      {list && now.state === "running" && (
        <Section title="Cases" note="For you only; the others see what is on the table.">
          <ol className="grid gap-1">
            {list.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  aria-current={one.id === table?.caseId ? "true" : undefined}
                  className="grid w-full grid-cols-[minmax(0,1fr)_auto] gap-4 rounded-md px-2 py-1 text-left hover:bg-hover aria-[current]:bg-press"
                  onClick={() => void act("PATCH", { caseId: one.id })}
                >
                  <span className="truncate font-serif text-[15px]">{one.quote}</span>
                  <span className="text-ink-2">
                    {one.words}, {one.decided ? "decided" : "open"}
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </Section>
      )}
      <Section title="People">
        <p>
          {now.people
            .map((one) => (one.submitted === null ? one.name : `${one.name} (${one.submitted} submitted)`))
            .join(", ")}
        </p>
      </Section>
    </>
  );
}
