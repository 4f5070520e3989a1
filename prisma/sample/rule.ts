/** The rulings of a source made into decisions, by the app's own rules for cases, suggestions and gold. */
import { type Case, type CaseLink, type CaseSpan, type PrimaryFlag, spanIds } from "../../lib/cases/case";
import { fingerprint } from "../../lib/cases/content";
import { type DecideContext, type Decided, decide, decideCreation, type LastingCase } from "../../lib/cases/decide";
import { findCases } from "../../lib/cases/find";
import type { GoldSpan, RuledLink } from "../../lib/cases/gold";
import type { DecisionRequest } from "../../lib/cases/schema";
import { type Suggestion, suggest } from "../../lib/cases/suggest";
import {
  type Json,
  type NativeDecision,
  type NativeDecisionAction,
  type NativeLink,
  type NativeReview,
  type NativeSpan,
  NO_EXTRA,
} from "../../lib/formats/native";
import { DEFAULT_SCHEME } from "../../lib/scheme/default";
import type { TextIndex } from "../../lib/text/codepoints";
import { find, idOf, sha256, spanId, time } from "./common";
import { ADJUDICATOR, type ArticleSource, REVIEWERS, type Ruling } from "./source";

type Found = {
  readonly cases: readonly LastingCase[];
  readonly links: readonly CaseLink[];
  readonly suggestionOf: (c: Case) => Suggestion | null;
};

export function casesOf(source: ArticleSource, index: TextIndex, reviews: readonly NativeReview[]): Found {
  const spans = reviews.flatMap(({ reviewer, spans }) =>
    spans.map((span): CaseSpan => ({ ...span, id: span.id ?? "", reviewer })),
  );
  const links = reviews.flatMap(({ reviewer, links }) =>
    links.map(({ id, type, from, to, toText }): CaseLink => ({ id: id ?? "", reviewer, type, from, to, toText })),
  );
  const found = findCases({
    text: index,
    reviewers: reviews.map((review) => review.reviewer),
    spans,
    links,
    scheme: DEFAULT_SCHEME,
  });
  const cases = found.map((c) => ({ ...c, id: idOf(source.key, "case", ...spanIds(c)) }));
  const context = { text: index, scheme: DEFAULT_SCHEME, links, cases };
  return { cases, links, suggestionOf: (c) => suggest(c, context) };
}

/** The reason that a flag suggests. */
const REASON: Partial<Record<PrimaryFlag, Ruling["reasonCode"]>> = {
  LABEL: "label",
  SPLIT: "split",
  BOUNDARY: "boundary",
  BOUNDARY_MINOR: "boundary",
  MISSING: "missed",
  LINK: "link",
};

/** What the adjudicator says of a case of which the source says nothing. */
function asSuggested(source: ArticleSource, c: Case, suggestion: Suggestion | null): Ruling {
  const on = `${c.start}-${c.end}`;
  if (suggestion?.action === "reject") return { on, action: "nothing", reasonCode: "spurious" };
  if (suggestion?.action !== "accept") throw new Error(`${source.key}: nobody rules on the tie at ${on}`);
  const reasonCode = REASON[c.primary];
  return { on, action: "suggestion", ...(reasonCode ? { reasonCode } : {}) };
}

/** The case of each ruling: the one that holds the (named reviewer's) mark. */
function caseOf(source: ArticleSource, found: Found, { on, of, action }: Ruling): LastingCase {
  const who = of ? [of] : source.reviewedBy;
  const ids = who.map((one) => spanId(source.key, one, on));
  const holding = found.cases.filter((c) => spanIds(c).some((id) => ids.includes(id)));
  const [c] = holding;
  if (!c || holding.length > 1) throw new Error(`${source.key}: ${action} on ${on} is about ${holding.length} cases`);
  return c;
}

type Made = { readonly decision: NativeDecision; readonly decided: Decided };

export function decisionsOf(source: ArticleSource, index: TextIndex, found: Found, day: number): readonly Made[] {
  const named = new Map<string, Ruling[]>();
  for (const ruling of source.rulings) {
    const c = caseOf(source, found, ruling);
    named.set(c.id, [...(named.get(c.id) ?? []), ruling]);
  }
  const made: Made[] = [];
  const live = new Map<string, string>();
  let ids = 0;
  const context: DecideContext = {
    text: index,
    scheme: DEFAULT_SCHEME,
    cases: found.cases,
    links: found.links,
    gold: [],
    newId: () => idOf(source.key, "gold", String(ids++)),
    suggestionOf: found.suggestionOf,
    liveOf: (c) => live.get(c.id) ?? null,
  };
  for (const c of found.cases) {
    const rest = source.rest === "suggested" ? [asSuggestedIfUnnamed(source, c, found, named)].flat() : [];
    for (const ruling of named.get(c.id) ?? rest) {
      const request = requestOf(source, index, c, ruling, made.length, live.get(c.id));
      const decided = decide(c, request, context);
      if (!decided.ok) throw new Error(`${source.key}: ${ruling.on}: ${decided.message}`);
      for (const lack of decided.value.lacks) throw new Error(`${source.key}: ${ruling.on}: ${lack.message}`);
      made.push({
        decided: decided.value,
        decision: decisionOf(source, index, found, c, request, decided.value, day, made.length),
      });
      live.set(c.id, request.id);
    }
  }
  for (const one of source.created ?? []) {
    const request = {
      id: idOf(source.key, "decision", String(made.length)),
      action: "create" as const,
      spans: [
        { ...find(index, source, one.quote), quote: one.quote, label: one.label, attributes: { ...one.attributes } },
      ],
      note: one.note,
      rule: one.rule,
      reasonCode: "missed" as const,
    };
    const decided = decideCreation(request, context);
    if (!decided.ok) throw new Error(`${source.key}: ${decided.message}`);
    made.push({
      decided: decided.value,
      decision: decisionOf(source, index, found, null, request, decided.value, day, made.length),
    });
  }
  const living = new Set(live.values());
  return made.map(({ decision, decided }) => ({
    decided,
    decision: { ...decision, live: decision.action === "create" || living.has(decision.id ?? "") },
  }));
}

const asSuggestedIfUnnamed = (
  source: ArticleSource,
  c: LastingCase,
  found: Found,
  named: ReadonlyMap<string, readonly Ruling[]>,
): readonly Ruling[] => (named.has(c.id) ? [] : [asSuggested(source, c, found.suggestionOf(c))]);

function requestOf(
  source: ArticleSource,
  index: TextIndex,
  c: LastingCase,
  ruling: Ruling,
  n: number,
  supersedes: string | undefined,
): DecisionRequest {
  const { action, reasonCode, note, rule, spans } = ruling;
  const who = ruling.member;
  const member = who && c.members.find((one) => one.reviewer === REVIEWERS[who])?.id;
  if (who && !member) throw new Error(`${source.key}: ${who} has nothing in the case of ${ruling.on}`);
  return {
    id: idOf(source.key, "decision", String(n)),
    action,
    ...(member ? { member } : {}),
    ...(spans
      ? {
          spans: spans.map(({ quote, label, attributes }) => ({
            ...find(index, source, quote),
            quote,
            label,
            attributes: { ...attributes },
          })),
        }
      : {}),
    ...(reasonCode ? { reasonCode } : {}),
    ...(note ? { note } : {}),
    ...(rule ? { rule } : {}),
    ...(supersedes ? { supersedes } : {}),
  };
}

export const json = (value: unknown): Json => JSON.parse(JSON.stringify(value));

export const goldSpan = (index: TextIndex, { id, start, end, label, attributes }: GoldSpan): NativeSpan => ({
  id,
  start,
  end,
  label,
  quote: index.slice({ start, end }),
  attributes,
  note: "",
  uncertain: false,
  schemeVersion: 1,
  guidelineVersion: 1,
  extra: NO_EXTRA,
});

/** A link as it was ruled keeps its target under `extra`, as an export writes it. */
const ruledLink = ({ id, type, from, target }: RuledLink): NativeLink => ({
  id,
  type,
  from,
  to: target.kind === "span" ? target.spanId : null,
  toText: target.kind === "text" ? target.text : null,
  extra: { target: json(target) },
});

type Request = Pick<DecisionRequest, "id" | "reasonCode" | "note" | "rule" | "supersedes"> & {
  readonly action: NativeDecisionAction;
};

function decisionOf(
  source: ArticleSource,
  index: TextIndex,
  found: Found,
  c: LastingCase | null,
  request: Request,
  decided: Decided,
  day: number,
  n: number,
): NativeDecision {
  return {
    id: request.id,
    action: request.action,
    case: c && {
      id: c.id,
      start: c.start,
      end: c.end,
      labels: c.labels,
      primary: c.primary,
      flags: c.flags,
      missing: c.missing,
    },
    spans: decided.spans.map((span) => goldSpan(index, span)),
    links: decided.links.map(ruledLink),
    reasonCode: request.reasonCode ?? null,
    note: request.note ?? "",
    rule: request.rule ?? null,
    adjudicator: ADJUDICATOR,
    alsoReviewed: false,
    anonymous: true,
    members: c ? fingerprint(c, found.links, sha256).map(({ id, hash }) => ({ span: id, hash })) : [],
    submitted: source.reviewedBy.length,
    suggestion: c ? json(found.suggestionOf(c)) : null,
    input: json(request),
    textSha256: sha256(index.text),
    schemeVersion: 1,
    guidelineVersion: 1,
    supersedes: request.supersedes ?? null,
    live: true,
    at: time(day, n * 2),
    extra: NO_EXTRA,
  };
}
