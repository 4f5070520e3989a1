/**
 * All that finding and deciding the cases of articles rests on, read for several articles at once in a fixed number of statements, and
 * between the shapes of the database and those of lib/cases. Whoever writes cases or decisions holds the articles' locks.
 */
import { hash } from "node:crypto";
import { Prisma } from "../../generated/prisma/client";
import type { OwnReview } from "../access/can";
import { type Case, FLAGS, type Flag, type Member, type PrimaryFlag } from "../cases/case";
import type { MemberHash, Staleness } from "../cases/content";
import type { GoldSpan, RuledLink, Ruling } from "../cases/gold";
import type { Suggestion } from "../cases/suggest";
import type { Attributes } from "../spans/model";
import type { Tx } from "./db";

export type CaseStatus = "OPEN" | "DECIDED" | "STALE" | "ORPHANED" | "CLOSED";

/** As a case's row holds a member. Those of imports may lack what is optional. */
export type StoredMember = {
  readonly reviewId: string;
  readonly reviewerId: string;
  readonly spanId: string;
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly hash?: string;
  readonly attributes?: Attributes;
  readonly note?: string;
  readonly uncertain?: boolean;
  readonly twins?: readonly string[];
};

export type CaseRow = Case & {
  readonly id: string;
  readonly status: CaseStatus;
  readonly suggestion: Suggestion | null;
  readonly stale: Staleness | null;
  readonly foundAt: string;
  readonly closedAt: string | null;
};

/** A live decision. `of`: the decision that this one belongs to, where cases were merged. */
export type LiveDecision = {
  readonly id: string;
  readonly caseId: string | null;
  readonly of: string | null;
  readonly spans: readonly GoldSpan[];
  readonly links: readonly RuledLink[];
  readonly members: readonly MemberHash[];
  readonly submitted: number;
};

export type SubmittedReview = { readonly id: string; readonly reviewerId: string };

export type ArticleFile = {
  readonly articleId: string;
  readonly projectId: string;
  readonly textId: string;
  readonly textLength: number;
  readonly textSha256: string;
  readonly state: "OPEN" | "ADJUDICATION" | "SETTLED";
  readonly closedEarly: boolean;
  /** Reviews that the project or batch wants, and of them those that the policy of the third reviewer added. */
  readonly wanted: number;
  readonly more: number;
  readonly thirdReviewer: "never" | "differ" | "low";
  /** Per cent. */
  readonly thirdBelow: number;
  readonly acceptUnanimous: boolean;
  readonly schemeVersion: number;
  readonly guidelineVersion: number;
  readonly submitted: readonly SubmittedReview[];
  /** How many reviews are assigned or in progress. */
  readonly underWay: number;
  /** Every case but the closed ones. */
  readonly cases: readonly CaseRow[];
  readonly decisions: readonly LiveDecision[];
};

export const sha256 = (text: string): string => hash("sha256", text);

export async function lockArticles(tx: Tx, articleIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Article" WHERE "id" = ANY (${[...articleIds]}::uuid[]) ORDER BY "id" FOR NO KEY UPDATE`;
}

type CaseJson = Omit<CaseRow, keyof Case | "stale"> & {
  readonly start: number;
  readonly end: number;
  readonly labels: readonly string[];
  readonly primaryFlag: string;
  readonly flags: readonly string[];
  readonly members: readonly StoredMember[];
  readonly missing: readonly string[];
  readonly staleReason: Staleness | null;
};

type DecisionJson = Omit<LiveDecision, "links" | "spans" | "members"> & {
  readonly spans: readonly GoldSpan[];
  readonly links: readonly StoredLink[];
  readonly members: unknown;
};

type FileRow = Omit<ArticleFile, "submitted" | "underWay" | "cases" | "decisions"> & {
  readonly reviews: readonly (SubmittedReview & { readonly status: OwnReview })[] | null;
  readonly cases: readonly CaseJson[] | null;
  readonly decisions: readonly DecisionJson[] | null;
};

/** Of the article `a`. */
const LIVE_DECISIONS = Prisma.sql`
  SELECT json_agg(json_build_object('id', d."id", 'caseId', d."caseId", 'of', d."input" -> 'of', 'spans', d."spans",
           'links', d."links", 'members', d."members", 'submitted', d."submitted") ORDER BY d."at", d."id")
    FROM "Decision" d WHERE d."projectId" = a."projectId" AND d."articleId" = a."id" AND d."live"`;

/** Files of the articles that are there and not in the bin, by id. */
export async function filesOf(tx: Tx, articleIds: readonly string[]): Promise<ReadonlyMap<string, ArticleFile>> {
  const rows = await tx.$queryRaw<FileRow[]>`
    SELECT a."id" AS "articleId", a."projectId", a."textId", a."textLength", t."sha256" AS "textSha256", a."state"::text AS "state",
           a."closedEarly", gloss_wanted(a."single", a."more", b."reviewersPerArticle", p."reviewersPerArticle") AS "wanted",
           a."more", CASE WHEN coalesce(b."purpose", 'ordinary') = 'ordinary' THEN p."thirdReviewer" ELSE 'never' END AS "thirdReviewer", p."thirdBelow", p."acceptUnanimous",
           p."schemeVersion", p."guidelineVersion",
           (SELECT json_agg(json_build_object('id', r."id", 'reviewerId', r."reviewerId", 'status', r."status") ORDER BY r."id")
              FROM "Review" r WHERE r."projectId" = a."projectId" AND r."articleId" = a."id" AND r."deletedAt" IS NULL
               AND r."status" <> 'SKIPPED' AND NOT r."training") AS "reviews",
           (SELECT json_agg(json_build_object('id', c."id", 'start', c."start", 'end', c."end", 'labels', c."labels",
                     'primaryFlag', c."primaryFlag", 'flags', c."flags", 'members', c."members", 'missing', c."missing",
                     'suggestion', c."suggestion", 'status', c."status", 'staleReason', c."staleReason",
                     'foundAt', to_char(c."foundAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                     'closedAt', to_char(c."closedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
                   ORDER BY c."start", c."end", c."id")
              FROM "Case" c WHERE c."projectId" = a."projectId" AND c."articleId" = a."id" AND c."status" <> 'CLOSED') AS "cases",
           (${LIVE_DECISIONS}) AS "decisions"
      FROM "Article" a
      JOIN "ArticleText" t ON t."id" = a."textId"
      JOIN "Project" p ON p."id" = a."projectId"
      LEFT JOIN "Batch" b ON b."id" = a."batchId"
     WHERE a."id" = ANY (${[...articleIds]}::uuid[]) AND a."deletedAt" IS NULL`;
  return new Map(rows.map((row) => [row.articleId, fileOf(row)]));
}

function fileOf({ reviews, cases, decisions, ...row }: FileRow): ArticleFile {
  const all = reviews ?? [];
  return {
    ...row,
    submitted: all.filter((r) => r.status === "SUBMITTED").map(({ id, reviewerId }) => ({ id, reviewerId })),
    underWay: all.filter((r) => r.status !== "SUBMITTED").length,
    cases: (cases ?? []).map(caseOf),
    decisions: (decisions ?? []).map(decisionOf),
  };
}

const decisionOf = ({ links, members, ...decision }: DecisionJson): LiveDecision => ({
  ...decision,
  links: links.flatMap(ruledLink),
  members: Array.isArray(members) ? members : [],
});

/** What an article's gold links are made of. */
export async function ruledIn(
  tx: Tx,
  articleId: string,
): Promise<Pick<ArticleFile, "articleId" | "projectId" | "schemeVersion" | "decisions"> | null> {
  const [row] = await tx.$queryRaw<
    { projectId: string; schemeVersion: number; decisions: readonly DecisionJson[] | null }[]
  >`
    SELECT a."projectId", p."schemeVersion", (${LIVE_DECISIONS}) AS "decisions"
      FROM "Article" a JOIN "Project" p ON p."id" = a."projectId" WHERE a."id" = ${articleId}::uuid AND a."deletedAt" IS NULL`;
  return row ? { ...row, articleId, decisions: (row.decisions ?? []).map(decisionOf) } : null;
}

const isFlag = (flag: string): flag is Flag => FLAGS.some((known) => known === flag);
const primaryOf = (flag: string): PrimaryFlag =>
  isFlag(flag) && flag !== "SELF_OVERLAP" && flag !== "LOW_COHESION" ? flag : "AGREEMENT";

export const memberOf = (m: StoredMember): Member => ({
  id: m.spanId,
  reviewer: m.reviewerId,
  start: m.start,
  end: m.end,
  label: m.label,
  attributes: m.attributes ?? {},
  note: m.note ?? "",
  uncertain: m.uncertain ?? false,
  twins: m.twins ?? [],
});

export function caseOf({ primaryFlag, staleReason, members, flags, missing, ...row }: CaseJson): CaseRow {
  return {
    ...row,
    primary: primaryOf(primaryFlag),
    flags: flags.filter(isFlag),
    members: members.map(memberOf),
    missing,
    // Whoever submitted either has a member or is missing.
    submitted: new Set(members.map((m) => m.reviewerId)).size + missing.length,
    stale: staleReason,
  };
}

/** As decisions hold links; those of imports name their ends as reviews do. */
type StoredLink = Pick<RuledLink, "id" | "type" | "from"> &
  Partial<Pick<RuledLink, "target">> & { readonly to?: string | null; readonly toText?: string | null };

function ruledLink({ id, type, from, target, to, toText }: StoredLink): readonly RuledLink[] {
  if (target) return [{ id, type, from, target }];
  if (to) return [{ id, type, from, target: { kind: "span", spanId: to } }];
  return toText ? [{ id, type, from, target: { kind: "text", text: toText } }] : [];
}

/** The rulings of live decisions, those on merged cases as one. */
export function rulingsOf(decisions: readonly LiveDecision[]): readonly (Ruling & { readonly decisionId: string })[] {
  const parts = new Map<string, string[]>();
  for (const { of, caseId } of decisions) if (of && caseId) parts.set(of, [...(parts.get(of) ?? []), caseId]);
  return decisions
    .filter((d) => d.of === null)
    .map((d) => ({
      decisionId: d.id,
      caseIds: [...(d.caseId ? [d.caseId] : []), ...(parts.get(d.id) ?? [])],
      spans: d.spans,
      links: d.links,
    }));
}
