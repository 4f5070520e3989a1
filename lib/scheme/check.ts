/** Whether a scheme holds together, and whether it may follow another. Both answer with faults, `[]` when nothing is wrong. */
import type { Fault } from "../result";
import { fold } from "../text/fold";
import { attributeOf, labelOf, linkTypeOf } from "./lookup";
import type { Attribute, Label, LabelKey, LinkType, Scheme } from "./scheme";

/** Letters that the review screen uses on every span (components/review/keys.ts), and B, kept for later. */
export const RESERVED_HOTKEYS: readonly string[] = ["U", "L", "N", "E", "S", "O", "X", "B"];

/** A fault for each entry that has the key of an earlier one; entries without a key have none in common. */
function repeated(
  entries: readonly { readonly path: string; readonly key: string | null }[],
  code: string,
): readonly Fault[] {
  const seen = new Set<string>();
  return entries.flatMap(({ path, key }): readonly Fault[] => {
    if (key === null) return [];
    if (seen.has(key)) return [{ path, code, message: `${key} is used twice.`, actual: key }];
    seen.add(key);
    return [];
  });
}

/** Archived things keep their keyboard keys in case they come back, but stand in nobody's way. */
function checkKeys(
  path: string,
  things: readonly { readonly key: string; readonly hotkey?: string | null; readonly archived?: boolean }[],
): readonly Fault[] {
  const hotkey = (t: (typeof things)[number]) => (t.archived ? null : (t.hotkey ?? null));
  return [
    ...repeated(
      things.map((t, n) => ({ path: `${path}.${n}.key`, key: t.key })),
      "duplicate-key",
    ),
    ...repeated(
      things.map((t, n) => ({ path: `${path}.${n}.hotkey`, key: hotkey(t) })),
      "duplicate-hotkey",
    ),
  ];
}

function checkAttribute(path: string, label: Label, attribute: Attribute): readonly Fault[] {
  const faults: Fault[] = [];
  if (attribute.hotkey !== null && RESERVED_HOTKEYS.includes(attribute.hotkey)) {
    const message = `${attribute.hotkey} means something on every span.`;
    faults.push({ path: `${path}.hotkey`, code: "reserved-hotkey", message, actual: attribute.hotkey });
  }
  if (attribute.kind === "text") {
    (attribute.wordsOf ?? []).forEach((key, n) => {
      if (label.attributes.some((a) => a.key === key && a.kind === "choice")) return;
      const message = `${label.name} has no attribute ${key} with values, whose words ${attribute.name} could be offered.`;
      faults.push({ path: `${path}.wordsOf.${n}`, code: "unknown-attribute", message, actual: key });
    });
    return faults;
  }
  faults.push(
    ...repeated(
      attribute.values.flatMap((v, n) =>
        v.archived ? [] : (v.words ?? []).map((w, m) => ({ path: `${path}.values.${n}.words.${m}`, key: fold(w) })),
      ),
      "duplicate-word",
    ),
  );
  faults.push(...checkKeys(`${path}.values`, attribute.values));
  if (attribute.values.every((v) => v.archived) && !attribute.archived)
    faults.push({
      path: `${path}.values`,
      code: "no-values",
      message: `${attribute.name} has no value left to choose.`,
    });
  const order = attribute.order ?? [];
  faults.push(
    ...repeated(
      order.map((key, n) => ({ path: `${path}.order.${n}`, key })),
      "duplicate-key",
    ),
  );
  order.forEach((key, n) => {
    if (attribute.values.some((v) => v.key === key)) return;
    const message = `${attribute.name} has no value ${key} to put in order.`;
    faults.push({ path: `${path}.order.${n}`, code: "unknown-value", message, actual: key });
  });
  return faults;
}

function checkLinkType(scheme: Scheme, path: string, type: LinkType): readonly Fault[] {
  const unknown = (field: string, keys: readonly LabelKey[]): readonly Fault[] =>
    keys.flatMap((key, n): readonly Fault[] => {
      if (labelOf(scheme, key)) return [];
      return [
        { path: `${path}.${field}.${n}`, code: "unknown-label", message: `There is no label ${key}.`, actual: key },
      ];
    });
  const required = type.requiredFor ?? [];
  const cannotStart = required.flatMap((key, n): readonly Fault[] => {
    if (type.from === "any" || type.from.includes(key) || !labelOf(scheme, key)) return [];
    const message = `${type.name} is asked of ${key}, at which it may not start.`;
    return [{ path: `${path}.requiredFor.${n}`, code: "link-not-allowed", message, actual: key }];
  });
  return [
    ...(type.from === "any" ? [] : unknown("from", type.from)),
    ...(type.to === "any" || type.to === "same" ? [] : unknown("to", type.to)),
    ...unknown("requiredFor", required),
    ...cannotStart,
  ];
}

/** Keys are unique among their like, keyboard keys among those in use, and every key that is named is there. */
export function checkScheme(scheme: Scheme): readonly Fault[] {
  const faults: Fault[] = [...checkKeys("labels", scheme.labels), ...checkKeys("links", scheme.links)];
  if (scheme.labels.every((l) => l.archived))
    faults.push({ path: "labels", code: "no-labels", message: "A scheme needs a label that is not archived." });
  scheme.labels.forEach((label, n) => {
    faults.push(...checkKeys(`labels.${n}.attributes`, label.attributes));
    label.attributes.forEach((a, m) => {
      faults.push(...checkAttribute(`labels.${n}.attributes.${m}`, label, a));
    });
  });
  scheme.links.forEach((type, n) => {
    faults.push(...checkLinkType(scheme, `links.${n}`, type));
  });
  scheme.coexist.forEach((pair, n) => {
    pair.forEach((key, m) => {
      if (!labelOf(scheme, key))
        faults.push({
          path: `coexist.${n}.${m}`,
          code: "unknown-label",
          message: `There is no label ${key}.`,
          actual: key,
        });
    });
    if (pair[0] === pair[1])
      faults.push({
        path: `coexist.${n}`,
        code: "same-label",
        message: "A label needs no leave to stand with itself.",
      });
  });
  return faults;
}

const gone = (path: string, what: string): Fault => ({
  path,
  code: "removed",
  message: `${what} was there before: archive it, so that what was marked with it keeps its meaning.`,
});

function checkNextLabel(path: string, old: Label, next: Label): readonly Fault[] {
  return old.attributes.flatMap((before): readonly Fault[] => {
    const after = attributeOf(next, before.key);
    const at = `${path}.attributes`;
    if (!after) return [gone(at, `The attribute ${before.key} of ${old.key}`)];
    const place = `${at}.${next.attributes.indexOf(after)}`;
    if (before.kind !== after.kind) {
      const message = `${before.key} of ${old.key} cannot turn from ${before.kind} into ${after.kind}.`;
      return [{ path: `${place}.kind`, code: "kind-changed", message, expected: before.kind, actual: after.kind }];
    }
    if (before.kind === "text" || after.kind === "text") return [];
    return before.values
      .filter((v) => !after.values.some((w) => w.key === v.key))
      .map((v) => gone(`${place}.values`, `The value ${v.key} of ${before.key} of ${old.key}`));
  });
}

/**
 * Whether `next` may follow `old`: nothing that was ever there is missing or has become something else. Names, order, colours,
 * keyboard keys, link rules and what is archived or required may change; nothing is said of `next` by itself (checkScheme).
 */
export function checkNext(old: Scheme, next: Scheme): readonly Fault[] {
  const labels = old.labels.flatMap((before) => {
    const after = labelOf(next, before.key);
    if (!after) return [gone("labels", `The label ${before.key}`)];
    return checkNextLabel(`labels.${next.labels.indexOf(after)}`, before, after);
  });
  const links = old.links.filter((t) => !linkTypeOf(next, t.key)).map((t) => gone("links", `The link type ${t.key}`));
  return [...labels, ...links];
}
