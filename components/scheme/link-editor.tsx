"use client";

import type { Label, LinkType } from "@/lib/scheme/scheme";
import { Checkbox, Field } from "../ui/field";
import { archive } from "./archive";
import type { FaultAt } from "./scheme-editor";

const flag = <K extends "freeText" | "otherArticle">(link: LinkType, key: K, on: boolean): LinkType => {
  const { [key]: _, ...rest } = link;
  return (on ? { ...rest, [key]: true } : rest) as LinkType;
};

/** One link type: what it may start at and end in. */
export function LinkEditor({
  link,
  labels,
  path,
  faultAt,
  onChange,
}: {
  link: LinkType;
  labels: readonly Label[];
  path: string;
  faultAt: FaultAt;
  onChange: (link: LinkType) => void;
}) {
  const names = (which: LinkType["to"]) =>
    which === "any"
      ? "any label"
      : which === "same"
        ? "the same label"
        : which.map((key) => labels.find((label) => label.key === key)?.name ?? key).join(" or ");
  return (
    <li className="rounded-md border border-rule bg-surface">
      <details>
        <summary className="flex cursor-pointer flex-wrap items-center gap-3 px-4 py-2.5">
          <span className={link.archived ? "line-through" : "font-medium"}>{link.name}</span>
          <span className="text-ink-2">
            {names(link.from)} to {names(link.to)}
            {link.freeText && ", or to words that are in no article"}
          </span>
        </summary>
        <div className="grid gap-4 border-t border-rule p-4 sm:grid-cols-3">
          <div className="grid content-start gap-3">
            <Field
              label="Name"
              value={link.name}
              error={faultAt(`${path}.name`)}
              onChange={(event) => onChange({ ...link, name: event.target.value })}
            />
            <Checkbox
              label="To words in no article"
              checked={link.freeText ?? false}
              onChange={(event) => onChange(flag(link, "freeText", event.target.checked))}
            />
            <Checkbox
              label="To spans of other articles"
              checked={link.otherArticle ?? false}
              onChange={(event) => onChange(flag(link, "otherArticle", event.target.checked))}
            />
            <Checkbox
              label="Offered between spans of one sentence"
              checked={link.offered ?? false}
              onChange={(event) => {
                const { offered: _, ...rest } = link;
                onChange(event.target.checked ? { ...rest, offered: true } : rest);
              }}
            />
            <Checkbox
              label="Archived"
              checked={link.archived ?? false}
              onChange={(event) => onChange(archive(link, event.target.checked))}
            />
          </div>
          <Ends
            legend="From"
            value={link.from}
            labels={labels}
            error={faultAt(`${path}.from`)}
            onChange={(from) => onChange({ ...link, from: from === "same" ? "any" : from })}
          />
          <Ends
            legend="To"
            same
            value={link.to}
            labels={labels}
            error={faultAt(`${path}.to`)}
            onChange={(to) => onChange({ ...link, to })}
          />
        </div>
      </details>
    </li>
  );
}

function Ends({
  legend,
  value,
  labels,
  same,
  error,
  onChange,
}: {
  legend: string;
  value: LinkType["to"];
  labels: readonly Label[];
  same?: boolean;
  error: string | undefined;
  onChange: (value: LinkType["to"]) => void;
}) {
  const chosen = Array.isArray(value) ? value : [];
  return (
    <fieldset className="grid content-start gap-1.5">
      <legend className="mb-1 font-medium">{legend}</legend>
      <Checkbox
        label="Any label"
        checked={value === "any"}
        onChange={(event) => onChange(event.target.checked ? "any" : labels.slice(0, 1).map((label) => label.key))}
      />
      {same && (
        <Checkbox
          label="The label it starts at"
          checked={value === "same"}
          onChange={(event) => onChange(event.target.checked ? "same" : "any")}
        />
      )}
      {Array.isArray(value) &&
        labels.map((label) => (
          <Checkbox
            key={label.key}
            label={label.name}
            checked={chosen.includes(label.key)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, label.key] : chosen.filter((key) => key !== label.key))
            }
          />
        ))}
      {error && <p role="alert">{error}</p>}
    </fieldset>
  );
}
