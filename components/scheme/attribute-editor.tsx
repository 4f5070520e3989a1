"use client";

import type { Attribute, AttributeValue } from "@/lib/scheme/scheme";
import { Button } from "../ui/button";
import { Checkbox, Field, Select, TextArea } from "../ui/field";
import { archive } from "./archive";
import { OfferEditor } from "./offer-editor";
import type { FaultAt } from "./scheme-editor";

/** Values are written one a line; the key of a value that is there already stays, whatever its name becomes. */
export function AttributeEditor({
  attribute,
  siblings,
  path,
  saved,
  faultAt,
  onChange,
  onRemove,
}: {
  attribute: Attribute;
  /** All attributes of the label. */
  siblings: readonly Attribute[];
  path: string;
  saved: Attribute | undefined;
  faultAt: FaultAt;
  onChange: (attribute: Attribute) => void;
  onRemove: () => void;
}) {
  const required = (on: boolean): Attribute => {
    const { required: _, ...rest } = attribute;
    return on ? { ...rest, required: true } : rest;
  };
  const ordered = attribute.kind === "choice" && attribute.order !== undefined;
  return (
    <details className="rounded border border-rule">
      <summary className="flex cursor-pointer flex-wrap items-center gap-3 px-3 py-1.5">
        <kbd className="w-4 font-sans text-xs font-medium text-ink-2">{attribute.hotkey ?? ""}</kbd>
        <span className={attribute.archived ? "text-ink-2 line-through" : ""}>{attribute.name}</span>
        <span className="ml-auto truncate text-xs text-ink-2">
          {attribute.kind === "text" ? "text" : attribute.values.map((value) => value.name).join(", ")}
          {attribute.required && " · required"}
        </span>
      </summary>
      <div className="grid gap-3 border-t border-rule p-3">
        <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_80px_140px]">
          <Field
            label="Name"
            value={attribute.name}
            error={faultAt(`${path}.name`)}
            onChange={(event) => onChange({ ...attribute, name: event.target.value })}
          />
          <Field
            label="Name in data"
            value={attribute.key}
            disabled={saved !== undefined}
            error={faultAt(`${path}.key`)}
            onChange={(event) => onChange({ ...attribute, key: event.target.value })}
          />
          <Field
            label="Key"
            maxLength={1}
            value={attribute.hotkey ?? ""}
            error={faultAt(`${path}.hotkey`)}
            onChange={(event) => onChange({ ...attribute, hotkey: event.target.value.toUpperCase() || null })}
          />
          <Select
            label="Kind"
            value={attribute.kind}
            disabled={saved !== undefined}
            options={[
              { value: "choice", name: "one of" },
              { value: "text", name: "text" },
            ]}
            onChange={(event) => {
              const { key, name, hotkey } = attribute;
              onChange(
                event.target.value === "text"
                  ? { key, name, hotkey, kind: "text" }
                  : { key, name, hotkey, kind: "choice", values: [{ key: "yes", name: "yes" }] },
              );
            }}
          />
        </div>
        {attribute.kind === "choice" && (
          <>
            <TextArea
              label="Values, one a line"
              value={attribute.values.map((value) => value.name).join("\n")}
              error={faultAt(`${path}.values`) ?? faultAt(`${path}.order`)}
              onChange={(event) => onChange(withValues(attribute, event.target.value.split("\n"), saved))}
            />
            <Checkbox
              label="The values form a scale, lowest first"
              hint="All live values belong to it unless the scale was set by the API."
              checked={ordered}
              onChange={(event) => {
                const { order: _, ...rest } = attribute;
                onChange(
                  event.target.checked
                    ? { ...rest, order: attribute.values.filter((value) => !value.archived).map((value) => value.key) }
                    : rest,
                );
              }}
            />
          </>
        )}
        <OfferEditor {...{ attribute, siblings, path, faultAt, onChange }} />
        <div className="flex flex-wrap items-center gap-5">
          <Checkbox
            label="Must be there to submit"
            checked={attribute.required ?? false}
            onChange={(event) => onChange(required(event.target.checked))}
          />
          {saved ? (
            <Checkbox
              label="Archived"
              checked={attribute.archived ?? false}
              onChange={(event) => onChange(archive(attribute, event.target.checked))}
            />
          ) : (
            <Button look="quiet" onClick={onRemove}>
              Remove
            </Button>
          )}
        </div>
      </div>
    </details>
  );
}

type Choice = Extract<Attribute, { kind: "choice" }>;

/** Line by line: a line that is where a value was renames it; a value whose line is gone is archived if it was ever saved. */
function withValues(attribute: Choice, lines: readonly string[], saved: Attribute | undefined): Choice {
  const kept = saved?.kind === "choice" ? saved.values : [];
  const values: AttributeValue[] = lines.map((name, at) => {
    const before = attribute.values[at];
    if (before) return { ...before, name };
    const base =
      name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-+|-+$/g, "") || `value-${at + 1}`;
    return { key: /^[a-z]/.test(base) ? base : `v-${base}`, name };
  });
  const gone = kept
    .filter((value) => !values.some((one) => one.key === value.key))
    .map((value) => ({ ...value, archived: true }));
  const all = [...values, ...gone];
  const { order, ...rest } = attribute;
  return {
    ...rest,
    values: all,
    ...(order ? { order: order.filter((key) => all.some((value) => value.key === key)) } : {}),
  };
}
