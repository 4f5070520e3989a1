/** Gold: what an article's live decisions come to; and how it differs from what one reviewer marked. */
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { notFound, ok, type Result, refuse } from "../result";
import { canonicalSpan } from "../spans/canonical";
import type { Attributes } from "../spans/model";
import { overlap, type Range } from "../text/range";
import { articleFor, reviewFor } from "./access";
import type { StoredMember } from "./cases-file";
import { type Tx, transaction } from "./db";
import type { goldView } from "./decisions.schema";
import { type DecisionView, decisionsOf } from "./decisions-view";
import type { Page } from "./paging";

export type Gold = z.infer<typeof goldView>;

async function read(tx: Tx, articleId: string): Promise<Gold | null> {
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
    const gold = await read(tx, articleId);
    return gold ? ok(gold) : notFound();
  });

/** Every decision of an article, in the order in which they were made. */
export const articleDecisions = (actor: Actor, articleId: string): Promise<Result<Page<DecisionView>>> =>
  transaction(async (tx) => {
    const may = await articleFor(tx, actor, articleId, "gold.see");
    if (!may.ok) return may;
    return ok({ items: await decisionsOf(tx, { articleId }), nextCursor: null });
  });

type Mark = Range & { readonly id: string; readonly label: string; readonly attributes: Attributes };

/** One place where a reviewer's marks and gold meet, or do not. */
export type Difference = Range & {
  readonly caseId: string | null;
  /** As gold says; other ends, label or attributes; marked and not in gold; in gold and not marked. */
  readonly kind: "same" | "changed" | "dropped" | "missed";
  readonly mine: readonly Mark[];
  readonly gold: readonly Mark[];
  /** Why: the decision's action, reason, note and rule. */
  readonly decision: Pick<DecisionView, "id" | "action" | "reasonCode" | "note" | "rule" | "at"> | null;
};

export type GoldDiff = {
  readonly reviewId: string;
  readonly articleId: string;
  readonly differences: readonly Difference[];
  readonly same: number;
};

/**
 * How gold differs from what a review says, case by case, in order of position. For whoever may see the review, once its article is settled;
 * refuses conflict (409) before.
 */
export const goldDiff = (actor: Actor, reviewId: string): Promise<Result<GoldDiff>> =>
  transaction(async (tx) => {
    const may = await reviewFor(tx, actor, reviewId, "review.see");
    if (!may.ok) return may;
    const { articleId, reviewerId, state } = may.value;
    if (state !== "SETTLED") return refuse("conflict", "The article is not settled yet.");
    const gold = await read(tx, articleId);
    if (!gold) return notFound();
    const decisions = new Map(
      (await decisionsOf(tx, { articleId })).filter((d) => d.live).map((d) => [d.id, d] as const),
    );
    const rows = await tx.$queryRaw<{ id: string; start: number; end: number; members: readonly StoredMember[] }[]>`
      SELECT "id", "start", "end", "members" FROM "Case"
       WHERE "articleId" = ${articleId}::uuid AND "status" <> 'CLOSED' ORDER BY "start", "end", "id"`;
    const places = [
      ...rows.map((row) => placeOfCase(row, reviewerId, gold, decisions)),
      ...gold.spans
        .filter((span) => span.caseId === null)
        .map((span): Difference => difference(span, null, [], [span], decisions.get(span.decisionId) ?? null)),
    ].filter((place) => place.mine.length + place.gold.length > 0);
    const differences = places.sort((a, b) => a.start - b.start || a.end - b.end);
    return ok({ reviewId, articleId, differences, same: differences.filter((d) => d.kind === "same").length });
  });

function placeOfCase(
  row: Range & { readonly id: string; readonly members: readonly StoredMember[] },
  reviewerId: string,
  gold: Gold,
  decisions: ReadonlyMap<string, DecisionView>,
): Difference {
  const mine = row.members
    .filter((m) => m.reviewerId === reviewerId)
    .map(({ spanId, start, end, label, attributes }) => ({
      id: spanId,
      start,
      end,
      label,
      attributes: attributes ?? {},
    }));
  const own = [...decisions.values()].find((d) => d.caseId === row.id) ?? null;
  // A merged case's gold is that of the case it was merged into; it is shown once, there.
  const spans = own?.mergedInto ? [] : gold.spans.filter((span) => span.caseId === row.id);
  const merged = own?.mergedInto
    ? gold.spans.filter((span) => span.caseId === own.mergedInto && mine.some((m) => overlap(m, span)))
    : [];
  return difference(row, row.id, mine, [...spans, ...merged], own);
}

function difference(
  at: Range,
  caseId: string | null,
  mine: readonly Mark[],
  gold: readonly Mark[],
  decision: DecisionView | null,
): Difference {
  const said = (marks: readonly Mark[]) =>
    marks
      .map((m) => canonicalSpan({ ...m, note: "", uncertain: false }))
      .sort()
      .join();
  const kind =
    mine.length === 0 ? "missed" : gold.length === 0 ? "dropped" : said(mine) === said(gold) ? "same" : "changed";
  const plain = ({ id, start, end, label, attributes }: Mark): Mark => ({ id, start, end, label, attributes });
  return {
    start: Math.min(at.start, ...gold.map((g) => g.start)),
    end: Math.max(at.end, ...gold.map((g) => g.end)),
    caseId,
    kind,
    mine: mine.map(plain),
    gold: gold.map(plain),
    decision:
      decision &&
      (({ id, action, reasonCode, note, rule, at: when }) => ({ id, action, reasonCode, note, rule, at: when }))(
        decision,
      ),
  };
}
