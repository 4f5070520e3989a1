"use client";

import type { TextIndex } from "@/lib/text/codepoints";
import { Ago } from "../ui/time";
import { type DecisionView, type Desk, reasonName, ruleName } from "./model";
import { shorten } from "./words";

const ACTION_WORDS: Readonly<Record<string, string>> = {
  suggestion: "the suggestion",
  member: "one reviewer’s reading",
  union: "the union",
  intersection: "the intersection",
  edit: "an own reading",
  nothing: "nothing here",
  split: "a split",
  merge: "a merge",
  create: "made anew",
};

type Props = {
  /** In the order in which they were made. */
  readonly decisions: readonly DecisionView[];
  readonly index: TextIndex;
  readonly label: (key: string) => string;
  readonly rules: Desk["rules"];
};

/** What was ruled on a case: what holds now, and under it whatever came before. Nothing is ever overwritten. */
export function History({ decisions, index, label, rules }: Props) {
  const newest = [...decisions].reverse();
  const live = newest.find((one) => one.live);
  const earlier = newest.filter((one) => one !== live);
  if (newest.length === 0) return null;
  return (
    <section aria-label="Decisions" className="grid gap-2 border-t border-rule pt-3">
      {live && <Ruling one={live} index={index} label={label} rules={rules} />}
      {earlier.length > 0 && (
        <details>
          <summary className="min-h-6 cursor-default text-ink-2">
            {earlier.length} earlier {earlier.length === 1 ? "act" : "acts"}
          </summary>
          <ol className="mt-1 grid gap-2 border-l border-rule pl-3">
            {earlier.map((one) => (
              <li key={one.id}>
                <Ruling one={one} index={index} label={label} rules={rules} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

function Ruling({ one, index, label, rules }: { one: DecisionView } & Omit<Props, "decisions">) {
  const who = one.by ? `by ${one.by}` : "by the project’s policy";
  return (
    <div>
      <p>
        {one.action === "reopen" ? "Taken back" : `Decided as ${ACTION_WORDS[one.action] ?? one.action}`} {who},{" "}
        <Ago at={one.at} />
        {one.reasonCode && `, reason: ${reasonName(one.reasonCode)}`}
        {one.rule && `, rule ${ruleName(rules, one.rule)}`}
        {one.follows && ", as ruled before on the same words"}
        {!one.anonymous && one.by && ", with names shown"}.
      </p>
      {one.spans.map((span) => (
        <p key={`${span.start}-${span.end}-${span.label}`} className="font-serif text-[15px]">
          {shorten(index.slice(span))} <span className="font-sans text-sm text-ink-2">{label(span.label)}</span>
        </p>
      ))}
      {one.note && <p className="text-ink-2">{one.note}</p>}
    </div>
  );
}
