/** Suggestions from outside: what there is of an article, and an editor's whole sets. Imports bring them (importsSuggestions.ts). */
import type { z } from "zod";
import { Prisma } from "../../generated/prisma/client";
import type { Actor } from "../access/actor";
import { notFound, ok, type Result } from "../result";
import { articleFor, isId, projectFor } from "./access";
import { record } from "./audit";
import { type Tx, transaction } from "./db";
import { byName, decodeCursor, limitOf, type Page, page } from "./paging";
import type { suggestionSetQuery, suggestionSetView, suggestionView } from "./suggestions.schema";

export type SuggestionView = z.infer<typeof suggestionView>;
export type SuggestionSetView = z.infer<typeof suggestionSetView>;

/** All of an article, in reading order: one row of JSON however many. Whoever calls it has asked whether the actor may. */
export async function suggestionsOf(tx: Tx, articleId: string): Promise<readonly SuggestionView[]> {
  const [row] = await tx.$queryRaw<{ items: SuggestionView[] | null }[]>`
    SELECT json_agg(json_build_object('id', g."id", 'set', t."id", 'by', t."name", 'person', t."person", 'score', g."score", 'start', g."start",
        'end', g."end", 'quote', g."quote", 'label', g."label", 'attributes', g."attributes", 'note', g."note", 'uncertain', g."uncertain",
        'links', (SELECT coalesce(json_agg(json_build_object('type', l->'type', 'to', l->'to', 'toText', l->'toText')), '[]')
                    FROM jsonb_array_elements(g."links") l))
        ORDER BY g."start", g."end" DESC, t."name" COLLATE "C", g."id") AS "items"
      FROM "Suggestion" g JOIN "SuggestionSet" t ON t."id" = g."setId" WHERE g."articleId" = ${articleId}::uuid`;
  return row?.items ?? [];
}

/** Refuses: not-found; forbidden, also for editors with an open review of it, where the project does not show suggestions to reviewers. */
export const articleSuggestions = (actor: Actor, articleId: string): Promise<Result<Page<SuggestionView>>> =>
  transaction(async (tx) => {
    const may = await articleFor(tx, actor, articleId, "suggestions.see");
    return may.ok ? ok({ items: await suggestionsOf(tx, articleId), nextCursor: null }) : may;
  });

const NAME = byName(Prisma.sql`t."name"`, Prisma.sql`t."id"`);

/** Who or what has suggested how much in a project. Of what became of it nothing: that is in the reviews. */
export const suggestionSets = (
  actor: Actor,
  projectId: string,
  input: z.infer<typeof suggestionSetQuery>,
): Promise<Result<Page<SuggestionSetView>>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "articles.list");
    if (!may.ok) return may;
    const after = decodeCursor(NAME.sort, NAME.kinds, input.cursor);
    if (!after.ok) return after;
    const limit = limitOf(input);
    const rows = await tx.$queryRaw<(Omit<SuggestionSetView, "createdAt"> & { createdAt: Date })[]>`
      SELECT t."id", t."name" AS "by", t."person", t."createdAt", n."articles", n."suggestions"
        FROM "SuggestionSet" t
        CROSS JOIN LATERAL (SELECT count(DISTINCT g."articleId")::int AS "articles", count(*)::int AS "suggestions" FROM "Suggestion" g
          JOIN "Article" a ON a."id" = g."articleId" AND a."deletedAt" IS NULL WHERE g."setId" = t."id") n
       WHERE t."projectId" = ${projectId}::uuid AND ${NAME.after(after.value)}
       ORDER BY ${NAME.order} LIMIT ${limit + 1}`;
    const listed = page(rows, limit, NAME.sort, ({ by, id }) => [by, id]);
    return ok({ ...listed, items: listed.items.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })) });
  });

/** With every suggestion in it and the dismissals of them. Spans that were made of one stay, and still say so. */
export const deleteSuggestions = (actor: Actor, projectId: string, setId: string): Promise<Result<null>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit");
    if (!may.ok) return may;
    const set = isId(setId) ? await tx.suggestionSet.findFirst({ where: { id: setId, projectId } }) : null;
    if (!set) return notFound();
    const { count } = await tx.suggestion.deleteMany({ where: { setId } });
    await tx.suggestionSet.delete({ where: { id: setId } });
    await record(tx, actor, { projectId }, { type: "suggestions.deleted", by: set.name, suggestions: count });
    return ok(null);
  });
