/**
 * The sample project as native JSONL, made of the sources beside it. Offsets, ids, cases, suggestions and gold are computed by the app's
 * own rules, so that the file is one that Gloss could have exported. The same sources give the same bytes.
 */
import { createHash } from "node:crypto";
import { type Case, type CaseLink, type CaseSpan, type PrimaryFlag, spanIds } from "../../lib/cases/case";
import { fingerprint } from "../../lib/cases/content";
import { type DecideContext, type Decided, decide, decideCreation, type LastingCase } from "../../lib/cases/decide";
import { findCases } from "../../lib/cases/find";
import { type GoldSpan, goldLinks, type RuledLink } from "../../lib/cases/gold";
import type { DecisionRequest } from "../../lib/cases/schema";
import { type Suggestion, suggest } from "../../lib/cases/suggest";
import { readPublished } from "../../lib/formats/dates";
import type {
  Json,
  NativeArticle,
  NativeDecision,
  NativeDecisionAction,
  NativeLink,
  NativeProject,
  NativeRegion,
  NativeReview,
  NativeSpan,
} from "../../lib/formats/native";
import { NO_EXTRA } from "../../lib/formats/native";
import { articleLine, headerLine } from "../../lib/formats/native-write";
import { DEFAULT_SCOPE } from "../../lib/regions/roles";
import { DEFAULT_SCHEME } from "../../lib/scheme/default";
import { DEFAULT_GUIDELINE } from "../../lib/scheme/default-guideline";
import { indexText, type TextIndex } from "../../lib/text/codepoints";
import type { Range } from "../../lib/text/range";
import { beaconLog } from "./articles/beacon-log";
import { courierAnalysis } from "./articles/courier-analysis";
import { courierLog } from "./articles/courier-log";
import { meridianRepost } from "./articles/meridian-repost";
import { meridianRewrite } from "./articles/meridian-rewrite";
import { wireCharge } from "./articles/wire-charge";
import { wireLog } from "./articles/wire-log";
import {
  ADJUDICATOR,
  type ArticleSource,
  type Change,
  type Mark,
  REVIEWERS,
  type Ruling,
  type Who,
  without,
} from "./source";

export const SOURCES: readonly ArticleSource[] = [
  wireLog,
  courierLog,
  beaconLog,
  meridianRewrite,
  courierAnalysis,
  wireCharge,
  meridianRepost,
];

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** A UUID that is the same for the same name. */
function idOf(...name: readonly string[]): string {
  const hex = sha256(["gloss sample", ...name].join("/"));
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/** Minutes after nine in the morning of a day of that March. */
const time = (day: number, minutes: number): string => new Date(Date.UTC(2024, 2, day, 9, minutes)).toISOString();

type Text = { readonly index: TextIndex; readonly regions: readonly NativeRegion[] };

/** Neighbouring blocks of one role are one region, but for titles, as Gloss proposes them. */
function textOf(source: ArticleSource): Text {
  const parts: string[] = [];
  const regions: NativeRegion[] = [];
  let at = 0;
  for (const [i, block] of source.blocks.entries()) {
    const gap = i === 0 ? "" : block.below ? "\n" : "\n\n";
    const start = at + gap.length;
    at = start + indexText(block.text).length;
    parts.push(gap, block.text);
    const last = regions.at(-1);
    const alone = block.role === "headline" || block.role === "subheading";
    if (last?.role === block.role && !alone) regions[regions.length - 1] = { ...last, end: at };
    else regions.push({ start, end: at, role: block.role, reason: block.reason, extra: NO_EXTRA });
  }
  return { index: indexText(`${parts.join("")}\n`), regions };
}

/** Where the words stand. Throws when they stand nowhere, or more than once and nobody says which. */
function find(index: TextIndex, source: ArticleSource, quote: string, nth?: number): Range {
  const places: number[] = [];
  for (let at = index.text.indexOf(quote); at !== -1; at = index.text.indexOf(quote, at + 1)) places.push(at);
  const place = places.length === 1 || nth !== undefined ? places[(nth ?? 1) - 1] : undefined;
  if (place === undefined) throw new Error(`${source.key}: "${quote}" stands ${places.length} times in the text`);
  return { start: index.toCodePoint(place), end: index.toCodePoint(place + quote.length) };
}

const spanId = (source: string, who: Who, key: string, part = 0): string => idOf(source, who, key, String(part));

/** How this reviewer marked it: nothing, once, or in parts. */
function readings(mark: Mark, who: Who): readonly Change[] {
  const by = mark.by[who];
  if (by === null) return [];
  if (by === undefined) return [{}];
  return "length" in by ? by : [by];
}

function reviewOf(source: ArticleSource, index: TextIndex, who: Who, minutes: number): NativeReview {
  const spans = source.marks.flatMap((mark) =>
    readings(mark, who).map((change, part): NativeSpan => {
      const quote = change.quote ?? mark.quote;
      return {
        id: spanId(source.key, who, mark.key, part),
        ...find(index, source, quote, change.quote === undefined ? mark.nth : change.nth),
        label: change.label ?? mark.label,
        quote,
        attributes: without({ ...mark.attributes, ...change.set }),
        note: change.note ?? "",
        uncertain: change.uncertain ?? false,
        schemeVersion: 1,
        guidelineVersion: 1,
        extra: NO_EXTRA,
      };
    }),
  );
  return {
    reviewer: REVIEWERS[who],
    status: "submitted",
    notBlind: false,
    submittedAt: time(19, minutes),
    skipReason: null,
    spans: spans.sort((a, b) => a.start - b.start || b.end - a.end),
    links: linksOf(source, who),
    submissions: [],
    extra: NO_EXTRA,
  };
}

function linksOf(source: ArticleSource, who: Who): readonly NativeLink[] {
  return source.links.flatMap((link, i): NativeLink[] => {
    const target = link.by?.[who] === undefined ? link.to : link.by[who];
    if (target === null) return [];
    const end = typeof target === "string" ? endOf(source, who, target) : { to: null, toText: target.text };
    if (end === null) return [];
    // Each part of a denial names what it denies; other links start at the first part.
    const parts = partsOf(source, who, link.from).slice(0, link.type === "denies" ? undefined : 1);
    return parts.map((from, part) => {
      const id = idOf(source.key, who, "link", String(i), String(part));
      return { id, type: link.type, from, ...end, extra: NO_EXTRA };
    });
  });
}

/** The ids of a reviewer's spans for a mark. */
function partsOf(source: ArticleSource, who: Who, key: string): readonly string[] {
  const mark = source.marks.find((one) => one.key === key);
  if (!mark) throw new Error(`${source.key}: there is no mark ${key}`);
  return readings(mark, who).map((_, part) => spanId(source.key, who, key, part));
}

/** null: this reviewer has not marked what the link would end in. */
function endOf(source: ArticleSource, who: Who, target: string): { readonly to: string; readonly toText: null } | null {
  const [article, key] = target.includes(":") ? target.split(":") : [source.key, target];
  const other = SOURCES.find((one) => one.key === article);
  if (!other || key === undefined) throw new Error(`${source.key}: there is no article ${article}`);
  const [to] = partsOf(other, who, key);
  return to === undefined ? null : { to, toText: null };
}

type Found = {
  readonly cases: readonly LastingCase[];
  readonly links: readonly CaseLink[];
  readonly suggestionOf: (c: Case) => Suggestion | null;
};

function casesOf(source: ArticleSource, index: TextIndex, reviews: readonly NativeReview[]): Found {
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

function decisionsOf(source: ArticleSource, index: TextIndex, found: Found, day: number): readonly Made[] {
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

const json = (value: unknown): Json => JSON.parse(JSON.stringify(value));

const goldSpan = (index: TextIndex, { id, start, end, label, attributes }: GoldSpan): NativeSpan => ({
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

export function buildArticle(source: ArticleSource, n: number): NativeArticle {
  const { index, regions } = textOf(source);
  const reviews = source.reviewedBy.map((who, i) => reviewOf(source, index, who, n * 45 + i * 11));
  const made = decisionsOf(source, index, casesOf(source, index, reviews), 20 + n);
  const rulings = made.filter(({ decision }) => decision.live).map(({ decided }) => decided);
  const links = goldLinks(rulings, DEFAULT_SCHEME).links;
  const gold = {
    spans: rulings.flatMap((ruling) => ruling.spans).map((span) => goldSpan(index, span)),
    links: links.map((link) => ({ ...link, extra: NO_EXTRA })),
    decisions: made.map(({ decision }) => decision),
    extra: NO_EXTRA,
  };
  return {
    id: idOf(source.key),
    title: source.title,
    text: index.text,
    length: index.length,
    textSha256: sha256(index.text),
    outlet: source.outlet,
    repostedBy: source.repostedBy ?? null,
    author: source.author,
    dateline: source.dateline ?? null,
    url: source.url,
    published: source.published,
    ...readPublished(source.published, "en"),
    language: "en",
    licence: null,
    regions,
    reviews,
    gold: made.length > 0 ? { ...gold, spans: gold.spans.sort((a, b) => a.start - b.start || b.end - a.end) } : null,
    story: "kestrel-hill",
    split: null,
    extra: NO_EXTRA,
  };
}

export const PROJECT: NativeProject = {
  id: null,
  name: "Kestrel Hill",
  description:
    "A sample to look around in: seven invented reports by four invented outlets on a brake log that changed after an accident. Three reviewers have marked them; the first three are settled, the fourth is in adjudication, and the last wants two more reviews.",
  policies: {
    reviewersPerArticle: 3,
    blind: true,
    acceptUnanimous: false,
    adjudicateOwn: false,
    forbidOutsideScope: false,
    scope: DEFAULT_SCOPE,
    extra: NO_EXTRA,
  },
  scheme: { version: 1, scheme: json(DEFAULT_SCHEME) },
  guideline: { version: 1, markdown: DEFAULT_GUIDELINE },
  schemeVersions: [],
  guidelineVersions: [],
  extra: NO_EXTRA,
};

export const buildArticles = (): readonly NativeArticle[] => SOURCES.map(buildArticle);

/** The file, lines with their LF. */
export const buildSample = (): string =>
  [headerLine(PROJECT), ...buildArticles().map(articleLine)].map((line) => `${JSON.stringify(line)}\n`).join("");
