"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { CSSProperties } from "react";
import type { Attribute, Label } from "@/lib/scheme/scheme";
import { COLOURS, LINES } from "@/lib/scheme/scheme";
import { Button } from "../ui/button";
import { Checkbox, Field, Select, TextArea } from "../ui/field";
import { Badge } from "../ui/page";
import { archive } from "./archive";
import { AttributeEditor } from "./attribute-editor";
import type { FaultAt } from "./scheme-editor";

const HUES: Readonly<Record<string, string>> = {
  claim: "blue",
  attribution: "green",
  denial: "vermilion",
  framing: "purple",
  teal: "teal",
  ochre: "ochre",
  rose: "rose",
  slate: "slate",
};

/** The label's name with its own tint and line, as it is drawn in an article. */
export function LabelSwatch({ label }: { label: Pick<Label, "name" | "colour" | "line"> }) {
  const style = {
    "--c": `var(--${label.colour})`,
    textDecorationLine: "underline",
    textDecorationStyle: label.line,
    textDecorationColor: "var(--c)",
    textDecorationThickness: 2,
    textUnderlineOffset: 5,
    background: "color-mix(in srgb, var(--c) var(--tint), transparent)",
  };
  return (
    <span className="px-1 py-0.5 font-serif text-[17px] leading-7" style={style as CSSProperties}>
      {label.name || "unnamed"}
    </span>
  );
}

export function LabelEditor(props: {
  label: Label;
  path: string;
  inUse: boolean;
  saved: Label | undefined;
  faultAt: FaultAt;
  onChange: (label: Label) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  first: boolean;
  last: boolean;
}) {
  const { label, path, faultAt, onChange } = props;
  const setAttribute = (at: number, attribute: Attribute) =>
    onChange({ ...label, attributes: label.attributes.map((one, place) => (place === at ? attribute : one)) });
  const addAttribute = () => {
    let n = label.attributes.length + 1;
    while (label.attributes.some((one) => one.key === `attribute${n}`)) n++;
    onChange({
      ...label,
      attributes: [
        ...label.attributes,
        {
          key: `attribute${n}`,
          name: `Attribute ${n}`,
          hotkey: null,
          kind: "choice",
          values: [
            { key: "yes", name: "yes" },
            { key: "no", name: "no" },
          ],
        },
      ],
    });
  };
  return (
    <li className="rounded-md border border-rule bg-surface">
      <details>
        <summary className="flex cursor-pointer flex-wrap items-center gap-3 px-4 py-2.5">
          <kbd className="w-5 text-center font-sans text-xs font-medium text-ink-2">{label.hotkey ?? ""}</kbd>
          <LabelSwatch label={label} />
          <span className="text-xs text-ink-2">{label.key}</span>
          {label.archived && <Badge>archived</Badge>}
          <span className="ml-auto text-ink-2">
            {label.attributes.filter((one) => !one.archived).length} attributes
          </span>
        </summary>
        <div className="grid gap-4 border-t border-rule p-4">
          <div className="grid gap-3 sm:grid-cols-[minmax(0,2fr)_80px_minmax(0,1fr)_minmax(0,1fr)]">
            <Field
              label="Name"
              value={label.name}
              error={faultAt(`${path}.name`)}
              onChange={(event) => onChange({ ...label, name: event.target.value })}
            />
            <Field
              label="Key"
              maxLength={1}
              value={label.hotkey ?? ""}
              error={faultAt(`${path}.hotkey`)}
              onChange={(event) => onChange({ ...label, hotkey: event.target.value || null })}
            />
            <Select
              label="Colour"
              value={label.colour}
              error={faultAt(`${path}.colour`)}
              options={COLOURS.map((hue) => ({ value: hue, name: HUES[hue] ?? hue }))}
              onChange={(event) => onChange({ ...label, colour: event.target.value })}
            />
            <Select
              label="Line"
              value={label.line}
              options={LINES.map((line) => ({ value: line, name: line }))}
              onChange={(event) => onChange({ ...label, line: event.target.value as Label["line"] })}
            />
          </div>
          <TextArea
            label="What it is"
            value={label.description}
            error={faultAt(`${path}.description`)}
            onChange={(event) => onChange({ ...label, description: event.target.value })}
          />
          <div className="grid gap-2">
            <div className="flex items-center gap-3">
              <h3 className="font-medium">Attributes</h3>
              <Button look="quiet" onClick={addAttribute}>
                Add an attribute
              </Button>
            </div>
            {label.attributes.map((attribute, at) => (
              <AttributeEditor
                siblings={label.attributes}
                key={attribute.key}
                attribute={attribute}
                path={`${path}.attributes.${at}`}
                saved={props.saved?.attributes.find((one) => one.key === attribute.key)}
                faultAt={faultAt}
                onChange={(next) => setAttribute(at, next)}
                onRemove={() =>
                  onChange({ ...label, attributes: label.attributes.filter((one) => one.key !== attribute.key) })
                }
              />
            ))}
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <Button
              look="quiet"
              disabled={props.first}
              onClick={() => props.onMove(-1)}
              aria-label={`Move ${label.name} up`}
            >
              <ArrowUp size={14} aria-hidden /> Up
            </Button>
            <Button
              look="quiet"
              disabled={props.last}
              onClick={() => props.onMove(1)}
              aria-label={`Move ${label.name} down`}
            >
              <ArrowDown size={14} aria-hidden /> Down
            </Button>
            <span className="flex-1" />
            {props.inUse ? (
              <Checkbox
                label="Archived: not for new spans"
                checked={label.archived ?? false}
                onChange={(event) => onChange(archive(label, event.target.checked))}
              />
            ) : (
              <Button look="quiet" onClick={props.onRemove}>
                Remove
              </Button>
            )}
          </div>
        </div>
      </details>
    </li>
  );
}
