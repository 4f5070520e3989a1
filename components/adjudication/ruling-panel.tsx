"use client";

import type { RefObject } from "react";
import type { TextIndex } from "@/lib/text/codepoints";
import { Pick } from "./controls";
import type { Draft } from "./draft";
import { type Desk, MORE_REASONS, REASONS } from "./model";
import { shorten } from "./words";

export type Fields = {
  readonly reason: string | null;
  readonly note: string;
  readonly rule: string | null;
  readonly noteBox: RefObject<HTMLInputElement | null>;
  readonly ruleBox: RefObject<HTMLSelectElement | null>;
  readonly onReason: (reason: string | null) => void;
  readonly onNote: (note: string) => void;
  readonly onRule: (rule: string | null) => void;
};

/** The ruling in hand: what gold will say, why, and by which rule. */
export function RulingPanel({
  desk,
  index,
  draft,
  label,
  fields,
  onLabel,
}: {
  desk: Desk;
  index: TextIndex;
  draft: Draft;
  label: (key: string) => string;
  fields: Fields;
  onLabel: (label: string) => void;
}) {
  return (
    <section aria-label="Your decision" className="grid gap-3 border-t border-rule pt-3">
      <p>
        <span className="text-ink-2">Gold will have </span>
        {draft.spans.length === 0 ? (
          <b className="font-medium">nothing here</b>
        ) : (
          draft.spans.map((span) => (
            <span key={span.id} className="font-serif text-[15px]">
              {shorten(index.slice(span))} <span className="font-sans text-sm text-ink-2">{label(span.label)} </span>
            </span>
          ))
        )}
        {draft.follows && <span className="text-ink-2"> as ruled before</span>}
      </p>
      {draft.request.action === "edit" && (
        <>
          <p className="text-ink-2">
            Select words in the sentence, or move the end with ← →, the start with Shift, by one character with Alt.
          </p>
          <fieldset className="flex flex-wrap gap-1">
            <legend className="sr-only">Label</legend>
            {desk.scheme.labels
              .filter((each) => !each.archived)
              .map((each) => (
                <Pick key={each.key} pressed={draft.spans.at(-1)?.label === each.key} onClick={() => onLabel(each.key)}>
                  {each.name}
                </Pick>
              ))}
          </fieldset>
        </>
      )}
      <Reasons fields={fields} />
      <Ground desk={desk} fields={fields} />
    </section>
  );
}

function Reasons({ fields }: { fields: Fields }) {
  return (
    <div>
      <p className="mb-1.5 flex justify-between">
        <span className="font-medium">Reason</span>{" "}
        <span className="text-ink-2">its key decides with it, 0 without one</span>
      </p>
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">Reason</legend>
        {REASONS.map(([code, words], place) => (
          <Pick
            key={code}
            pressed={fields.reason === code}
            onClick={() => fields.onReason(fields.reason === code ? null : code)}
          >
            <span className="text-ink-2">{place + 1}</span> {words}
          </Pick>
        ))}
        {MORE_REASONS.map(([code, words, key]) => (
          <Pick
            key={code}
            pressed={fields.reason === code}
            onClick={() => fields.onReason(fields.reason === code ? null : code)}
          >
            <span className="text-ink-2">{key}</span> {words}
          </Pick>
        ))}
      </fieldset>
    </div>
  );
}

/** The note and the guideline's rule, which are kept with the decision. */
function Ground({ desk, fields }: { desk: Desk; fields: Fields }) {
  const sections = [...new Set(desk.rules.map((rule) => rule.section ?? ""))];
  const blur = (event: React.KeyboardEvent<HTMLElement>) => {
    if (event.key === "Escape" || (event.key === "Enter" && event.currentTarget.tagName === "SELECT")) {
      event.preventDefault();
      event.stopPropagation();
      event.currentTarget.blur();
    }
  };
  return (
    <div className="grid gap-1.5 sm:grid-cols-[1fr_auto]">
      <input
        ref={fields.noteBox}
        aria-label="Note, kept with the decision"
        placeholder="Note (N), kept with the decision"
        value={fields.note}
        maxLength={10_000}
        onChange={(event) => fields.onNote(event.target.value)}
        onKeyDown={blur}
        className="h-8 rounded-md border border-ink-3 bg-paper px-2.5"
      />
      <select
        ref={fields.ruleBox}
        aria-label="Guideline rule cited"
        value={fields.rule ?? ""}
        onChange={(event) => fields.onRule(event.target.value || null)}
        onKeyDown={blur}
        className="h-8 max-w-full rounded-md border border-ink-3 bg-paper px-2 sm:max-w-40"
      >
        <option value="">rule cited (G)</option>
        {sections.map((section) => (
          <optgroup key={section} label={section || "Guideline"}>
            {desk.rules
              .filter((rule) => (rule.section ?? "") === section)
              .map((rule) => (
                <option key={rule.anchor} value={rule.anchor}>
                  {[rule.number, rule.title].filter(Boolean).join(" ")}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
