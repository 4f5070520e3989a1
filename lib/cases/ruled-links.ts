/** The links that a decision rules: those its request names, or those of the reviewers that a majority drew. */

import type { Fault } from "../result";
import { linkTypeOf, mayStart } from "../scheme/lookup";
import type { Scheme } from "../scheme/scheme";
import type { Range } from "../text/range";
import { type Case, type CaseLink, type Member, spanIds } from "./case";
import { type GoldSpan, nearest, type RuledLink, type RuledTarget } from "./gold";
import type { DecisionRequest } from "./schema";

export type LinkContext = {
  readonly scheme: Scheme;
  /** Of the article, with their ids. */
  readonly cases: readonly (Case & { readonly id: string })[];
  /** The links of the article's submitted reviews. */
  readonly links: readonly CaseLink[];
  /** Gold spans of the article's other live decisions. */
  readonly gold: readonly GoldSpan[];
  /** A gold span of another article that a link may end in, or null. */
  readonly foreignTarget?: ((id: string) => { readonly label: string } | null) | undefined;
  readonly newId: () => string;
};

type Requested = NonNullable<DecisionRequest["links"]>;

/** The case and the member that hold a span id. */
function holder(cases: LinkContext["cases"], id: string): { caseId: string; member: Member } | null {
  for (const c of cases) {
    const member = c.members.find((m) => m.id === id || m.twins.includes(id));
    if (member) return { caseId: c.id, member };
  }
  return null;
}

/** `ruled` are the cases that the decision rules on; `spans` what it makes of them. */
export function requestedLinks(
  requested: Requested,
  spans: readonly GoldSpan[],
  ruled: readonly string[],
  context: LinkContext,
): { readonly links: readonly RuledLink[]; readonly faults: readonly Fault[] } {
  const own = (id: string): GoldSpan | undefined => {
    const named = spans.find((s) => s.id === id);
    if (named) return named;
    const held = holder(context.cases, id);
    return held && ruled.includes(held.caseId) ? nearest(spans, held.member) : undefined;
  };
  const answers = requested.map((link) => requestedLink(link, own, context));
  return {
    links: answers.flatMap((a) => ("code" in a ? [] : [a])),
    faults: answers.flatMap((a, i) =>
      "code" in a ? [{ path: `links.${i}.${a.field}`, code: a.code, message: a.message }] : [],
    ),
  };
}

type Refused = { readonly field: string; readonly code: string; readonly message: string };

type Own = (id: string) => GoldSpan | undefined;

function requestedLink(link: Requested[number], own: Own, context: LinkContext): RuledLink | Refused {
  const type = linkTypeOf(context.scheme, link.type);
  if (!type) return { field: "type", code: "link-not-allowed", message: "The scheme has no such link type." };
  const from = own(link.from);
  if (!from) return { field: "from", code: "unknown-target", message: "The link starts at no span of this decision." };
  if (!mayStart(type, from.label)) {
    return { field: "type", code: "link-not-allowed", message: `${type.name} cannot start at ${from.label}.` };
  }
  const target = targetOf(link, from, own, type.freeText === true, context);
  return "code" in target ? target : { id: link.id ?? context.newId(), type: type.key, from: from.id, target };
}

function targetOf(
  link: Requested[number],
  from: GoldSpan,
  own: Own,
  freeText: boolean,
  context: LinkContext,
): RuledTarget | Refused {
  const { to = null, toText = null } = link;
  if (to === null) {
    if (!freeText) return { field: "to", code: "link-not-allowed", message: "This link must end in a span." };
    if ((toText ?? "").trim() === "")
      return { field: "toText", code: "unknown-target", message: "Name the target: a span, or its words." };
    return { kind: "text", text: toText ?? "" };
  }
  if (toText !== null)
    return { field: "toText", code: "link-not-allowed", message: "A link ends in a span or in a text, not in both." };
  const mine = own(to);
  if (mine?.id === from.id)
    return { field: "to", code: "link-not-allowed", message: "A span cannot be linked to itself." };
  if (mine) return { kind: "span", spanId: mine.id };
  if (context.gold.some((s) => s.id === to)) return { kind: "span", spanId: to };
  const held = holder(context.cases, to);
  if (held) return { kind: "case", caseId: held.caseId, near: place(held.member) };
  if (context.foreignTarget?.(to)) return { kind: "span", spanId: to };
  return { field: "to", code: "unknown-target", message: "The link ends in no span that it may end in." };
}

const place = ({ start, end }: Range): Range => ({ start, end });

/**
 * The reviewers' links from these members, each carried to the gold span that lies where it started; identical ones become one. Links
 * whose type may not start at that span's label, or whose target is no longer there, are left behind.
 */
export function carriedLinks(
  links: readonly CaseLink[],
  members: readonly Member[],
  spans: readonly GoldSpan[],
  context: LinkContext,
): readonly RuledLink[] {
  const start = new Map(members.flatMap((m) => [m.id, ...m.twins].map((id) => [id, m] as const)));
  const carried = new Map<string, RuledLink>();
  for (const link of links) {
    const member = start.get(link.from);
    const from = member && nearest(spans, member);
    const type = linkTypeOf(context.scheme, link.type);
    if (!from || !type || !mayStart(type, from.label)) continue;
    const target = carriedTarget(link, context);
    if (!target) continue;
    const end = target.kind === "case" ? target.caseId : target.kind === "span" ? target.spanId : target.text;
    const key = JSON.stringify([type.key, from.id, target.kind, end]);
    if (!carried.has(key)) carried.set(key, { id: context.newId(), type: type.key, from: from.id, target });
  }
  return [...carried.values()];
}

function carriedTarget(link: CaseLink, context: LinkContext): RuledTarget | null {
  if (link.to === null) return { kind: "text", text: link.toText ?? "" };
  const held = holder(context.cases, link.to);
  if (held) return { kind: "case", caseId: held.caseId, near: place(held.member) };
  return context.foreignTarget?.(link.to) ? { kind: "span", spanId: link.to } : null;
}

/** Of the members' links those that a suggestion accepts, as the first reviewer who drew each drew it. */
export function acceptedLinks(
  accepted: readonly { readonly type: string; readonly to: string | null; readonly toText: string | null }[],
  members: readonly Member[],
  links: readonly CaseLink[],
): readonly CaseLink[] {
  const starts = new Set(spanIds({ members }));
  return accepted.flatMap((a) => {
    const drawn = links.find((l) => starts.has(l.from) && l.type === a.type && l.to === a.to && l.toText === a.toText);
    return drawn ? [drawn] : [];
  });
}
