"use client";

import Link from "next/link";
import { useCallback, useEffect, useMemo, useState } from "react";
import { indexText } from "@/lib/text/codepoints";
import { api, type Problem } from "../api";
import { Button, ButtonLink } from "../ui/button";
import { Select } from "../ui/field";
import { Empty, Notice, Section } from "../ui/page";
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

type Marks = readonly { readonly label: string; readonly quote: string }[];
type Table = {
  readonly caseId: string;
  readonly articleId: string;
  readonly title: string;
  readonly context: string;
  readonly contextStart: number;
  readonly start: number;
  readonly end: number;
  readonly revealed: boolean;
  readonly votes:
    | readonly { readonly name: string; readonly marks: readonly (Marks[number] & { readonly id: string })[] }[]
    | null;
  readonly decision: {
    readonly id: string;
    readonly by: string | null;
    readonly rule: string | null;
    readonly note: string;
    readonly marks: Marks;
  } | null;
  readonly mayDecide: boolean;
  readonly suggested: boolean;
};

export type RuleOption = { readonly anchor: string; readonly number: string | null; readonly title: string };

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

function OnTable({
  projectId,
  table,
  rules,
  labels,
  edits,
  onDecided,
}: {
  projectId: string;
  table: Table;
  rules: readonly RuleOption[];
  labels: Readonly<Record<string, string>>;
  edits: boolean;
  onDecided: () => void;
}) {
  const [rule, setRule] = useState(table.decision?.rule ?? "");
  const [problem, setProblem] = useState<Problem | null>(null);
  const text = useMemo(() => indexText(table.context), [table.context]);
  const cut = (from: number, to: number) => text.slice({ start: Math.max(0, from), end: Math.min(text.length, to) });
  const [from, to] = [table.start - table.contextStart, table.end - table.contextStart];
  const decide = async (ruling: object) => {
    const answer = await api("POST", `/cases/${table.caseId}/decisions`, {
      id: crypto.randomUUID(),
      ...ruling,
      revealed: true,
      reasonCode: "guideline-gap",
      ...(rule ? { rule } : {}),
      ...(table.decision ? { supersedes: table.decision.id } : {}),
    });
    setProblem(answer.ok ? null : answer);
    onDecided();
  };
  const said = (marks: Marks) =>
    marks.length === 0
      ? "nothing here"
      : marks.map((one) => `${labels[one.label] ?? one.label}: “${one.quote}”`).join("; ");
  return (
    <div className="grid gap-4 pb-4">
      {problem && <Notice tone="fault">{problem.errors[0]?.message ?? problem.detail}</Notice>}
      <blockquote className="border-l-2 border-rule pl-4 font-serif text-[19px] leading-8 whitespace-pre-line">
        {cut(0, from)}
        <mark className="bg-press text-ink underline decoration-1 underline-offset-4">{cut(from, to)}</mark>
        {cut(to, text.length)}
      </blockquote>
      <p className="text-ink-2">{table.title}</p>
      {table.votes === null ? (
        <p>The votes are hidden. Say what you think first.</p>
      ) : (
        <ul className="grid gap-2" aria-label="Votes">
          {table.votes.map((vote) => (
            <li key={vote.name} className="flex flex-wrap items-baseline gap-3">
              <span className="font-medium">{vote.name}</span>
              <span className={vote.marks.length === 0 ? "text-ink-2 italic" : ""}>{said(vote.marks)}</span>
              {table.mayDecide && (
                <Button
                  look="quiet"
                  aria-label={`Decide as ${vote.name}`}
                  onClick={() =>
                    void decide(vote.marks[0] ? { action: "member", member: vote.marks[0].id } : { action: "nothing" })
                  }
                >
                  Decide so
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {table.revealed && table.mayDecide && (
        <div className="flex flex-wrap items-end gap-2">
          <div className="w-64">
            <Select
              label="Rule cited"
              value={rule}
              onChange={(event) => setRule(event.target.value)}
              options={[
                { value: "", name: "none" },
                ...rules.map((one) => ({ value: one.anchor, name: `${one.number ?? ""} ${one.title}`.trim() })),
              ]}
            />
          </div>
          {table.suggested && (
            <Button onClick={() => void decide({ action: "suggestion" })}>Accept what the votes come to</Button>
          )}
          <ButtonLink look="quiet" href={`/settle/${table.articleId}?case=${table.caseId}`}>
            Decide otherwise
          </ButtonLink>
        </div>
      )}
      {table.decision && (
        <Notice>
          Decided{table.decision.by && ` by ${table.decision.by}`}: {said(table.decision.marks)}
          {table.decision.rule && `, by rule ${table.decision.rule}`}.{" "}
          {edits && (
            <Link
              className="link"
              href={`/projects/${projectId}/guideline?${new URLSearchParams({ case: table.caseId, ...(table.decision.rule ? { rule: table.decision.rule } : {}) })}`}
            >
              Draft a change of the guideline from it
            </Link>
          )}
        </Notice>
      )}
    </div>
  );
}
