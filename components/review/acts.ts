/** What a reviewer does, as acts (lib/spans/act.ts): contents before and after. Pure; whether an act may be is for apply.ts to say. */
import { attributeOf, labelOf, mayLink, mayStart } from "@/lib/scheme/lookup";
import type { LinkType, Scheme } from "@/lib/scheme/scheme";
import { stillAccepted, withAccepted } from "@/lib/spans/accepted";
import type { Act, Effect } from "@/lib/spans/act";
import type { LinkContent, SpanContent } from "@/lib/spans/canonical";
import type { Attributes, Link, Review, Span } from "@/lib/spans/model";
import type { Range } from "@/lib/text/range";

export const contentOf = <T extends Span | Link>({ id: _id, version: _version, ...content }: T) => content;

export const mark = (id: string, range: Range, label: string): Act => [
  {
    kind: "span",
    id,
    before: null,
    after: { start: range.start, end: range.end, label, attributes: {}, note: "", uncertain: false },
  },
];

/** `accepted`: which values come from offers now; left out, those of before that still stand. */
export const edit = (span: Span, change: Partial<SpanContent>): Act => {
  const { accepted: _taken, ...before } = contentOf(span);
  const after = { ...before, ...change };
  const accepted = change.accepted ?? stillAccepted(span.accepted, span.attributes, after.attributes);
  return [
    {
      kind: "span",
      id: span.id,
      before: { ...before, ...withAccepted(span.accepted) },
      after: { ...after, ...withAccepted(accepted) },
    },
  ];
};

/** An empty value takes the attribute away. */
export function setAttribute(span: Span, key: string, value: string): Act {
  const { [key]: _gone, ...rest } = span.attributes;
  return edit(span, { attributes: value === "" ? rest : { ...rest, [key]: value } });
}

/** The attributes that mean the same under this label. */
export function carriedTo(scheme: Scheme, key: string, attributes: Attributes): Attributes {
  const label = labelOf(scheme, key);
  return Object.fromEntries(
    Object.entries(attributes).filter(([key, value]) => {
      const attribute = label && attributeOf(label, key);
      if (!attribute || attribute.archived) return false;
      return attribute.kind === "text" || attribute.values.some((v) => v.key === value && !v.archived);
    }),
  );
}

export const linksOf = (review: Review, id: string): readonly Link[] =>
  [...review.links.values()].filter((l) => l.from === id || l.to === id);

export const unlink = (link: Link): Effect => ({ kind: "link", id: link.id, before: contentOf(link), after: null });

/** Spans go with the links that start or end in them. */
export function remove(review: Review, ids: readonly string[]): Act {
  const links = new Map(ids.flatMap((id) => linksOf(review, id)).map((l) => [l.id, l]));
  const spans = ids.flatMap((id) => review.spans.get(id) ?? []);
  return [
    ...[...links.values()].map(unlink),
    ...spans.map((span): Effect => ({ kind: "span", id: span.id, before: contentOf(span), after: null })),
  ];
}

export const link = (id: string, content: LinkContent): Act => [{ kind: "link", id, before: null, after: content }];
export const removeLink = (old: Link): Act => [unlink(old)];

/** The same label on further ranges, in one act. */
export const markAll = (newId: () => string, ranges: readonly Range[], label: string): Act =>
  ranges.flatMap((range) => mark(newId(), range, label));

/** A way to link two spans that the scheme allows; `turned`: it goes from the target to the span in hand. */
export type Way = { readonly type: LinkType; readonly turned: boolean };

export const waysBetween = (scheme: Scheme, from: string, to: string): readonly Way[] => {
  const live = scheme.links.filter((t) => !t.archived);
  return [
    ...live.filter((type) => mayLink(type, from, to)).map((type) => ({ type, turned: false })),
    ...live.filter((type) => mayLink(type, to, from) && from !== to).map((type) => ({ type, turned: true })),
  ];
};

/** The types by which a span of this label may name a target in words. */
export const textWays = (scheme: Scheme, from: string): readonly LinkType[] =>
  scheme.links.filter((t) => !t.archived && t.freeText && mayStart(t, from));

/** The types by which a span of this label may end in another article, each with the labels that it may end in. */
export const farWays = (
  scheme: Scheme,
  from: string,
): readonly { readonly type: LinkType; readonly labels: readonly string[] }[] =>
  scheme.links
    .filter((t) => !t.archived && t.otherArticle && mayStart(t, from))
    .map((type) => ({ type, labels: scheme.labels.map((l) => l.key).filter((to) => mayLink(type, from, to)) }));

/** What a link type is called from its other end ("attributes" is "attributed by"). */
const TURNED: Readonly<Record<string, string>> = {
  attributes: "attributed by",
  denies: "denied by",
  "nested-in": "holds",
  counters: "countered by",
  frames: "framed by",
  continues: "goes on from",
};
export const nameOfWay = ({ type, turned }: Way): string =>
  turned ? (TURNED[type.key] ?? `${type.name} (from)`) : type.name;

/** In words: what a span of this label may be linked to. */
export function explain(scheme: Scheme, from: string): string {
  const names = (keys: readonly string[] | "any" | "same") =>
    keys === "any"
      ? "any span"
      : keys === "same"
        ? `another ${labelOf(scheme, from)?.name.toLowerCase() ?? from}`
        : keys.map((key) => labelOf(scheme, key)?.name.toLowerCase() ?? key).join(" or ");
  const live = scheme.links.filter((t) => !t.archived);
  const out = live.filter((t) => mayStart(t, from)).map((t) => `${t.name}: ${names(t.to)}`);
  const back = live
    .filter((t) => t.from !== "any" && (t.to === "any" || (t.to !== "same" && t.to.includes(from))))
    .map((t) => `${nameOfWay({ type: t, turned: true })}: ${names(t.from)}`);
  return [...new Set([...out, ...back])].join("; ");
}
