/** What a span or a link must be to stand in a review. Each answers with faults, `[]` when nothing is wrong. */

import type { Region, RegionRole } from "../regions/roles";
import { inScope, scopeRanges } from "../regions/scope";
import type { Fault } from "../result";
import { attributeOf, labelOf, linkTypeOf, mayLink, mayStart } from "../scheme/lookup";
import type { Label, Scheme } from "../scheme/scheme";
import type { TextIndex } from "../text/codepoints";
import type { Range } from "../text/range";
import { isWellFormed } from "../text/wellformed";
import type { LinkContent, SpanContent } from "./canonical";
import type { Attributes } from "./model";

export type Context = {
  readonly index: TextIndex;
  readonly scheme: Scheme;
  /** With `forbid`, spans must lie in the regions of these roles. */
  readonly scope?:
    | { readonly regions: readonly Region[]; readonly roles: readonly RegionRole[]; readonly forbid: boolean }
    | undefined;
  /** A span outside the review that a link may end in, or null when there is none (or it may not be known of). */
  readonly foreignTarget?: ((id: string) => { readonly label: string } | null) | undefined;
  /** Whether there is a suggestion of this id that the reviewer is shown. */
  readonly suggested?: ((id: string) => boolean) | undefined;
};

const wellFormed = (path: string, text: string): readonly Fault[] =>
  isWellFormed(text)
    ? []
    : [{ path, code: "not-well-formed", message: "The text holds a NUL or half a character, which cannot be stored." }];

function checkRange({ index }: Context, path: string, { start, end }: Range, quote?: string): readonly Fault[] {
  const actual = { start, end };
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || start > index.length || end > index.length) {
    const message = `The text has the characters 0 to ${index.length}.`;
    return [{ path, code: "outside-text", message, expected: { start: 0, end: index.length }, actual }];
  }
  if (end <= start) return [{ path, code: "empty", message: "A span needs at least one character.", actual }];
  const expected = index.slice({ start, end });
  if (quote === undefined || quote === expected) return [];
  const message = "The range does not cut out the quote.";
  return [{ path: `${path}.quote`, code: "quote-mismatch", message, expected, actual: quote }];
}

/** A span must lie in scope but for blanks, such as the lines between two paragraphs. */
function checkScope({ index, scope }: Context, path: string, range: Range): readonly Fault[] {
  if (!scope?.forbid || inScope(index, scopeRanges(scope.regions, scope.roles, index.length), range)) return [];
  return [{ path, code: "outside-scope", message: "This part of the page is not annotated in this project." }];
}

function checkAttributes(path: string, label: Label, attributes: Attributes, before: Attributes): readonly Fault[] {
  return Object.entries(attributes).flatMap(([key, value]): readonly Fault[] => {
    const at = `${path}.${key}`;
    const unknown = (message: string): readonly Fault[] => [
      { path: at, code: "unknown-attribute", message, actual: value },
    ];
    const attribute = attributeOf(label, key);
    if (!attribute) return unknown(`${label.name} has no attribute ${key}.`);
    if (before[key] === value) return [];
    if (attribute.archived) return unknown(`${attribute.name} is archived and takes no new values.`);
    if (attribute.kind === "text") return wellFormed(at, value);
    const choice = attribute.values.find((v) => v.key === value);
    if (!choice) return unknown(`${attribute.name} is one of ${attribute.values.map((v) => v.key).join(", ")}.`);
    return choice.archived ? unknown(`${choice.name} is archived and takes no new use.`) : [];
  });
}

/** `before` is what stood under this id, live or removed: an old use of something archived may stay. */
export function checkSpan(
  context: Context,
  path: string,
  span: Omit<SpanContent, "suggestion">,
  quote: string | undefined,
  before: Omit<SpanContent, "suggestion"> | undefined,
): readonly Fault[] {
  const range = checkRange(context, path, span, quote);
  const moved = before === undefined || before.start !== span.start || before.end !== span.end;
  return [
    ...range,
    ...(range.length === 0 && moved ? checkScope(context, path, span) : []),
    ...checkContent(context, path, span, before),
  ];
}

/** All of it but its place. */
export function checkContent(
  context: Pick<Context, "scheme">,
  path: string,
  span: Omit<SpanContent, "suggestion" | keyof Range>,
  before: Omit<SpanContent, "suggestion" | keyof Range> | undefined,
): readonly Fault[] {
  const faults: Fault[] = [];
  const label = labelOf(context.scheme, span.label);
  if (!label) {
    const known = context.scheme.labels.map((l) => l.key);
    const message = "The scheme has no such label.";
    faults.push({ path: `${path}.label`, code: "unknown-label", message, expected: known, actual: span.label });
  } else {
    const same = before?.label === span.label;
    if (label.archived && !same) {
      const message = `${label.name} is archived and takes no new spans.`;
      faults.push({ path: `${path}.label`, code: "archived-label", message, actual: span.label });
    }
    faults.push(...checkAttributes(`${path}.attributes`, label, span.attributes, same ? before.attributes : {}));
    for (const key of span.accepted ?? [])
      if (span.attributes[key] === undefined)
        faults.push({
          path: `${path}.accepted`,
          code: "unknown-attribute",
          message: `${key} has no value here that could have been taken from an offer.`,
          actual: key,
        });
  }
  return [...faults, ...wellFormed(`${path}.note`, span.note)];
}

/** Of the review's own spans: the label of a live one, null for a removed one, undefined for what never was there. */
type LabelOf = (spanId: string) => string | null | undefined;

/** `before` is what stood under this id. */
export function checkLink(
  context: Context,
  path: string,
  link: LinkContent,
  before: LinkContent | undefined,
  own: LabelOf,
): readonly Fault[] {
  const fault = (field: string, code: string, message: string): readonly Fault[] => [
    { path: `${path}.${field}`, code, message },
  ];
  const type = linkTypeOf(context.scheme, link.type);
  if (!type) return fault("type", "link-not-allowed", "The scheme has no such link type.");
  if (type.archived && before?.type !== link.type)
    return fault("type", "link-not-allowed", `${type.name} is archived and takes no new links.`);
  const from = own(link.from);
  if (from == null) return fault("from", "unknown-target", "The link starts at no span of this review.");
  if (!mayStart(type, from)) return fault("type", "link-not-allowed", `${type.name} cannot start at ${from}.`);

  if (link.to === null) {
    if (!type.freeText) return fault("to", "link-not-allowed", `${type.name} must end in a span.`);
    const text = link.toText ?? "";
    if (text.trim() === "") return fault("toText", "unknown-target", "Name the target: a span, or its words.");
    return wellFormed(`${path}.toText`, text);
  }
  if (link.toText !== null)
    return fault("toText", "link-not-allowed", "A link ends in a span or in a text, not in both.");
  if (link.to === link.from) return fault("to", "link-not-allowed", "A span cannot be linked to itself.");
  let to = own(link.to);
  if (to === undefined) {
    if (before?.to === link.to && before.type === link.type) return []; // its far end may have gone since
    to = type.otherArticle ? context.foreignTarget?.(link.to)?.label : undefined;
  }
  if (to == null) return fault("to", "unknown-target", "The link ends in no span that it may end in.");
  return mayLink(type, from, to)
    ? []
    : fault("type", "link-not-allowed", `${type.name} cannot go from ${from} to ${to}.`);
}
