"use client";

import type { RefObject } from "react";
import type { TextIndex } from "@/lib/text/codepoints";
import type { Problem } from "../api";
import { CaseDiscussion } from "../discussion/case-discussion";
import { Button } from "../ui/button";
import { cls } from "../ui/class";
import { Kbd, Notice } from "../ui/page";
import { type Choice, type Draft, differing } from "./draft";
import { History } from "./history";
import { lanesIn } from "./lanes";
import { type CaseView, type Desk, KINDS, kindOf, laneName, REASONS } from "./model";
import { shorten } from "./words";

export function CaseCard(props: {
  desk: Desk;
  one: CaseView;
  index: TextIndex;
  draft: Draft | null;
  reason: string | null;
  note: string;
  rule: string | null;
  problem: Problem | null;
  busy: boolean;
  noteBox: RefObject<HTMLInputElement | null>;
  onChoose: (choice: Choice) => void;
  onAttribute: (key: string, value: string) => void;
  onLabel: (label: string) => void;
  onReason: (reason: string) => void;
  onNote: (note: string) => void;
  onRule: (rule: string | null) => void;
  onDecide: () => void;
  onTakeBack: () => void;
  onStep: (by: 1 | -1) => void;
  onDrop: () => void;
  refused: string | null;
}) {
  const { desk, one, index, draft, problem, busy } = props;
  const label = (key: string | null) => desk.scheme.labels.find((each) => each.key === key)?.name ?? key ?? "";
  const name = (lane: string) => laneName(desk, lane);
  const same = sameWords(one);
  return (
    <aside
      aria-label="The case"
      className="flex min-h-0 flex-col overflow-y-auto border-rule bg-surface max-lg:rounded-t-xl max-lg:border-t max-lg:shadow-pop lg:border-l"
    >
      <div className="grid flex-1 content-start gap-3 px-5 py-4 sm:px-7">
        <p className="text-ink-2">
          {KINDS[kindOf(one)].name}
          {one.suggestion && ` · ${votes(one, label)}`}
        </p>
        <h2 className="font-serif text-[20px] leading-[26px] text-balance">{one.words}</h2>
        {one.status === "STALE" && (
          <Notice tone="fault">
            This decision is stale: {one.stale?.words ?? "what it rested on has changed."} Decide again.
          </Notice>
        )}
        {one.status === "ORPHANED" && (
          <Notice tone="fault">Nobody marks this any more, but a decision lives here. Keep it or drop it.</Notice>
        )}
        <ul className="-mx-3">
          {lanesIn(one).map((lane, place) => {
            const own = one.members.filter((member) => member.lane === lane);
            return (
              <li key={lane}>
                <button
                  type="button"
                  disabled={!desk.mayDecide}
                  onClick={() => props.onChoose({ kind: "member", lane })}
                  className="grid min-h-8 w-full grid-cols-[22px_auto_minmax(0,1fr)_auto] items-baseline gap-2 rounded-md px-3 py-1 text-left enabled:hover:bg-hover"
                >
                  <Kbd>{place + 1}</Kbd>
                  <span className="font-medium">{name(lane)}</span>
                  {own.length === 0 ? (
                    <span className="font-serif text-[15px] text-ink-2 italic">nothing marked</span>
                  ) : (
                    <span className="truncate font-serif text-[15px]">
                      {own.map((member) => shorten(index.slice(member))).join(" · ")}
                    </span>
                  )}
                  <span className="text-ink-2">
                    {own.length > 0 && [...new Set(own.map((member) => label(member.label)))].join(", ")}
                  </span>
                </button>
                {own.some((member) => member.note || member.uncertain) && (
                  <p className="pl-[42px] text-ink-2">
                    {own
                      .map((member) => [member.uncertain ? "uncertain" : "", member.note].filter(Boolean).join(": "))
                      .join(" · ")}
                  </p>
                )}
              </li>
            );
          })}
        </ul>
        <Attributes {...props} label={label} />
        {!draft && (
          <History decisions={desk.history.filter((each) => each.caseId === one.id)} index={index} label={label} />
        )}
        <CaseDiscussion key={one.id} articleId={desk.article.id} caseId={one.id} />
        {problem && (
          <Notice tone="fault">
            {problem.status === 409
              ? "Someone else has decided this case meanwhile. Their decision is shown; decide again to replace it."
              : problem.detail}{" "}
            {problem.status !== 409 && problem.errors.map((error) => error.message).join(" ")}
          </Notice>
        )}
        {props.refused && <Notice tone="fault">{props.refused}</Notice>}
        {desk.mayDecide ? (
          <>
            {!draft && (
              <div className="grid grid-cols-2 gap-1.5 border-t border-rule pt-3">
                {one.suggestion && one.suggestion.label !== null && (
                  <Act primary wide keyName="Enter" onClick={() => props.onChoose({ kind: "suggestion" })}>
                    {one.suggestion.action === "reject"
                      ? "Accept the suggestion: nothing here"
                      : same
                        ? "Accept the suggestion, which is the intersection"
                        : "Accept the suggestion"}
                  </Act>
                )}
                <Act keyName="U" onClick={() => props.onChoose({ kind: "union" })}>
                  Union
                </Act>
                <Act keyName="I" onClick={() => props.onChoose({ kind: "intersection" })}>
                  Intersection
                </Act>
                <Act keyName="E" onClick={() => props.onChoose({ kind: "edit" })}>
                  Edit
                </Act>
                <Act keyName="X" onClick={() => props.onChoose({ kind: "nothing" })}>
                  Nothing here
                </Act>
                {one.decision && (
                  <Act wide keyName="R" onClick={props.onTakeBack}>
                    Take the decision back
                  </Act>
                )}
              </div>
            )}
            {draft && (
              <section aria-label="Your decision" className="grid gap-3 border-t border-rule pt-3">
                <p>
                  <span className="text-ink-2">Gold will have </span>
                  {draft.spans.length === 0 ? (
                    <b className="font-medium">nothing here</b>
                  ) : (
                    draft.spans.map((span) => (
                      <span key={span.id} className="font-serif text-[15px]">
                        {shorten(index.slice(span))}{" "}
                        <span className="font-sans text-sm text-ink-2">{label(span.label)} </span>
                      </span>
                    ))
                  )}
                </p>
                {draft.request.action === "edit" && (
                  <>
                    <p className="text-ink-2">
                      Select words in the sentence, or move the end with ← →, the start with Shift, by one character
                      with Alt.
                    </p>
                    <fieldset className="flex flex-wrap gap-1">
                      <legend className="sr-only">Label</legend>
                      {desk.scheme.labels
                        .filter((each) => !each.archived)
                        .map((each) => (
                          <Pick
                            key={each.key}
                            pressed={draft.spans.at(-1)?.label === each.key}
                            onClick={() => props.onLabel(each.key)}
                          >
                            {each.name}
                          </Pick>
                        ))}
                    </fieldset>
                  </>
                )}
                <div>
                  <p className="mb-1.5 flex justify-between">
                    <span className="font-medium">Reason</span>{" "}
                    <span className="text-ink-2">a digit decides with it</span>
                  </p>
                  <fieldset className="flex flex-wrap gap-1">
                    <legend className="sr-only">Reason</legend>
                    {REASONS.map(([code, words], place) => (
                      <Pick key={code} pressed={props.reason === code} onClick={() => props.onReason(code)}>
                        <span className="text-ink-2">{place + 1}</span> {words}
                      </Pick>
                    ))}
                  </fieldset>
                </div>
                <div className="grid gap-1.5 sm:grid-cols-[1fr_auto]">
                  <input
                    ref={props.noteBox}
                    aria-label="Note, kept with the decision"
                    placeholder="Note, kept with the decision"
                    value={props.note}
                    maxLength={10_000}
                    onChange={(event) => props.onNote(event.target.value)}
                    onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
                    className="h-8 rounded-md border border-ink-3 bg-paper px-2.5"
                  />
                  <select
                    aria-label="Guideline rule cited"
                    value={props.rule ?? ""}
                    onChange={(event) => props.onRule(event.target.value || null)}
                    className="h-8 max-w-full rounded-md border border-ink-3 bg-paper px-2 sm:max-w-36"
                  >
                    <option value="">no rule cited</option>
                    {desk.rules.map((rule) => (
                      <option key={rule.anchor} value={rule.anchor}>
                        {rule.number} {rule.title}
                      </option>
                    ))}
                  </select>
                </div>
                <div className="grid grid-cols-2 gap-1.5">
                  <Act primary keyName="Enter" onClick={props.onDecide} disabled={busy}>
                    {busy ? "Deciding" : "Decide"}
                  </Act>
                  <Act keyName="Esc" onClick={props.onDrop}>
                    Let go
                  </Act>
                </div>
              </section>
            )}
          </>
        ) : (
          <Notice>You can read this article’s cases, but not decide them.</Notice>
        )}
      </div>
      <footer className="sticky bottom-0 flex items-center justify-between border-t border-rule bg-surface px-5 py-2 sm:px-7">
        <Button onClick={() => props.onStep(-1)}>
          Back <Kbd>K</Kbd>
        </Button>
        <Button onClick={() => props.onStep(1)}>
          Next <Kbd>J</Kbd>
        </Button>
      </footer>
    </aside>
  );
}

/** Where the lanes' attributes differ, side by side; in a ruling, a value is settled by pressing it. */
function Attributes({
  desk,
  one,
  draft,
  onAttribute,
  label,
}: Parameters<typeof CaseCard>[0] & { label: (key: string | null) => string }) {
  const key = draft?.spans[0]?.label ?? one.suggestion?.label ?? null;
  const rows = differing(one, key);
  const scheme = desk.scheme.labels.find((each) => each.key === key);
  if (rows.length === 0) return null;
  const lanes = lanesIn(one).filter((lane) => one.members.some((member) => member.lane === lane));
  return (
    <table className="w-full border-t border-rule text-left">
      <caption className="sr-only">Attributes of {label(key)} that differ</caption>
      <thead>
        <tr className="text-ink-2">
          <td className="pt-3" />
          {lanes.map((lane) => (
            <th key={lane} scope="col" className="pt-3 pr-2 font-normal">
              {desk.names?.[lane] ?? lane}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const attribute = scheme?.attributes.find((each) => each.key === row.key);
          return (
            <tr key={row.key}>
              <th scope="row" className="py-1 pr-2 font-normal text-ink-2">
                {attribute?.name ?? row.key}
              </th>
              {lanes.map((lane) => {
                const value = row.values[lane];
                const words =
                  attribute?.kind === "choice"
                    ? (attribute.values.find((each) => each.key === value)?.name ?? value)
                    : value;
                return (
                  <td key={lane} className="py-1 pr-2">
                    {!value ? (
                      <span className="text-ink-2">none</span>
                    ) : draft && draft.spans.length > 0 ? (
                      <Pick
                        pressed={draft.spans.every((span) => span.attributes[row.key] === value)}
                        onClick={() => onAttribute(row.key, value)}
                      >
                        {words}
                      </Pick>
                    ) : (
                      <span className="font-medium">{words}</span>
                    )}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Act({
  keyName,
  primary,
  wide,
  disabled,
  onClick,
  children,
}: {
  keyName: string;
  primary?: boolean;
  wide?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <Button
      look={primary ? "primary" : "plain"}
      disabled={disabled}
      onClick={onClick}
      className={cls("!justify-between whitespace-normal", wide && "col-span-2")}
    >
      <span className="truncate">{children}</span>
      <kbd
        className={cls(
          "rounded border px-1 font-sans text-[12px] leading-4 font-medium",
          primary ? "border-current opacity-80" : "border-ink-3 text-ink-2",
        )}
      >
        {keyName}
      </kbd>
    </Button>
  );
}

function Pick({ pressed, onClick, children }: { pressed: boolean; onClick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={cls(
        "inline-flex h-6 items-center gap-1 rounded-full border px-2.5 whitespace-nowrap max-lg:h-8",
        pressed ? "border-ink font-medium" : "border-rule hover:border-ink-3",
      )}
    >
      {children}
    </button>
  );
}

function votes(one: CaseView, label: (key: string) => string): string {
  const parts = Object.entries(one.suggestion?.votes ?? {}).map(
    ([key, lanes]) => `${label(key).toLowerCase()} ${lanes.length}`,
  );
  if (one.missing.length > 0) parts.push(`nothing ${one.missing.length}`);
  return `votes: ${parts.join(", ")}`;
}

/** With two voters the suggestion and the intersection are the same words: said, not repeated. */
function sameWords(one: CaseView): boolean {
  const suggestion = one.suggestion;
  if (suggestion?.spans.length !== 1 || suggestion.action === "reject") return false;
  const voters = one.members.filter((member) => member.label === suggestion.label);
  if (voters.length !== 2) return false;
  const start = Math.max(...voters.map((member) => member.start));
  const end = Math.min(...voters.map((member) => member.end));
  return (
    suggestion.spans[0]?.[0] === start &&
    suggestion.spans[0]?.[1] === end &&
    new Set(voters.map((v) => `${v.start}-${v.end}`)).size > 1
  );
}
