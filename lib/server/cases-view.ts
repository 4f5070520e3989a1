/** Cases as they are shown: who marked what under lanes, or by name where names may be shown. */
import type { Case } from "../cases/case";
import { type Staleness, stalenessInWords } from "../cases/content";
import type { Suggestion } from "../cases/suggest";
import { caseInWords } from "../cases/words";
import { labelOf } from "../scheme/lookup";
import type { Scheme } from "../scheme/scheme";
import type { Attributes } from "../spans/model";
import type { Range } from "../text/range";
import { type CaseRow, caseOf, type StoredMember } from "./cases-file";
import { lanesFor } from "./cases-lanes";
import { changesOf, type Said } from "./cases-stale";
import type { Tx } from "./db";
import { type DecisionView, decisionsOf } from "./decisions-view";
import { schemeOf, textsOf } from "./kept";

export type LaneView = {
  readonly lane: string;
  /** Only when revealed. */
  readonly reviewerId?: string;
  readonly name?: string;
};

export type MemberView = Range & {
  readonly lane: string;
  readonly spanId: string;
  readonly label: string;
  readonly quote: string;
  readonly attributes: Attributes;
  readonly note: string;
  readonly uncertain: boolean;
  /** `words`: what the link ends in, as the text or the reviewer says it. */
  readonly links: readonly {
    readonly type: string;
    readonly to: string | null;
    readonly toText: string | null;
    readonly words: string;
  }[];
};

/** With lanes for reviewers in `votes`, `links` and `weights`. */
export type CaseView = Range & {
  readonly id: string;
  readonly projectId: string;
  readonly articleId: string;
  readonly quote: string;
  readonly labels: readonly string[];
  readonly primary: string;
  readonly flags: readonly string[];
  readonly status: CaseRow["status"];
  /** "Two marked a claim, with different ends; one marked nothing." */
  readonly words: string;
  readonly members: readonly MemberView[];
  /** Lanes that marked nothing here. */
  readonly missing: readonly string[];
  /** All lanes of the article. */
  readonly lanes: readonly LaneView[];
  readonly anonymous: boolean;
  readonly suggestion: Suggestion | null;
  readonly decision: DecisionView | null;
  /** What changed under a stale decision. */
  readonly stale: (Staleness & { readonly words: string; readonly changes?: readonly ChangeView[] }) | null;
  readonly foundAt: string;
};

/** A member then and now. */
export type ChangeView = {
  readonly lane: string;
  readonly was: SaidView | null;
  readonly now: SaidView | null;
};
type SaidView = Said & { readonly quote: string };

/** A row of "Case" with what its article says. */
export type ListedCase = {
  readonly id: string;
  readonly projectId: string;
  readonly articleId: string;
  readonly textId: string;
  readonly state: "OPEN" | "ADJUDICATION" | "SETTLED";
  readonly schemeVersion: number;
  readonly start: number;
  readonly end: number;
  readonly labels: readonly string[];
  readonly primaryFlag: string;
  readonly flags: readonly string[];
  readonly members: readonly StoredMember[];
  readonly missing: readonly string[];
  readonly suggestion: Suggestion | null;
  readonly status: CaseRow["status"];
  readonly staleReason: Staleness | null;
  readonly foundAt: Date;
};

type LinkRow = {
  readonly fromId: string;
  readonly type: string;
  readonly to: string | null;
  readonly toText: string | null;
  readonly quote: string | null;
};

const LONGEST_WORDS = 200;
const clipped = (text: string) =>
  [...text].length > LONGEST_WORDS ? `${[...text].slice(0, LONGEST_WORDS).join("")}…` : text;

/** `reveal` asks for names; a settled article always has them. The caller has checked that the actor may see these cases. */
export async function viewsOf(
  tx: Tx,
  actorId: string,
  rows: readonly ListedCase[],
  reveal: boolean,
  {
    whole = false,
    decisions: known,
  }: {
    /** Also what changed under stale decisions: for one article or case, not for lists. */
    readonly whole?: boolean;
    /** Where they have been read. */
    readonly decisions?: readonly DecisionView[];
  } = {},
): Promise<readonly CaseView[]> {
  if (rows.length === 0) return [];
  const reviewers = await reviewersOf(tx, [...new Set(rows.map((r) => r.articleId))]);
  const spanIds = rows.flatMap((r) => r.members.map((m) => m.spanId));
  const links = new Map<string, LinkRow[]>();
  for (const link of await linksFrom(tx, rows[0]?.projectId ?? "", spanIds)) {
    const known = links.get(link.fromId);
    if (known) known.push(link);
    else links.set(link.fromId, [link]);
  }
  const made = known ?? (await decisionsOf(tx, { liveOfCases: rows.map((r) => r.id) }));
  const decisions = new Map(made.flatMap((d) => (d.live ? [[d.caseId, d] as const] : [])));
  const texts = await textsOf(tx, [...new Set(rows.map((r) => r.textId))]);
  const quoteIn = new Map(rows.map((row) => [row.articleId, texts.get(row.textId)] as const));
  const stale = whole ? rows.filter((row) => row.status === "STALE") : [];
  const changes = await changesOf(tx, stale, (articleId, range) => quoteIn.get(articleId)?.slice(range) ?? "");
  const schemes = new Map<string, Scheme>();
  const views: CaseView[] = [];
  for (const row of rows) {
    const text = texts.get(row.textId);
    if (!text) throw new Error(`text ${row.textId} is not there`);
    const version = `${row.projectId} ${row.schemeVersion}`;
    const scheme = schemes.get(version) ?? (await schemeOf(tx, row.projectId, row.schemeVersion));
    schemes.set(version, scheme);
    const known = reviewers.get(row.articleId) ?? new Map<string, string>();
    const lanes = lanesFor(actorId, row.articleId, [
      ...known.keys(),
      ...row.members.map((m) => m.reviewerId),
      ...row.missing,
    ]);
    const lane = (reviewer: string) => lanes.get(reviewer) ?? "?";
    const named = reveal || row.state === "SETTLED";
    const c = caseOf({ ...row, foundAt: row.foundAt.toISOString(), closedAt: null });
    views.push({
      id: row.id,
      projectId: row.projectId,
      articleId: row.articleId,
      start: row.start,
      end: row.end,
      quote: text.slice(row),
      labels: row.labels,
      primary: row.primaryFlag,
      flags: row.flags,
      status: row.status,
      words: inWords(c, scheme),
      members: c.members.map((m) => ({
        lane: lane(m.reviewer),
        spanId: m.id,
        start: m.start,
        end: m.end,
        label: m.label,
        quote: text.slice(m),
        attributes: m.attributes,
        note: m.note ?? "",
        uncertain: m.uncertain ?? false,
        links: (links.get(m.id) ?? []).map(({ type, to, toText, quote }) => ({
          type,
          to,
          toText,
          words: clipped(toText ?? quote ?? ""),
        })),
      })),
      missing: row.missing.map(lane).sort(byLane),
      lanes: [...lanes]
        .map(
          ([reviewerId, name]): LaneView =>
            named ? { lane: name, reviewerId, name: known.get(reviewerId) ?? "" } : { lane: name },
        )
        .sort((a, b) => byLane(a.lane, b.lane)),
      anonymous: !named,
      suggestion: row.suggestion && withLanes(row.suggestion, lane),
      decision: decisions.get(row.id) ?? null,
      stale: row.staleReason && {
        ...row.staleReason,
        words: stalenessInWords(row.staleReason),
        ...(changes.has(row.id) && {
          changes: (changes.get(row.id) ?? []).map(({ reviewerId, was, now }): ChangeView => {
            const said = (one: Said | null) => one && { ...one, quote: text.slice(one) };
            return { lane: reviewerId ? lane(reviewerId) : "?", was: said(was), now: said(now) };
          }),
        }),
      },
      foundAt: row.foundAt.toISOString(),
    });
  }
  return views;
}

const byLane = (a: string, b: string) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

const inWords = (c: Case, scheme: Scheme) => caseInWords(c, (key) => labelOf(scheme, key)?.name ?? key);

function withLanes(suggestion: Suggestion, lane: (reviewer: string) => string): Suggestion {
  const lanes = (who: readonly string[]) => who.map(lane).sort(byLane);
  return {
    ...suggestion,
    votes: Object.fromEntries(Object.entries(suggestion.votes).map(([label, who]) => [label, lanes(who)])),
    links: suggestion.links.map((link) => ({ ...link, votes: lanes(link.votes) })),
    weights:
      suggestion.weights &&
      Object.fromEntries(Object.entries(suggestion.weights).map(([who, weight]) => [lane(who), weight])),
  };
}

/** By article: whoever submitted a review of it, and their name. */
async function reviewersOf(tx: Tx, articleIds: readonly string[]): Promise<ReadonlyMap<string, Map<string, string>>> {
  const rows = await tx.$queryRaw<{ articleId: string; reviewerId: string; name: string }[]>`
    SELECT r."articleId", r."reviewerId", u."name"
      FROM "Review" r JOIN "User" u ON u."id" = r."reviewerId"
     WHERE r."articleId" = ANY (${[...articleIds]}::uuid[]) AND r."deletedAt" IS NULL AND r."status" = 'SUBMITTED'
       AND NOT r."training"`;
  const by = new Map<string, Map<string, string>>();
  for (const { articleId, reviewerId, name } of rows)
    by.set(articleId, (by.get(articleId) ?? new Map<string, string>()).set(reviewerId, name));
  return by;
}

const linksFrom = (tx: Tx, projectId: string, spanIds: readonly string[]) => tx.$queryRaw<LinkRow[]>`
  SELECT l."fromId", l."type", l."toId" AS "to", l."toText", coalesce(s."quote", '') AS "quote"
    FROM "Link" l LEFT JOIN "Span" s ON s."id" = l."toId"
   WHERE l."projectId" = ${projectId}::uuid AND l."fromId" = ANY (${[...spanIds]}::uuid[]) AND NOT l."removed"
   ORDER BY l."createdAt", l."id"`;
