/** What of a scheme the rules of cases ask for: the order of labels, which coexist, and how attribute values are compared. */
import { attributeOf, coexist, labelOf } from "../scheme/lookup";
import type { Attribute, Scheme } from "../scheme/scheme";
import type { Attributes } from "../spans/model";
import { fold } from "../text/fold";
import { byName, type SourceNames } from "./case";

export type Rules = {
  /** The scheme's order; labels that it does not know follow by name. */
  readonly byLabel: (a: string, b: string) => number;
  readonly coexist: (a: string, b: string) => boolean;
  readonly attribute: (label: string, key: string) => Attribute | undefined;
  /** The folded name that a source's folded name stands for. */
  readonly source: (folded: string) => string;
};

/** `scheme` is the file's or project's own; `fallback` (the default scheme) gives order and attributes where there is none. */
export function rulesOf(
  scheme: Scheme | null | undefined,
  fallback: Scheme,
  sources?: SourceNames | null | undefined,
): Rules {
  const used = scheme ?? fallback;
  const place = new Map(used.labels.map((l, i) => [l.key, i]));
  const at = (key: string) => place.get(key) ?? place.size;
  return {
    byLabel: (a, b) => (a === b ? 0 : at(a) - at(b) || byName(a, b)),
    coexist: (a, b) => (scheme ? coexist(scheme, a, b) : false),
    attribute: (label, key) => {
      const known = labelOf(used, label);
      return known && attributeOf(known, key);
    },
    source: (folded) => sources?.get(folded) ?? folded,
  };
}

/**
 * An attribute's value as it is compared: a choice by its key, a source by the name that the register has for it, and null for what never counts
 * (free text, blank). An attribute that the scheme does not know counts by its normalised text.
 */
export function comparable(rules: Rules, label: string, key: string, value: string): string | null {
  const attribute = rules.attribute(label, key);
  if (attribute?.kind === "choice") return value === "" ? null : value;
  if (attribute?.kind === "text" && !attribute.source) return null;
  const folded = fold(value);
  return folded === "" ? null : attribute ? rules.source(folded) : folded;
}

/** What a span says by its attributes, free texts left out: equal strings are equal answers. */
export function answers(rules: Rules, label: string, attributes: Attributes): string {
  const given = Object.keys(attributes)
    .sort(byName)
    .flatMap((key) => {
      const value = comparable(rules, label, key, attributes[key] ?? "");
      return value === null ? [] : [[key, value]];
    });
  return JSON.stringify(given);
}
