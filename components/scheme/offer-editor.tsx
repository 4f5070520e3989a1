"use client";

import { useState } from "react";
import type { Attribute, AttributeValue, Sign } from "@/lib/scheme/scheme";
import { Checkbox, Select, TextArea } from "../ui/field";
import type { FaultAt } from "./scheme-editor";

type Choice = Extract<Attribute, { kind: "choice" }>;
type Text = Extract<Attribute, { kind: "text" }>;

const SIGNS: readonly { readonly value: Sign | ""; readonly name: string }[] = [
  { value: "", name: "only by words" },
  { value: "direct", name: "all of it stands in quote marks" },
  { value: "mixed", name: "a part of it stands in quote marks" },
  { value: "reported", name: "it is not quoted, but someone says so" },
  { value: "plain", name: "it is not quoted, and nobody says so" },
  { value: "framed", name: "someone says so in its sentence" },
  { value: "unframed", name: "nobody says so in its sentence" },
  { value: "otherwise", name: "none of the words is found" },
];

/** What makes values of an attribute an offer on the review screen. Nothing that is offered is marked before a reviewer takes it. */
export function OfferEditor({
  attribute,
  siblings,
  path,
  faultAt,
  onChange,
}: {
  attribute: Attribute;
  /** All attributes of the label. */
  siblings: readonly Attribute[];
  path: string;
  faultAt: FaultAt;
  onChange: (attribute: Attribute) => void;
}) {
  return (
    <details className="rounded border border-rule px-3 py-2">
      <summary className="cursor-pointer">
        Offers <span className="text-ink-2">{summary(attribute)}</span>
      </summary>
      <div className="mt-3 grid gap-3">
        {attribute.kind === "choice" ? (
          <OfChoice {...{ attribute, path, faultAt, onChange }} />
        ) : (
          <OfText {...{ attribute, siblings, onChange }} />
        )}
      </div>
    </details>
  );
}

function summary(attribute: Attribute): string {
  if (attribute.kind === "text")
    return attribute.source ? "from the register" : (attribute.wordsOf?.length ?? 0) > 0 ? "the words found" : "none";
  const words = attribute.values.reduce((n, v) => n + (v.words?.length ?? 0), 0);
  const signs = attribute.values.filter((v) => v.sign).length;
  return words + signs === 0 && !attribute.withSource ? "none" : `${words} words, ${signs} signs`;
}

function OfChoice({
  attribute,
  path,
  faultAt,
  onChange,
}: {
  attribute: Choice;
  path: string;
  faultAt: FaultAt;
  onChange: (attribute: Attribute) => void;
}) {
  const setValue = (at: number, value: AttributeValue) =>
    onChange({ ...attribute, values: attribute.values.map((one, n) => (n === at ? value : one)) });
  const faultIn = (at: number, value: AttributeValue) =>
    (value.words ?? []).map((_, n) => faultAt(`${path}.values.${at}.words.${n}`)).find((fault) => fault !== undefined);
  return (
    <>
      <p className="text-ink-2">
        A value is offered where one of its words stands in the span or in the frame that says it, whatever its case.
        Words that speak for two values speak for none.
      </p>
      {attribute.values.map((value, at) =>
        value.archived ? null : (
          <div key={value.key} className="grid gap-3 sm:grid-cols-2">
            <Words value={value} error={faultIn(at, value)} onChange={(next) => setValue(at, next)} />
            <Select
              label={`${value.name}: offered too when`}
              value={value.sign ?? ""}
              options={SIGNS}
              onChange={(event) => {
                const { sign: _, ...rest } = value;
                const sign = SIGNS.find((s) => s.value === event.target.value)?.value;
                setValue(at, sign ? { ...rest, sign } : rest);
              }}
            />
          </div>
        ),
      )}
      <Checkbox
        label="Offer what was given last with the same source"
        checked={attribute.withSource ?? false}
        onChange={(event) => {
          const { withSource: _, ...rest } = attribute;
          onChange(event.target.checked ? { ...rest, withSource: true } : rest);
        }}
      />
    </>
  );
}

/** One a line. What is being written is kept here, so that an empty line can stand while it is. */
function Words({
  value,
  error,
  onChange,
}: {
  value: AttributeValue;
  error: string | undefined;
  onChange: (value: AttributeValue) => void;
}) {
  const [text, setText] = useState((value.words ?? []).join("\n"));
  return (
    <TextArea
      label={`${value.name}: words, one a line`}
      value={text}
      error={error}
      onChange={(event) => {
        setText(event.target.value);
        const words = event.target.value
          .split("\n")
          .map((line) => line.trim())
          .filter(Boolean);
        const { words: _, ...rest } = value;
        onChange(words.length > 0 ? { ...rest, words } : rest);
      }}
    />
  );
}

function OfText({
  attribute,
  siblings,
  onChange,
}: {
  attribute: Text;
  siblings: readonly Attribute[];
  onChange: (attribute: Attribute) => void;
}) {
  const of = attribute.wordsOf ?? [];
  const set = (keys: readonly string[]) => {
    const { wordsOf: _, ...rest } = attribute;
    onChange(keys.length > 0 ? { ...rest, wordsOf: keys } : rest);
  };
  return (
    <>
      <Checkbox
        label="It names a source"
        hint="Offered and completed from the project’s register of sources; counts by its normalised name."
        checked={attribute.source ?? false}
        onChange={(event) => {
          const { source: _, ...rest } = attribute;
          onChange(event.target.checked ? { ...rest, source: true } : rest);
        }}
      />
      {siblings.map((one) =>
        one.kind === "choice" && !one.archived ? (
          <Checkbox
            key={one.key}
            label={`Offer the words found for ${one.name.toLowerCase()}`}
            checked={of.includes(one.key)}
            onChange={(event) => set(event.target.checked ? [...of, one.key] : of.filter((key) => key !== one.key))}
          />
        ) : null,
      )}
    </>
  );
}
