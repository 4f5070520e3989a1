/** One way to write a value down, for hashing and for comparing: the same content is the same string. */
import { sameAccepted } from "./accepted";
import type { Attributes, Change, Link, Span } from "./model";

/** JSON with the members of objects in order of their keys, and without those that are undefined. */
export const canonicalJson = (value: unknown): string => JSON.stringify(inOrder(value));

/** A copy where there are objects; JSON.stringify's own replacer would be called for every value, which costs several times as much. */
function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  if ("toJSON" in value && typeof value.toJSON === "function") return inOrder(value.toJSON());
  const keys = Object.keys(value);
  if (keys.length === 0) return value;
  return Object.fromEntries(keys.sort().map((key) => [key, inOrder(Reflect.get(value, key))]));
}

export type SpanContent = Omit<Span, "id" | "version">;
export type LinkContent = Omit<Link, "id" | "version">;

/** Blank text attributes are as good as absent. */
function filled(attributes: Attributes): Attributes {
  const given = Object.entries(attributes);
  return given.length === 0 ? attributes : Object.fromEntries(given.filter(([, value]) => value.trim() !== ""));
}

/**
 * What a decision rests on: range, label, attributes. Neither the note nor *uncertain*, which never count as disagreement, nor how
 * a value came about, nor
 * id and version, which an undo changes without changing what is said.
 */
export const canonicalSpan = (span: SpanContent): string =>
  canonicalJson([span.start, span.end, span.label, filled(span.attributes)]);

export const canonicalLink = (link: LinkContent): string => canonicalJson([link.type, link.from, link.to, link.toText]);

/** The whole of a change, so that the same change id with other content can be told. */
export const canonicalChange = (change: Change): string => canonicalJson(change);

export const sameSpan = (a: SpanContent, b: SpanContent): boolean =>
  a.start === b.start &&
  a.end === b.end &&
  a.label === b.label &&
  a.note === b.note &&
  a.uncertain === b.uncertain &&
  canonicalJson(a.attributes) === canonicalJson(b.attributes) &&
  sameAccepted(a.accepted, b.accepted) &&
  a.suggestion === b.suggestion;

export const sameLink = (a: LinkContent, b: LinkContent): boolean =>
  a.type === b.type &&
  a.from === b.from &&
  a.to === b.to &&
  a.toText === b.toText &&
  (a.accepted ?? false) === (b.accepted ?? false);
