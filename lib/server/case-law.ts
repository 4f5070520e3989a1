/** The guideline as case law: what was decided by a rule, and what to look at again since a rule changed. */
import type { z } from "zod";
import { Prisma } from "../../generated/prisma/client";
import { type Actor, personOf } from "../access/actor";
import type { ProjectFacts } from "../access/can";
import { ok, type Result } from "../result";
import { rules } from "../scheme/guideline";
import { projectFor } from "./access";
import { record } from "./audit";
import type {
  citingPage,
  keepBody,
  keptView,
  lawQuery,
  recheckPage,
  recheckQuery,
  ruleCounts,
} from "./case-law.schema";
import { current } from "./current";
import { type Tx, transaction } from "./db";
import { decodeCursor, limitOf, page } from "./paging";
import { visibleMarks } from "./threads-sql";

type Citing = z.infer<typeof citingPage>;
type Recheck = z.infer<typeof recheckPage>;
type Dated<T> = Omit<T, "at"> & { readonly at: Date };

const dated = <T extends { readonly at: Date }>(row: T) => ({ ...row, at: row.at.toISOString() });

/** Over d, the decision; a, its article; t, the text. */
const CITED = Prisma.sql`
  d."id" AS "decisionId", d."caseId", d."articleId", a."title", lower(d."action"::text) AS "action",
  coalesce((SELECT substring(t."body", min(coalesce((s ->> 'start')::int, c."start")) + 1,
                     least(300, max(coalesce((s ->> 'end')::int, c."end")) - min(coalesce((s ->> 'start')::int, c."start"))))
              FROM (SELECT 1) one LEFT JOIN LATERAL jsonb_array_elements(d."spans") s ON true), '') AS "quote",
  ARRAY(SELECT DISTINCT s ->> 'label' FROM jsonb_array_elements(d."spans") s ORDER BY 1) AS "labels", d."note", u."name" AS "by",
  d."guidelineVersion", d."at"`;
const FROM = Prisma.sql`
  FROM "Decision" d JOIN "Article" a ON a."id" = d."articleId" AND a."deletedAt" IS NULL JOIN "ArticleText" t ON t."id" = a."textId"
  LEFT JOIN "Case" c ON c."id" = d."caseId" LEFT JOIN "User" u ON u."id" = d."adjudicatorId"`;

/** The guideline's rules with how many live decisions, that the actor may see, cite each. */
export const ruleLaw = (actor: Actor, projectId: string): Promise<Result<z.infer<typeof ruleCounts>>> =>
  transaction<z.infer<typeof ruleCounts>>(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.see");
    if (!may.ok) return may;
    const [guideline] = await tx.$queryRaw<{ markdown: string }[]>`
      SELECT g."markdown" FROM "GuidelineVersion" g JOIN "Project" p ON p."id" = g."projectId" AND p."guidelineVersion" = g."version"
       WHERE p."id" = ${projectId}::uuid`;
    const rows = await tx.$queryRaw<{ rule: string; count: number }[]>`
      SELECT d."rule", count(*)::int AS "count" FROM "Decision" d JOIN "Article" a ON a."id" = d."articleId" AND a."deletedAt" IS NULL
       WHERE d."projectId" = ${projectId}::uuid AND d."rule" IS NOT NULL AND d."live" AND ${visibleMarks(actor, may.value)} GROUP BY 1`;
    const counts = new Map(rows.map((row) => [row.rule, row.count]));
    const now = rules(guideline?.markdown ?? "");
    const gone = rows.filter((row) => !now.some((rule) => rule.anchor === row.rule));
    return ok({
      items: [
        ...now.map(({ anchor, title, number, section }) => ({
          anchor,
          title,
          number,
          section,
          decisions: counts.get(anchor) ?? 0,
        })),
        ...gone.map((row) => ({
          anchor: row.rule,
          title: `${row.rule} (no longer there)`,
          number: null,
          section: null,
          decisions: row.count,
        })),
      ],
      nextCursor: null,
    });
  });

/** Decisions that cite a rule, the newest first; those that were superseded stay in the list. */
export const decisionsUnder = (
  actor: Actor,
  projectId: string,
  rule: string,
  query: z.infer<typeof lawQuery> = {},
): Promise<Result<Citing>> =>
  transaction<Citing>(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.see");
    if (!may.ok) return may;
    const after = decodeCursor("law", ["time", "uuid"], query.cursor);
    if (!after.ok) return after;
    const [at = null, id = null] = after.value ?? [];
    const limit = limitOf(query);
    const rows = await tx.$queryRaw<Dated<Citing["items"][number]>[]>`
      SELECT ${CITED}, d."live" ${FROM}
       WHERE d."projectId" = ${projectId}::uuid AND d."rule" = ${rule} AND d."action" <> 'REOPEN' AND ${visibleMarks(actor, may.value)}
         AND (${id}::text IS NULL OR (d."at", d."id"::text) < (${at}::timestamptz, ${id}::text))
       ORDER BY d."at" DESC, d."id"::text DESC LIMIT ${limit + 1}`;
    const listed = page(rows, limit, "law", (row) => [row.at.toISOString(), row.decisionId]);
    return ok({ items: listed.items.map(dated), nextCursor: listed.nextCursor });
  });

/**
 * Live decisions made under an earlier guideline that cite a rule which changed since, or whose gold has a label that the rule is about;
 * but for those that were looked at since. Over d and a.
 */
const due = (
  actor: Actor,
  facts: ProjectFacts,
  rule: string | null,
  project = Prisma.sql`${facts.projectId}::uuid`,
) => Prisma.sql`
  d."projectId" = ${project} AND d."live" AND ${visibleMarks(actor, facts)} AND EXISTS (
    SELECT 1 FROM "RuleChange" r WHERE r."projectId" = d."projectId" AND (${rule}::text IS NULL OR r."anchor" = ${rule}::text)
       AND ${touches})`;
const touches = Prisma.sql`
  r."version" > greatest(d."guidelineVersion", (SELECT k."version" FROM "DecisionKept" k WHERE k."decisionId" = d."id"))
  AND (r."anchor" = d."rule" OR EXISTS (SELECT 1 FROM "GoldSpan" g WHERE g."decisionId" = d."id" AND g."label" = ANY (r."labels")))`;

const MOST = 10_000;

const countDue = async (tx: Tx, actor: Actor, facts: ProjectFacts, rule: string | null): Promise<number> => {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM (
      SELECT 1 FROM "Decision" d JOIN "Article" a ON a."id" = d."articleId" AND ${current}
       WHERE ${due(actor, facts, rule)} LIMIT ${MOST}) found`;
  return row?.count ?? 0;
};

/** Of those projects, in all of which the actor stands alike: how many decisions are due, and since which version of the guideline. */
export const dueByProject = (tx: Tx, actor: Actor, facts: ProjectFacts, projectIds: readonly string[]) => tx.$queryRaw<
  { projectId: string; version: number; at: Date; count: number }[]
>`
  SELECT last."projectId", last."version", last."at", n."count"
    FROM (SELECT DISTINCT ON (g."projectId") g."projectId", g."version", g."createdAt" AS "at"
            FROM "GuidelineVersion" g JOIN "RuleChange" r ON r."projectId" = g."projectId" AND r."version" = g."version"
           WHERE g."projectId" = ANY (${[...projectIds]}::uuid[]) ORDER BY g."projectId", g."version" DESC) last
   CROSS JOIN LATERAL (SELECT count(*)::int AS "count" FROM (
      SELECT 1 FROM "Decision" d JOIN "Article" a ON a."id" = d."articleId" AND ${current}
       WHERE ${due(actor, facts, null, Prisma.sql`last."projectId"`)} LIMIT ${MOST}) found) n
   WHERE n."count" > 0`;

/** The queue of what to look at again, article by article. For editors and adjudicators. */
export const recheckList = (
  actor: Actor,
  projectId: string,
  query: z.infer<typeof recheckQuery> = {},
): Promise<Result<Recheck>> =>
  transaction<Recheck>(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "articles.list");
    if (!may.ok) return may;
    const after = decodeCursor("recheck", ["number", "time", "uuid"], query.cursor);
    if (!after.ok) return after;
    const [position = null, at = null, id = null] = after.value ?? [];
    const limit = limitOf(query);
    const rule = query.rule ?? null;
    type Row = Dated<Recheck["items"][number]> & { readonly position: bigint };
    const rows = await tx.$queryRaw<Row[]>`
      SELECT ${CITED}, d."rule" AS "cites", a."position",
             (SELECT json_agg(json_build_object('anchor', r."anchor", 'title', r."title", 'kind', r."kind", 'version', r."version")
                              ORDER BY r."version", r."anchor") FROM "RuleChange" r WHERE r."projectId" = d."projectId" AND ${touches}) AS "because"
        ${FROM}
       WHERE ${due(actor, may.value, rule)} AND ${current}
         AND (${id}::text IS NULL OR (a."position", d."at", d."id"::text) > (${position}::bigint, ${at}::timestamptz, ${id}::text))
       ORDER BY a."position", d."at", d."id"::text LIMIT ${limit + 1}`;
    const listed = page(rows, limit, "recheck", (row) => [Number(row.position), row.at.toISOString(), row.decisionId]);
    const items = listed.items.map(({ position: _position, ...row }) => dated(row));
    return ok({ items, nextCursor: listed.nextCursor, total: await countDue(tx, actor, may.value, rule) });
  });

/** Keeps decisions as they are under the guideline of now; recorded, and harmless to repeat. */
export const keepDecisions = (
  actor: Actor,
  projectId: string,
  { decisions }: z.infer<typeof keepBody>,
): Promise<Result<z.infer<typeof keptView>>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "guideline.keep");
    if (!may.ok) return may;
    const rows = await tx.$queryRaw<{ id: string; articleId: string }[]>`
      SELECT d."id", d."articleId" FROM "Decision" d JOIN "Article" a ON a."id" = d."articleId" AND ${current}
       WHERE ${due(actor, may.value, null)} AND d."id" = ANY (${decisions}::uuid[])`;
    const ids = rows.map((row) => row.id);
    await tx.$executeRaw`
      INSERT INTO "DecisionKept" ("decisionId", "projectId", "version", "keptBy")
      SELECT x, p."id", p."guidelineVersion", ${personOf(actor)}::uuid FROM unnest(${ids}::uuid[]) x
        JOIN "Project" p ON p."id" = ${projectId}::uuid
      ON CONFLICT ("decisionId") DO UPDATE SET "version" = excluded."version", "keptBy" = excluded."keptBy", "at" = now()`;
    for (const { id: decisionId, articleId } of rows)
      await record(tx, actor, { projectId }, { type: "decision.kept", decisionId, articleId });
    return ok({ kept: ids.length, left: await countDue(tx, actor, may.value, null) });
  });
