"use client";

import Link from "next/link";
import { useMemo, useState } from "react";
import { indexText } from "@/lib/text/codepoints";
import { api, type Problem } from "../api";
import { Button, ButtonLink } from "../ui/button";
import { Select } from "../ui/field";
import { Notice } from "../ui/page";

type Marks = readonly { readonly label: string; readonly quote: string }[];
export type Table = {
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

/** The case on the table: its words, its votes once they are shown, the ways to decide it, the decision. */
export function OnTable({
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
