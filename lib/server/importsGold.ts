/**
 * The gold of an imported article: its decisions, each on the case that it ruled, and the gold spans and links of those that live. The
 * cases themselves are found anew afterwards (refreshCases), and take the ids of those made here, with whose members they agree.
 */
import { randomUUID } from "node:crypto";
import type { CaseLink, CaseSpan } from "../cases/case";
import { memberContent } from "../cases/content";
import type { Extra, Json, NativeArticle, NativeDecision, NativeGold, NativeLink, NativeSpan } from "../formats/native";
import { type StoredMember, sha256 } from "./cases-file";
import { requestHash } from "./decisions-write";
import { type Ids, isUuid, movedId, withSource } from "./importsIds";
import { type ArticlePlace, type MarkRows, type SpanPlaces, type Target, versionsOf } from "./importsRows";

/** The adjudicator's name of what no person decided: the project's policy accepted a unanimous case. */
export const POLICY = "(policy)";

type Reviewers = (name: string) => string;

/** Old ids of the file to those here. */
type Moved = {
  readonly spans: ReadonlyMap<string, string>;
  readonly gold: Map<string, string>;
  readonly cases: Map<string, string>;
  readonly decisions: Map<string, string>;
};

export function addGold(
  rows: MarkRows,
  target: Target,
  place: ArticlePlace,
  article: NativeArticle,
  ids: Ids,
  reviewerOf: Reviewers,
  placed: SpanPlaces,
): void {
  const { gold } = article;
  if (!gold) return;
  const decisions = decisionsOf(gold, target);
  const moved: Moved = { spans: placed.ids, gold: new Map(), cases: new Map(), decisions: new Map() };
  for (const decision of decisions) {
    if (decision.id !== null) moved.decisions.set(decision.id, ids.place("decision", decision.id, place.id));
    for (const { id } of decision.spans)
      if (id !== null && !moved.gold.has(id)) moved.gold.set(id, ids.place("goldSpan", id, place.id));
  }
  const submitted = article.reviews.filter((review) => review.status === "submitted").length;
  const hashes = hashesOf(article, placed, moved);
  const made = new Map<string, object>();
  // Every case first: a decision's link may end in one that is decided later.
  const caseIds = decisions.map((decision) =>
    addCase(rows, made, target, place, decision, ids, reviewerOf, placed, moved),
  );
  for (const [i, decision] of decisions.entries()) {
    const id = decision.id === null ? randomUUID() : (moved.decisions.get(decision.id) ?? randomUUID());
    const members = decision.members.map(({ span, hash }) => ({
      id: idHere(moved.spans, span),
      hash: hashes(span, hash),
    }));
    const input = requestOf(decision.input, moved);
    const caseId = caseIds[i] ?? null;
    rows.decisions.push({
      id,
      projectId: target.projectId,
      articleId: place.id,
      caseId,
      action: decision.action.toUpperCase(),
      input,
      spans: decision.spans.map((span) => ({
        id: goldId(moved, span.id),
        start: span.start,
        end: span.end,
        quote: placed.index.slice(span),
        label: span.label,
        attributes: span.attributes,
      })),
      links: decision.links.map((link) => ruledLink(link, moved, ids)),
      reasonCode: decision.reasonCode,
      note: decision.note,
      rule: decision.rule,
      adjudicatorId: adjudicatorOf(decision, target, reviewerOf),
      alsoReviewed: decision.alsoReviewed,
      anonymous: decision.anonymous,
      members,
      submitted: decision.submitted ?? submitted,
      suggestion: moveIds(decision.suggestion, moved),
      textSha256: decision.textSha256 ?? article.textSha256,
      ...versionsOf(target, decision),
      contentHash: requestHash(caseId ?? place.id, input),
      supersedesId: decision.supersedes === null ? null : (moved.decisions.get(decision.supersedes) ?? null),
      live: decision.live,
      at: decision.at ?? target.now,
      extra: withSource(decision.extra, decision.id),
    });
    if (decision.live) addGoldRows(rows, target, place, id, decision, gold, ids, placed, moved);
  }
}

/** Every decision, its spans with ids. `unsigned`: made of what the file's decisions do not account for, by whoever imports. */
type Signed = NativeDecision & { readonly unsigned?: true };

/** Gold spans that no living decision accounts for (a file need not give decisions) are one that creates them. */
function decisionsOf(gold: NativeGold, target: Target): readonly Signed[] {
  const named = (span: NativeSpan): NativeSpan => ({ ...span, id: span.id ?? randomUUID() });
  const decisions = gold.decisions.map((decision) => ({ ...decision, spans: decision.spans.map(named) }));
  const told = new Set(decisions.filter((one) => one.live).flatMap((one) => one.spans.map((span) => span.id)));
  const spans = gold.spans.filter((span) => span.id === null || !told.has(span.id)).map(named);
  if (spans.length === 0) return decisions;
  const ids = new Set(spans.map((span) => span.id));
  const rest: Signed = {
    id: null,
    action: "create",
    case: null,
    spans,
    links: gold.links.filter((link) => ids.has(link.from)),
    reasonCode: null,
    note: "",
    rule: null,
    adjudicator: "",
    alsoReviewed: false,
    anonymous: false,
    members: [],
    submitted: null,
    suggestion: null,
    input: { action: "create", imported: true },
    textSha256: null,
    schemeVersion: null,
    guidelineVersion: null,
    supersedes: null,
    live: true,
    at: target.now,
    extra: {},
    unsigned: true,
  };
  return [...decisions, rest];
}

const adjudicatorOf = (decision: Signed, target: Target, reviewerOf: Reviewers): string | null => {
  if (decision.unsigned) return target.actorId;
  return decision.adjudicator === POLICY ? null : reviewerOf(decision.adjudicator);
};

const idHere = (known: ReadonlyMap<string, string>, id: string): string =>
  known.get(id) ?? (isUuid(id) ? id.toLowerCase() : id);

const goldId = (moved: Moved, id: string | null): string => (id === null ? randomUUID() : idHere(moved.gold, id));

/**
 * A decision made on what the spans say now still is, though their ids are others here: its hashes are made anew. One whose hash did not
 * agree in the file keeps it, and is stale here as it was there.
 */
function hashesOf(
  article: NativeArticle,
  placed: SpanPlaces,
  moved: Moved,
): (span: string, hash: string | null) => string {
  const old = new Map<string, { readonly span: CaseSpan; readonly links: readonly CaseLink[] }>();
  for (const review of article.reviews) {
    const links = review.links.map(({ type, from, to, toText }) => ({
      reviewer: review.reviewer,
      type,
      from,
      to,
      toText,
    }));
    for (const span of review.spans)
      if (span.id !== null) old.set(span.id, { span: { ...span, id: span.id, reviewer: "" }, links });
  }
  const here = (id: string | null) => (id === null ? null : idHere(moved.spans, id));
  return (id, hash) => {
    const said = old.get(id);
    if (!said || !placed.ids.has(id)) return hash ?? "";
    if (hash !== null && hash !== sha256(memberContent(said.span, said.links))) return hash;
    const span = { ...said.span, id: idHere(moved.spans, id) };
    const links = said.links.map((link) => ({ ...link, from: idHere(moved.spans, link.from), to: here(link.to) }));
    return sha256(memberContent(span, links));
  };
}

/** The case that the decision ruled, made once however many decisions there are on it; null for `create`. */
function addCase(
  rows: MarkRows,
  made: Map<string, object>,
  target: Target,
  place: ArticlePlace,
  decision: NativeDecision,
  ids: Ids,
  reviewerOf: Reviewers,
  placed: SpanPlaces,
  moved: Moved,
): string | null {
  const ruled = decision.case;
  if (!ruled) return null;
  const name = ruled.id ?? `${ruled.start}-${ruled.end}-${ruled.labels.join()}`;
  const known = moved.cases.get(name);
  const id = known ?? ids.place("case", ruled.id, place.id);
  moved.cases.set(name, id);
  const members = decision.members.flatMap(({ span }): StoredMember[] => {
    const at = placed.spans.get(idHere(moved.spans, span));
    if (!at) return [];
    const { start, end, label, attributes, note, uncertain } = at.span;
    const spanId = idHere(moved.spans, span);
    return [
      { reviewId: at.reviewId, reviewerId: at.reviewerId, spanId, start, end, label, attributes, note, uncertain },
    ];
  });
  const row = {
    id,
    projectId: target.projectId,
    articleId: place.id,
    start: ruled.start,
    end: ruled.end,
    labels: ruled.labels,
    primaryFlag: ruled.primary,
    flags: ruled.flags,
    members,
    missing: ruled.missing.map(reviewerOf),
    status: decision.live ? "DECIDED" : "OPEN",
    foundAt: decision.at ?? target.now,
  };
  const earlier = made.get(id);
  if (earlier === undefined) rows.cases.push(row);
  // The latest decision knows the case best; the case is as old as its first.
  else Object.assign(earlier, row, { foundAt: Reflect.get(earlier, "foundAt") });
  made.set(id, earlier ?? row);
  return id;
}

/** Every id that stands in a request or suggestion, where this import gave it another. */
function moveIds(value: Json, moved: Moved): Json {
  if (typeof value === "string")
    return (
      moved.spans.get(value) ?? moved.gold.get(value) ?? moved.cases.get(value) ?? moved.decisions.get(value) ?? value
    );
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one: Json) => moveIds(one, moved));
  return Object.fromEntries(Object.entries(value).map(([name, one]: [string, Json]) => [name, moveIds(one, moved)]));
}

/** A request is an object; a file that gives none has none. */
const requestOf = (input: Json, moved: Moved): object => {
  const here = moveIds(input, moved);
  return typeof here === "object" && here !== null && !Array.isArray(here) ? here : {};
};

/** As decisions hold links (lib/cases/gold.ts RuledLink). A file of ours gives the target as it was ruled under `target`. */
function ruledLink(link: NativeLink, moved: Moved, ids: Ids): object {
  const { target, ...extra } = link.extra;
  const at = {
    id: link.id !== null && isUuid(link.id) ? link.id.toLowerCase() : randomUUID(),
    type: link.type,
    from: idHere(moved.gold, link.from),
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  };
  if (typeof target === "object" && target !== null && !Array.isArray(target)) {
    const caseId: Json | undefined = Reflect.get(target, "caseId");
    const spanId: Json | undefined = Reflect.get(target, "spanId");
    if (typeof caseId === "string")
      return { ...at, target: { ...target, caseId: moved.cases.get(caseId) ?? ids.reference("case", caseId) } };
    if (typeof spanId === "string")
      return { ...at, target: { ...target, spanId: moved.gold.get(spanId) ?? ids.reference("goldSpan", spanId) } };
    return { ...at, target };
  }
  if (link.to !== null) return { ...at, target: { kind: "span", spanId: idHere(moved.gold, link.to) } };
  return { ...at, target: { kind: "text", text: link.toText ?? "" } };
}

/** Gold has no column for how it came about: what a file says of that comes out again under `extra`. */
const cameAbout = ({ extra, accepted, suggestion }: NativeSpan): Extra => ({
  ...extra,
  ...(accepted ? { accepted } : {}),
  ...(suggestion ? { suggestion } : {}),
});

/** Gold as it stands: what the file says of the living decision's spans, and the links that start at them. */
function addGoldRows(
  rows: MarkRows,
  target: Target,
  place: ArticlePlace,
  decisionId: string,
  decision: NativeDecision,
  gold: NativeGold,
  ids: Ids,
  placed: SpanPlaces,
  moved: Moved,
): void {
  const own = new Set(decision.spans.map((span) => span.id));
  const said = new Map(gold.spans.map((span) => [span.id, span]));
  for (const span of decision.spans) {
    const full: NativeSpan = said.get(span.id) ?? span;
    rows.goldSpans.push({
      id: goldId(moved, span.id),
      projectId: target.projectId,
      articleId: place.id,
      textLength: place.length,
      decisionId,
      start: full.start,
      end: full.end,
      quote: placed.index.slice(full),
      label: full.label,
      attributes: full.attributes,
      note: full.note,
      uncertain: full.uncertain,
      ...versionsOf(target, full),
      extra: withSource(cameAbout(full), full.id),
    });
  }
  const labels = new Map(gold.spans.flatMap((span) => (span.id === null ? [] : [[span.id, span.label] as const])));
  gold.links.forEach((link, i) => {
    if (!own.has(link.from)) return;
    const id = ids.place("goldLink", link.id, place.id);
    rows.goldLinks.push({
      id,
      projectId: target.projectId,
      articleId: place.id,
      decisionId,
      type: link.type,
      fromId: idHere(moved.gold, link.from),
      toId: link.to === null ? null : idHere(moved.gold, link.to),
      toText: link.toText,
      extra: withSource(link.accepted ? { ...link.extra, accepted: true } : link.extra, link.id),
    });
    if (link.to === null || labels.has(link.to)) return;
    rows.far.push({
      id,
      gold: true,
      target: idHere(moved.gold, link.to),
      moved: movedId(target.projectId, "goldSpan", link.to),
      type: link.type,
      fromLabel: labels.get(link.from) ?? "",
      path: `gold.links.${i}.to`,
    });
  });
}
