/** Gold: what an article's live decisions come to. */
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { notFound, ok, type Result } from "../result";
import { articleFor } from "./access";
import { type Tx, transaction } from "./db";
import type { goldView } from "./decisions.schema";
import { type DecisionView, decisionsOf } from "./decisions-view";
import type { Page } from "./paging";

export type Gold = z.infer<typeof goldView>;

/** null when there is no such article. Whoever calls it has asked whether the actor may. */
export async function goldOf(tx: Tx, articleId: string): Promise<Gold | null> {
  const rows = await tx.$queryRaw<{ gold: Gold }[]>`
    SELECT json_build_object('articleId', a."id", 'state', a."state",
      'spans', (SELECT coalesce(json_agg(json_build_object('id', g."id", 'start', g."start", 'end', g."end",
          'quote', coalesce(g."quote", substring(t."body", g."start" + 1, g."end" - g."start")), 'label', g."label",
          'attributes', g."attributes", 'note', g."note", 'uncertain', g."uncertain", 'schemeVersion', g."schemeVersion",
          'guidelineVersion', g."guidelineVersion", 'decisionId', g."decisionId", 'caseId', d."caseId")
          ORDER BY g."start", g."end" DESC, g."id"), '[]')
        FROM "GoldSpan" g JOIN "Decision" d ON d."id" = g."decisionId"
       WHERE g."projectId" = a."projectId" AND g."articleId" = a."id"),
      'links', (SELECT coalesce(json_agg(json_build_object('id', l."id", 'type', l."type", 'from', l."fromId", 'to', l."toId",
          'toText', l."toText", 'decisionId', l."decisionId") ORDER BY l."id"), '[]')
        FROM "GoldLink" l WHERE l."projectId" = a."projectId" AND l."articleId" = a."id")) AS "gold"
      FROM "Article" a JOIN "ArticleText" t ON t."id" = a."textId" WHERE a."id" = ${articleId}::uuid`;
  return rows[0]?.gold ?? null;
}

/** Gold as far as it is decided: of a settled article all of it. */
export const getGold = (actor: Actor, articleId: string): Promise<Result<Gold>> =>
  transaction(async (tx) => {
    const may = await articleFor(tx, actor, articleId, "gold.see");
    if (!may.ok) return may;
    const gold = await goldOf(tx, articleId);
    return gold ? ok(gold) : notFound();
  });

/** Every decision of an article, in the order in which they were made. */
export const articleDecisions = (actor: Actor, articleId: string): Promise<Result<Page<DecisionView>>> =>
  transaction(async (tx) => {
    const may = await articleFor(tx, actor, articleId, "gold.see");
    if (!may.ok) return may;
    return ok({ items: await decisionsOf(tx, { articleId }), nextCursor: null });
  });
