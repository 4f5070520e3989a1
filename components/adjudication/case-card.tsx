"use client";

import type { ReactNode } from "react";
import { suggestionWhy } from "@/lib/cases/words";
import { attributeOf, labelOf } from "@/lib/scheme/lookup";
import type { TextIndex } from "@/lib/text/codepoints";
import { Button } from "../ui/button";
import { Kbd, Notice } from "../ui/page";
import { CaseLaw } from "./case-law";
import { Act } from "./controls";
import { Differences } from "./differences";
import { History } from "./history";
import { lanesIn } from "./lanes";
import { type CaseView, type Desk, KINDS, kindOf, type CaseLaw as Law, laneName } from "./model";
import { Refused } from "./refused";
import { RulingPanel } from "./ruling-panel";
import type { RulingInHand } from "./use-ruling";
import { shorten } from "./words";

type Props = {
  readonly desk: Desk;
  readonly one: CaseView;
  readonly index: TextIndex;
  readonly ruling: RulingInHand;
  readonly law: Law | null;
  readonly onStep: (by: 1 | -1) => void;
  /** Between the head and the readings, such as what became stale. */
  readonly notice?: ReactNode;
  /** Below the acts: what people say about the case. */
  readonly discussion?: ReactNode;
};

/** The case in hand: what kind of disagreement, who said what, what was ruled before, and the acts, a key each. */
export function CaseCard({ desk, one, index, ruling, law, onStep, notice, discussion }: Props) {
  const { draft, row, problem, refused } = ruling.state;
  const label = (key: string | null) => desk.scheme.labels.find((each) => each.key === key)?.name ?? key ?? "";
  return (
    <aside
      aria-label="The case"
      className="flex min-h-0 flex-col overflow-y-auto border-rule bg-surface max-lg:rounded-t-xl max-lg:border-t max-lg:shadow-pop lg:border-l"
    >
      <div className="grid flex-1 content-start gap-3 px-5 py-4 sm:px-7">
        <Head desk={desk} one={one} label={label} />
        {notice}
        <Readings desk={desk} one={one} index={index} label={label} onTake={ruling.choose} />
        <Differences desk={desk} one={one} draft={draft} row={row} onSettle={ruling.settle} />
        {!draft && (
          <History
            decisions={desk.history.filter((each) => each.caseId === one.id)}
            index={index}
            label={label}
            rules={desk.rules}
          />
        )}
        {!draft && <CaseLaw law={law} desk={desk} label={label} onTake={desk.mayDecide ? ruling.take : null} />}
        {problem && <Refused problem={problem} index={index} label={label} />}
        {refused && <Notice tone="fault">{refused}</Notice>}
        {!desk.mayDecide && <Notice>You can read this article’s cases, but not decide them.</Notice>}
        {ruling.underWay && <Notice>The decision is being recorded.</Notice>}
        {desk.mayDecide && !draft && !ruling.underWay && <Acts one={one} ruling={ruling} />}
        {desk.mayDecide && draft && (
          <RulingPanel
            desk={desk}
            index={index}
            draft={draft}
            label={label}
            fields={ruling.fields}
            onLabel={ruling.onLabel}
          />
        )}
        {discussion}
      </div>
      <footer className="sticky bottom-0 flex items-center justify-between gap-2 border-t border-rule bg-surface px-5 py-2 sm:px-7">
        {draft ? (
          <>
            <Button onClick={ruling.drop}>
              Let go <Kbd>Esc</Kbd>
            </Button>
            <Button look="primary" onClick={() => ruling.decide(ruling.state.reason)} className="min-w-40">
              Decide <Kbd>Enter</Kbd>
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => onStep(-1)}>
              Back <Kbd>K</Kbd>
            </Button>
            <Button onClick={() => onStep(1)}>
              Next <Kbd>J</Kbd>
            </Button>
          </>
        )}
      </footer>
    </aside>
  );
}

type Named = { readonly label: (key: string | null) => string };

function Head({ desk, one, label }: Pick<Props, "desk" | "one"> & Named) {
  const why =
    one.suggestion &&
    suggestionWhy(
      {
        ...one.suggestion,
        open: one.suggestion.open.map((key) => {
          const known = labelOf(desk.scheme, one.suggestion?.label ?? "");
          return (known && attributeOf(known, key)?.name) ?? key;
        }),
      },
      label,
    );
  return (
    <>
      <div className="flex items-baseline justify-between gap-3 text-ink-2">
        <p>
          {KINDS[kindOf(one)].name}
          {one.suggestion && ` · ${votes(one, label)}`}
        </p>
      </div>
      <h2 className="-mt-2 font-serif text-[20px] leading-[26px] text-balance">{one.words}</h2>
      {why && (
        <details className="-mt-1 text-ink-2">
          <summary className="min-h-6 cursor-default">Why this suggestion</summary>
          <ul className="mt-1 list-disc pl-5">
            {why.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Readings({
  desk,
  one,
  index,
  label,
  onTake,
}: Pick<Props, "desk" | "one" | "index"> & Named & { onTake: RulingInHand["choose"] }) {
  return (
    <ul className="-mx-3">
      {lanesIn(one).map((lane, place) => {
        const own = one.members.filter((member) => member.lane === lane);
        return (
          <li key={lane}>
            <button
              type="button"
              disabled={!desk.mayDecide}
              onClick={() => onTake({ kind: "member", lane })}
              className="grid min-h-8 w-full grid-cols-[22px_auto_minmax(0,1fr)_auto] items-baseline gap-2 rounded-md px-3 py-1 text-left enabled:hover:bg-hover"
            >
              <Kbd>{place + 1}</Kbd>
              <span className="font-medium">{laneName(desk, lane)}</span>
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
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Acts({ one, ruling }: { one: CaseView; ruling: RulingInHand }) {
  const { suggestion } = one;
  const orphaned = one.status === "ORPHANED";
  const same = sameWords(one);
  return (
    <div className="grid grid-cols-2 gap-1.5 border-t border-rule pt-3">
      {suggestion && suggestion.label !== null && suggestion.action !== "undecided" && !orphaned && (
        <Act primary wide keyName="Enter" onClick={() => ruling.choose({ kind: "suggestion" })}>
          {suggestion.action === "reject"
            ? "Accept the suggestion: nothing here"
            : same
              ? "Accept the suggestion, which is the intersection"
              : "Accept the suggestion"}
        </Act>
      )}
      {!orphaned && (
        <>
          <Act keyName="U" onClick={() => ruling.choose({ kind: "union" })}>
            Union
          </Act>
          <Act keyName="I" onClick={() => ruling.choose({ kind: "intersection" })}>
            {same ? "Intersection: the same" : "Intersection"}
          </Act>
        </>
      )}
      <Act keyName="E" primary={orphaned} onClick={() => ruling.choose({ kind: "edit" })}>
        {orphaned ? "Keep it, or change it" : "Edit"}
      </Act>
      <Act keyName="X" onClick={() => ruling.choose({ kind: "nothing" })}>
        {orphaned ? "Drop it: nothing here" : "Nothing here"}
      </Act>
      {one.decision && (
        <Act wide keyName="R" onClick={ruling.takeBack}>
          Take the decision back
        </Act>
      )}
    </div>
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
