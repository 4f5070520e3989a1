/** Decisions as they are shown. */
import { Prisma } from "../../generated/prisma/client";
import type { GoldSpan, RuledLink } from "../cases/gold";
import type { Tx } from "./db";

export type DecisionView = {
  readonly id: string;
  readonly caseId: string | null;
  readonly articleId: string;
  /** "suggestion", "member", … as it was asked for. */
  readonly action: string;
  readonly spans: readonly GoldSpan[];
  readonly links: readonly RuledLink[];
  readonly reasonCode: string | null;
  readonly note: string;
  readonly rule: string | null;
  /** The adjudicator's name; null: the project's policy accepted it. */
  readonly by: string | null;
  readonly adjudicatorId: string | null;
  readonly alsoReviewed: boolean;
  readonly anonymous: boolean;
  /** How many reviews were submitted then. */
  readonly submitted: number;
  readonly schemeVersion: number;
  readonly guidelineVersion: number;
  readonly supersedes: string | null;
  /** The decision on another case whose ruling it took over, if it did. */
  readonly follows: string | null;
  readonly live: boolean;
  /** The decision on a case with which this one was merged, if it was; its spans are that one's. */
  readonly mergedInto: string | null;
  readonly at: string;
};

type Wanted =
  | { readonly ids: readonly string[] }
  | { readonly caseIds: readonly string[] }
  | { readonly liveOfCases: readonly string[] }
  | { readonly articleId: string };

function where(wanted: Wanted): Prisma.Sql {
  if ("ids" in wanted) return Prisma.sql`d."id" = ANY (${[...wanted.ids]}::uuid[])`;
  if ("caseIds" in wanted) return Prisma.sql`d."caseId" = ANY (${[...wanted.caseIds]}::uuid[])`;
  if ("liveOfCases" in wanted) return Prisma.sql`d."live" AND d."caseId" = ANY (${[...wanted.liveOfCases]}::uuid[])`;
  return Prisma.sql`d."articleId" = ${wanted.articleId}::uuid`;
}

/** In the order in which they were made. */
export async function decisionsOf(tx: Tx, wanted: Wanted): Promise<readonly DecisionView[]> {
  const rows = await tx.$queryRaw<(Omit<DecisionView, "at"> & { at: Date })[]>`
    SELECT d."id", d."caseId", d."articleId", lower(d."action"::text) AS "action", coalesce(m."spans", d."spans") AS "spans",
           coalesce(m."links", d."links") AS "links", d."reasonCode", d."note", d."rule", u."name" AS "by", d."adjudicatorId",
           d."alsoReviewed", d."anonymous", d."submitted", d."schemeVersion", d."guidelineVersion", d."supersedesId" AS "supersedes",
           d."input" ->> 'follows' AS "follows",
           d."live", m."caseId" AS "mergedInto", d."at"
      FROM "Decision" d
      LEFT JOIN "Decision" m ON m."id" = (d."input" ->> 'of')::uuid
      LEFT JOIN "User" u ON u."id" = d."adjudicatorId"
     WHERE ${where(wanted)}
     ORDER BY d."at", d."id"`;
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}
