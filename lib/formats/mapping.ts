/**
 * Another tool's labels, attributes, links and people as a project's: by what the importer said, or else by their folded names. What has no
 * place is left out or kept under `extra`, and always named.
 */
import type { Fault } from "../result";
import { attributeOf, labelOf, linkTypeOf, mayLink, mayStart } from "../scheme/lookup";
import type { Attribute, Label, Scheme } from "../scheme/scheme";
import { fold } from "../text/fold";
import { type Marks, mapMarks } from "./losses";
import type { Json, NativeArticle, NativeCarried, NativeLink, NativeSpan, NativeSuggestions } from "./native";
import { mergeSuggestions } from "./suggestions";

/** Their name to ours; null: left out. */
type Names = Readonly<Record<string, string | null>>;

export type Mapping = {
  readonly labels?: Names | undefined;
  readonly links?: Names | undefined;
  /** To a member's id or e-mail, or to another name. */
  readonly reviewers?: Names | undefined;
  /** Labels that the project's scheme is to have from now on. */
  readonly newLabels?: readonly { readonly key: string; readonly name: string }[] | undefined;
};

/** How many of what, in words. */
export type Left = Map<string, number>;

export const countLeft = (left: Left, what: string, n = 1): void => {
  if (n > 0) left.set(what, (left.get(what) ?? 0) + n);
};

export const leftInWords = (left: Left): readonly string[] => [...left].map(([what, n]) => `${n} ${what}.`);

const plain = (words: string): string =>
  fold(words)
    .replace(/[\s_-]+/g, " ")
    .trim();

/** The label, attribute, value or link type that has this name, or a name that reads the same. */
function alike<T extends { readonly key: string; readonly name: string }>(
  all: readonly T[],
  name: string,
): T | undefined {
  return all.find((one) => one.key === name) ?? all.find((one) => [one.key, one.name].map(plain).includes(plain(name)));
}

/** What is offered for each of their labels; null: nothing reads the same. */
export const suggestedLabel = (scheme: Scheme, label: string): string | null =>
  alike(
    scheme.labels.filter((one) => !one.archived),
    label,
  )?.key ?? null;

const named = (names: Names | undefined, name: string): string | null | undefined =>
  names && Object.hasOwn(names, name) ? names[name] : undefined;

export type Mapped = { readonly article: NativeArticle } | { readonly faults: readonly Fault[] };

/** An article of another tool as one of a project with this scheme. Labels that have no place stay as they are, to be refused. */
export function fitToProject(article: NativeArticle, scheme: Scheme, mapping: Mapping, left: Left): Mapped {
  const reviews = article.reviews.flatMap((review) => {
    const to = named(mapping.reviewers, review.reviewer);
    if (to === null) countLeft(left, `reviews by ${review.reviewer} left out`);
    const { carried } = review;
    const fitted = { ...review, ...(carried ? { carried: fitCarried(carried, mapping) } : {}) };
    return to === null ? [] : [{ ...fitted, reviewer: to ?? review.reviewer }];
  });
  const twice = reviews.find((one, i) => reviews.findIndex((other) => other.reviewer === one.reviewer) !== i);
  if (twice) {
    const message = `Two annotators of the article are both taken as ${twice.reviewer}; a reviewer has one review of an article.`;
    return { faults: [{ path: "mapping.reviewers", code: "duplicate-reviewer", message, actual: twice.reviewer }] };
  }
  const suggestions = article.suggestions && fitNames(article.suggestions, mapping, left);
  const renamed = { ...article, reviews, ...(suggestions ? { suggestions } : {}) };
  return { article: mapMarks(renamed, (marks) => fitMarks(marks, scheme, mapping, left)) };
}

/** What is known of a mark that is left out goes with it. */
const fitCarried = (carried: readonly NativeCarried[], mapping: Mapping): readonly NativeCarried[] =>
  carried.flatMap((one) => {
    const label = named(mapping.labels, one.content.label);
    return label === null ? [] : [{ ...one, content: { ...one.content, label: label ?? one.content.label } }];
  });

/** Two that are given one name are one set. */
function fitNames(sets: readonly NativeSuggestions[], mapping: Mapping, left: Left): readonly NativeSuggestions[] {
  const fitted = sets.flatMap((set) => {
    const to = named(mapping.reviewers, set.by);
    if (to === null) countLeft(left, `suggestions by ${set.by} left out`, set.spans.length);
    return to === null ? [] : [{ ...set, by: to ?? set.by }];
  });
  return mergeSuggestions(fitted);
}

function fitMarks<T extends Marks>(marks: T, scheme: Scheme, mapping: Mapping, left: Left): T {
  const spans = marks.spans.flatMap((span): NativeSpan[] => {
    const to = named(mapping.labels, span.label);
    if (to === null) {
      countLeft(left, `spans labelled ${span.label} left out`);
      return [];
    }
    const key = to ?? suggestedLabel(scheme, span.label) ?? span.label;
    const label = labelOf(scheme, key);
    return [label ? fitAttributes({ ...span, label: key }, label, left) : { ...span, label: key }];
  });
  const labels = new Map(spans.map((span) => [span.id, span.label]));
  const links = marks.links.flatMap((link) => fitLink(link, labels, scheme, mapping, left));
  return { ...marks, spans, links };
}

/** Values of a choice are known by key or name; what the label has no place for is kept under `extra.attributes`. */
function fitAttributes(span: NativeSpan, label: Label, left: Left): NativeSpan {
  const attributes: Record<string, string> = {};
  const rest: Record<string, Json> = {};
  for (const [name, value] of Object.entries(span.attributes)) {
    const attribute = attributeOf(label, name) ?? alike(label.attributes, name);
    const fitting = attribute && valueFor(attribute, value);
    if (attribute && fitting !== undefined && !Object.hasOwn(attributes, attribute.key))
      attributes[attribute.key] = fitting;
    else {
      rest[name] = value;
      countLeft(left, `values of ${name} that ${label.name} has no place for, kept under extra`);
    }
  }
  if (Object.keys(rest).length === 0) return { ...span, attributes };
  return { ...span, attributes, extra: { ...span.extra, attributes: rest } };
}

const valueFor = (attribute: Attribute, value: string): string | undefined =>
  attribute.kind === "text" ? value : alike(attribute.values, value)?.key;

function fitLink(
  link: NativeLink,
  labels: ReadonlyMap<string | null, string>,
  scheme: Scheme,
  mapping: Mapping,
  left: Left,
): NativeLink[] {
  const [from, to] = [labels.get(link.from), link.to === null ? undefined : labels.get(link.to)];
  // Its span was left out, and is counted there.
  if (from === undefined || (link.to !== null && to === undefined)) return [];
  const said = named(mapping.links, link.type);
  const type =
    said === null ? undefined : (linkTypeOf(scheme, said ?? link.type) ?? alike(scheme.links, said ?? link.type));
  const fits = type && (to === undefined ? type.freeText === true && mayStart(type, from) : mayLink(type, from, to));
  if (type && fits && link.from !== link.to) return [{ ...link, type: type.key }];
  countLeft(left, `links ${link.type} that the scheme does not allow left out`);
  return [];
}
