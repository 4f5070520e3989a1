/** What reviewers marked, for finding and deciding the cases of articles, and what their links end in elsewhere. */
import type { CaseLink, CaseSpan } from "../cases/case";
import type { Tx } from "./db";

/** Of the submitted reviews that vote; `reviewer` is the reviewer's id. */
export type Marks = {
  readonly spans: readonly (CaseSpan & { readonly reviewId: string })[];
  readonly links: readonly CaseLink[];
};

/** What stands in the submitted reviews of these articles, by article. */
export async function marksOf(tx: Tx, articleIds: readonly string[]): Promise<ReadonlyMap<string, Marks>> {
  const ids = [...articleIds];
  const rows = await tx.$queryRaw<
    { readonly articleId: string; readonly spans: Marks["spans"] | null; readonly links: Marks["links"] | null }[]
  >`
    SELECT a."id" AS "articleId",
           (SELECT json_agg(json_build_object('id', s."id", 'reviewId', r."id", 'reviewer', r."reviewerId", 'start', s."start",
                     'end', s."end", 'label', s."label", 'attributes', s."attributes", 'note', s."note", 'uncertain', s."uncertain"))
              FROM "Review" r JOIN "Span" s ON s."projectId" = r."projectId" AND s."reviewId" = r."id"
             WHERE r."projectId" = a."projectId" AND r."articleId" = a."id" AND r."status" = 'SUBMITTED' AND r."deletedAt" IS NULL
               AND NOT r."training" AND NOT s."removed") AS "spans",
           (SELECT json_agg(json_build_object('id', l."id", 'reviewer', r."reviewerId", 'type', l."type", 'from', l."fromId",
                     'to', l."toId", 'toText', l."toText") ORDER BY l."id")
              FROM "Review" r JOIN "Link" l ON l."projectId" = r."projectId" AND l."reviewId" = r."id"
             WHERE r."projectId" = a."projectId" AND r."articleId" = a."id" AND r."status" = 'SUBMITTED' AND r."deletedAt" IS NULL
               AND NOT r."training" AND NOT l."removed") AS "links"
      FROM "Article" a WHERE a."id" = ANY (${ids}::uuid[])`;
  return new Map(rows.map((row) => [row.articleId, { spans: row.spans ?? [], links: row.links ?? [] }]));
}

/** Their links alone, of one article. */
export const linksOf = (tx: Tx, articleId: string): Promise<readonly CaseLink[]> => tx.$queryRaw<CaseLink[]>`
  SELECT l."id", r."reviewerId" AS "reviewer", l."type", l."fromId" AS "from", l."toId" AS "to", l."toText"
    FROM "Review" r JOIN "Link" l ON l."projectId" = r."projectId" AND l."reviewId" = r."id"
   WHERE r."articleId" = ${articleId}::uuid AND r."status" = 'SUBMITTED' AND r."deletedAt" IS NULL AND NOT r."training"
     AND NOT l."removed"
   ORDER BY l."id"`;

/** A span or gold span of another article that a link may end in. */
export type Elsewhere = {
  readonly id: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** The case that it belongs to, where it belongs to one. */
  readonly caseId: string | null;
};

/** What these ids are in the project's other articles; others are left out. */
export async function elsewhere(
  tx: Tx,
  projectId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Elsewhere>> {
  if (ids.length === 0) return new Map();
  const wanted = [...new Set(ids)];
  const rows = await tx.$queryRaw<Elsewhere[]>`
    SELECT g."id", g."label", g."start", g."end", d."caseId"
      FROM "GoldSpan" g JOIN "Decision" d ON d."id" = g."decisionId" JOIN "Article" a ON a."id" = g."articleId" AND a."deletedAt" IS NULL
     WHERE g."id" = ANY (${wanted}::uuid[]) AND g."projectId" = ${projectId}::uuid
    UNION ALL
    SELECT s."id", s."label", s."start", s."end",
           (SELECT c."id" FROM "Case" c
             WHERE c."projectId" = s."projectId" AND c."articleId" = s."articleId" AND c."status" <> 'CLOSED'
               AND (c."members" @> jsonb_build_array(jsonb_build_object('spanId', s."id"))
                 OR c."members" @> jsonb_build_array(jsonb_build_object('twins', jsonb_build_array(s."id")))) LIMIT 1) AS "caseId"
      FROM "Span" s JOIN "Article" a ON a."id" = s."articleId" AND a."deletedAt" IS NULL
     WHERE s."id" = ANY (${wanted}::uuid[]) AND s."projectId" = ${projectId}::uuid AND NOT s."removed"`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Ids in which links end outside their own article's spans. */
export function outward(marks: Marks): readonly string[] {
  const own = new Set(marks.spans.map((s) => s.id));
  return marks.links.flatMap((l) => (l.to !== null && !own.has(l.to) ? [l.to] : []));
}
