/** What a ruling on a case comes to: pure, so that the screen can show it before it is sent and the server decides by the same code. */
import { type Fault, invalid, ok, type Refusal, type Result, refuse } from "../result";
import { attributeOf, labelOf } from "../scheme/lookup";
import { checkSpan } from "../spans/check";
import type { Missing } from "../spans/complete";
import type { Attributes } from "../spans/model";
import type { TextIndex } from "../text/codepoints";
import type { Range } from "../text/range";
import type { Case, Member } from "./case";
import { coveredBy } from "./extent";
import { type GoldSpan, missingInGold, type RuledLink, type Ruling } from "./gold";
import { acceptedLinks, carriedLinks, type LinkContext, requestedLinks } from "./ruled-links";
import type { CreationRequest, DecisionRequest } from "./schema";
import type { Suggestion } from "./suggest";

export type LastingCase = Case & { readonly id: string };

export type DecideContext = LinkContext & {
  readonly text: TextIndex;
  /** With the suggestion as it stands, and the id of the live decision, if any. */
  readonly suggestionOf: (c: LastingCase) => Suggestion | null;
  readonly liveOf: (c: LastingCase) => string | null;
};

export type Decided = Ruling & {
  /** The live decisions that it replaces (of a merge, also the other case's). */
  readonly supersedes: readonly string[];
  /** false for `reopen`: the case has no live decision after it. */
  readonly stands: boolean;
  /** What the scheme asks for and the result lacks; shown, never refused. */
  readonly lacks: readonly Missing[];
};

const fault = (path: string, code: string, message: string): Refusal => invalid([{ path, code, message }], message);

/**
 * Refuses: `conflict` when another decision lives and is not superseded, or there is none to reopen; `invalid` with the faults of what
 * was sent, or with `no-suggestion`, `suggestion-undecided`, `label-open`, `no-intersection`, `not-a-member`, `spans-needed`, `spans-not-taken`,
 * `merge-with-needed` and `not-a-case` where the action has nothing to go by.
 */
export function decide(c: LastingCase, request: DecisionRequest, context: DecideContext): Result<Decided> {
  const other = request.mergeWith === undefined ? null : context.cases.find((o) => o.id === request.mergeWith);
  if (request.action === "merge" && !other) {
    return request.mergeWith === undefined
      ? fault("mergeWith", "merge-with-needed", "Name the case to merge with.")
      : fault("mergeWith", "not-a-case", "This article has no such case.");
  }
  if (request.action === "merge" && other?.id === c.id)
    return fault("mergeWith", "not-a-case", "A case cannot be merged with itself.");
  const cases = request.action === "merge" && other ? [c, other] : [c];
  const living = superseded(c, request, context);
  if (!living.ok) return living;
  const replaced = [...living.value, ...cases.slice(1).flatMap((o) => context.liveOf(o) ?? [])];
  if (request.action === "reopen") {
    if (living.value.length === 0) return refuse("conflict", "This case has no live decision to take back.");
    return ok({ caseIds: [c.id], spans: [], links: [], supersedes: replaced, stands: false, lacks: [] });
  }
  const drafted = draft(cases, request, context);
  if (!drafted.ok) return drafted;
  return complete(cases, drafted.value, request, context, replaced);
}

/** What nobody marked. Refuses faults of what was sent, and `spans-needed`. */
export function decideCreation(request: CreationRequest, context: DecideContext): Result<Decided> {
  if (!request.spans?.length) return fault("spans", "spans-needed", "Say which spans to create.");
  return complete([], { spans: given(request.spans, context), voters: [], links: [] }, request, context, []);
}

/** The live decision that is replaced, if there is one. */
function superseded(c: LastingCase, request: DecisionRequest, context: DecideContext): Result<readonly string[]> {
  const live = context.liveOf(c);
  if (live === null) return ok([]);
  const named = request.supersedes ?? (request.action === "reopen" ? live : undefined);
  if (named === live) return ok([live]);
  const message = "This case has another decision already.";
  return refuse("conflict", message, [{ path: "supersedes", code: "decided", message, current: live }]);
}

/** What an action makes of the case before it is checked, and whose links it carries. */
type Draft = {
  readonly spans: readonly GoldSpan[];
  readonly voters: readonly Member[];
  readonly links: readonly LinkContext["links"][number][];
};

const NEEDS_SPANS: readonly DecisionRequest["action"][] = ["edit", "split"];

function draft(cases: readonly LastingCase[], request: DecisionRequest, context: DecideContext): Result<Draft> {
  const members = cases.flatMap((c) => c.members);
  const [c] = cases;
  if (!c || request.action === "nothing") return ok({ spans: [], voters: [], links: [] });
  if (NEEDS_SPANS.includes(request.action) || (request.action === "merge" && request.spans)) {
    const least = request.action === "split" ? 2 : 1;
    if ((request.spans?.length ?? 0) < least)
      return fault("spans", "spans-needed", least === 1 ? "Say which span it is." : "A split needs two spans or more.");
    return ok(withAccepted(given(request.spans ?? [], context), cases, members, context));
  }
  if (request.spans) return fault("spans", "spans-not-taken", "Only edit, split, merge and create take spans.");
  if (request.action === "member") return memberDraft(c, request, context);
  if (request.action === "suggestion") return suggestionDraft(c, context);
  return extentDraft(cases, members, request, context);
}

const given = (spans: NonNullable<DecisionRequest["spans"]>, context: DecideContext): readonly GoldSpan[] =>
  spans.map(({ id, start, end, label, attributes }) => ({
    id: id ?? context.newId(),
    start,
    end,
    label,
    attributes: attributes ?? {},
  }));

/** With the links that the suggestions of these cases accept. */
function withAccepted(
  spans: readonly GoldSpan[],
  cases: readonly LastingCase[],
  voters: readonly Member[],
  context: DecideContext,
): Draft {
  const accepted = cases.flatMap((c) => context.suggestionOf(c)?.links.filter((l) => l.action === "accept") ?? []);
  return { spans, voters, links: acceptedLinks(accepted, voters, context.links) };
}

/** The whole reading of the reviewer whose span is named: all that they marked in the case, with their links. */
function memberDraft(c: LastingCase, request: DecisionRequest, context: DecideContext): Result<Draft> {
  const named = c.members.find((m) => m.id === request.member || m.twins.includes(request.member ?? ""));
  if (!named) return fault("member", "not-a-member", "Name a span of this case.");
  const reading = c.members.filter((m) => m.reviewer === named.reviewer);
  const spans = reading.map(({ start, end, label, attributes }) => ({
    id: context.newId(),
    start,
    end,
    label,
    attributes,
  }));
  return ok({ spans, voters: reading, links: context.links.filter((l) => l.reviewer === named.reviewer) });
}

function suggestionDraft(c: LastingCase, context: DecideContext): Result<Draft> {
  const suggestion = context.suggestionOf(c);
  if (!suggestion) return fault("action", "no-suggestion", "With one review there is no suggestion.");
  if (suggestion.action === "reject") return ok({ spans: [], voters: [], links: [] });
  if (suggestion.action === "undecided" || suggestion.label === null)
    return fault("action", "suggestion-undecided", "The votes tie here, so there is no suggestion to accept.");
  const { label } = suggestion;
  const voters = c.members.filter((m) => m.label === label);
  const attributes = filledIn(suggestion.attributes, voters, label, context);
  const spans = suggestion.spans.map(([start, end]) => ({ id: context.newId(), start, end, label, attributes }));
  return ok(withAccepted(spans, [c], voters, context));
}

/** Free texts never count as disagreement, so where they differ the first voter's words will do. */
function filledIn(chosen: Attributes, voters: readonly Member[], label: string, context: DecideContext): Attributes {
  const known = labelOf(context.scheme, label);
  const filled: Record<string, string> = { ...chosen };
  for (const [key, value] of voters.flatMap((m) => Object.entries(m.attributes))) {
    const attribute = known && attributeOf(known, key);
    if (attribute?.kind === "text" && !attribute.source && value.trim() !== "") filled[key] ??= value;
  }
  return filled;
}

/** Union, intersection, and a merge without spans of its own (which is a union): over all members, whatever their label. */
function extentDraft(
  cases: readonly LastingCase[],
  members: readonly Member[],
  request: DecisionRequest,
  context: DecideContext,
): Result<Draft> {
  const named = members.find((m) => m.id === request.member || m.twins.includes(request.member ?? ""));
  if (request.member !== undefined && !named) return fault("member", "not-a-member", "Name a span of this case.");
  const suggestions = cases.map((c) => ({ c, suggestion: context.suggestionOf(c) }));
  const labels = new Set(suggestions.map(({ c, suggestion }) => labelFor(c, suggestion)));
  const label = named?.label ?? (labels.size === 1 ? [...labels][0] : null);
  if (!label) return fault("member", "label-open", "The label is open: name the member whose label it takes, or edit.");
  const reviewers = new Set(members.map((m) => m.reviewer)).size;
  const least = request.action === "intersection" ? reviewers : 1;
  const ranges: readonly Range[] = coveredBy(members, (n) => n >= least);
  if (ranges.length === 0) return fault("action", "no-intersection", "No stretch was marked by all who marked this.");
  const voters = members.filter((m) => m.label === label);
  const plural = named
    ? named.attributes
    : filledIn(suggestions[0]?.suggestion?.attributes ?? voters[0]?.attributes ?? {}, voters, label, context);
  const spans = ranges.map(({ start, end }) => ({ id: context.newId(), start, end, label, attributes: plural }));
  return ok(withAccepted(spans, cases, voters, context));
}

const labelFor = (c: LastingCase, suggestion: Suggestion | null): string | null =>
  suggestion?.label ?? (c.labels.length === 1 ? (c.labels[0] ?? null) : null);

function complete(
  cases: readonly LastingCase[],
  { spans, voters, links: drawn }: Draft,
  request: Pick<DecisionRequest, "spans" | "links">,
  context: DecideContext,
  supersedes: readonly string[],
): Result<Decided> {
  const caseIds = cases.map((c) => c.id);
  const asked = request.links && requestedLinks(request.links, spans, caseIds, context);
  const faults = [...checkSpans(spans, cases, request, context), ...(asked?.faults ?? [])];
  if (faults.length > 0) return invalid(faults);
  const links: readonly RuledLink[] = asked?.links ?? carriedLinks(drawn, voters, spans, context);
  const ruling: Ruling = { caseIds, spans, links };
  return ok({ ...ruling, supersedes, stands: true, lacks: missingInGold([ruling], context.scheme) });
}

/** What a member already says may stand, though its label or a value is archived since. */
function checkSpans(
  spans: readonly GoldSpan[],
  cases: readonly LastingCase[],
  request: Pick<DecisionRequest, "spans">,
  context: DecideContext,
): readonly Fault[] {
  const ids = new Set<string>();
  return spans.flatMap((span, i): readonly Fault[] => {
    const before = cases.flatMap((c) => c.members).find((m) => m.label === span.label);
    const repeated = ids.has(span.id);
    ids.add(span.id);
    const content = { ...span, note: "", uncertain: false };
    const standing = before && { ...before, note: "", uncertain: false };
    return [
      ...checkSpan(
        { index: context.text, scheme: context.scheme },
        `spans.${i}`,
        content,
        request.spans?.[i]?.quote,
        standing,
      ),
      ...(repeated ? [{ path: `spans.${i}.id`, code: "repeated", message: "Two spans have one id." }] : []),
    ];
  });
}
