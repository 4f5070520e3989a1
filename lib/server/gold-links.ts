/** Gold links: what the links of live decisions come to once both ends are gold, in the same transaction that decided. */
import { type GoldSpan, goldLinks, type Ruling } from "../cases/gold";
import { ruledIn, rulingsOf } from "./cases-file";
import type { Tx } from "./db";
import { schemeOf } from "./kept";

/** Gold links anew from the article's live decisions; what does not change keeps its row. */
export async function carryLinks(tx: Tx, articleId: string): Promise<void> {
  const file = await ruledIn(tx, articleId);
  if (!file) return;
  const rulings = rulingsOf(file.decisions);
  const scheme = await schemeOf(tx, file.projectId, file.schemeVersion);
  const { outside, dangling } = await rulingsElsewhere(tx, file.projectId, rulings);
  const standing = rulings.map((r) => ({
    ...r,
    links: r.links.filter((l) => l.target.kind !== "span" || !dangling.has(l.target.spanId)),
  }));
  const owner = new Map(rulings.flatMap((r) => r.spans.map((s) => [s.id, r.decisionId] as const)));
  const links = goldLinks([...standing, ...outside], scheme).links.flatMap((link) => {
    const decisionId = owner.get(link.from);
    return decisionId ? [{ ...link, decisionId }] : [];
  });
  const rows = JSON.stringify(links);
  await tx.$executeRaw`
    DELETE FROM "GoldLink" g WHERE g."projectId" = ${file.projectId}::uuid AND g."articleId" = ${articleId}::uuid AND NOT EXISTS (
      SELECT 1 FROM jsonb_to_recordset(${rows}::jsonb)
        AS x("id" uuid, "decisionId" uuid, "type" text, "from" uuid, "to" uuid, "toText" text)
       WHERE x."id" = g."id" AND x."decisionId" = g."decisionId" AND x."type" = g."type" AND x."from" = g."fromId"
         AND x."to" IS NOT DISTINCT FROM g."toId" AND x."toText" IS NOT DISTINCT FROM g."toText")`;
  await tx.$executeRaw`
    INSERT INTO "GoldLink" ("id", "projectId", "articleId", "decisionId", "type", "fromId", "toId", "toText")
    SELECT x."id", ${file.projectId}::uuid, ${articleId}::uuid, x."decisionId", x."type", x."from", x."to", x."toText"
      FROM jsonb_to_recordset(${rows}::jsonb)
        AS x("id" uuid, "decisionId" uuid, "type" text, "from" uuid, "to" uuid, "toText" text)
    ON CONFLICT ("id") DO NOTHING`;
}

/** The rulings on cases of other articles in which links end here, and the ids of targets that are no gold. */
async function rulingsElsewhere(tx: Tx, projectId: string, rulings: readonly Ruling[]) {
  const targets = rulings.flatMap((r) => r.links.map((l) => l.target));
  const ownCases = new Set(rulings.flatMap((r) => r.caseIds));
  const ownSpans = new Set(rulings.flatMap((r) => r.spans.map((s) => s.id)));
  const cases = targets.flatMap((t) => (t.kind === "case" && !ownCases.has(t.caseId) ? [t.caseId] : []));
  const spans = targets.flatMap((t) => (t.kind === "span" && !ownSpans.has(t.spanId) ? [t.spanId] : []));
  if (cases.length + spans.length === 0) return { outside: [], dangling: new Set<string>() };
  const ruled = await tx.$queryRaw<{ caseId: string; spans: readonly GoldSpan[] }[]>`
    SELECT c."caseId", coalesce(m."spans", c."spans") AS "spans"
      FROM "Decision" c LEFT JOIN "Decision" m ON m."id" = (c."input" ->> 'of')::uuid
     WHERE c."caseId" = ANY (${cases}::uuid[]) AND c."live" AND c."projectId" = ${projectId}::uuid`;
  const gold = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "GoldSpan" WHERE "id" = ANY (${spans}::uuid[]) AND "projectId" = ${projectId}::uuid`;
  const there = new Set(gold.map((g) => g.id));
  return {
    outside: ruled.map((r): Ruling => ({ caseIds: [r.caseId], spans: r.spans, links: [] })),
    dangling: new Set(spans.filter((id) => !there.has(id))),
  };
}
