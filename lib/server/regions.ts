/** The parts of an article's page: proposed when an import says nothing of them, checked when a person draws them. */
import { randomUUID } from "node:crypto";
import type { NativeArticle } from "../formats/native";
import { proposeRegions } from "../regions/propose";
import type { Region } from "../regions/roles";
import type { Fault } from "../result";
import type { RegionInput } from "./articles.schema";
import type { Tx } from "./db";

/** The article with regions in any case, and in words what was proposed. */
export function withRegions<T extends NativeArticle>(
  article: T,
): { readonly article: T; readonly notes: readonly string[] } {
  if (article.regions !== null) return { article, notes: [] };
  const proposed = proposeRegions(article.text ?? "", { title: article.title ?? "" });
  const regions = proposed.map((region) => ({ ...region, extra: {} }));
  const many = `${regions.length} ${regions.length === 1 ? "region" : "regions"}`;
  return { article: { ...article, regions }, notes: regions.length > 0 ? [`${many} proposed: look them over.`] : [] };
}

/** Ranges inside the text that do not overlap; `[]` when nothing is wrong. */
export function regionFaults(regions: readonly RegionInput[], length: number): readonly Fault[] {
  const faults = regions.flatMap(({ start, end }, i): Fault[] => {
    const path = `regions.${i}`;
    const actual = { start, end };
    if (start < 0 || end > length || start > length)
      return [
        {
          path,
          code: "outside-text",
          message: `The text has ${length} characters.`,
          expected: { start: 0, end: length },
          actual,
        },
      ];
    if (end <= start) return [{ path, code: "empty", message: "A region needs at least one character.", actual }];
    return [];
  });
  if (faults.length > 0) return faults.slice(0, 50);
  const order = regions.map((region, i) => ({ ...region, i })).sort((a, b) => a.start - b.start);
  return order.flatMap((region, at): Fault[] => {
    const before = order[at - 1];
    if (!before || before.end <= region.start) return [];
    return [
      { path: `regions.${region.i}`, code: "overlap", message: "Overlaps the region before it.", actual: region.start },
    ];
  });
}

export type StoredRegion = Region & { readonly id: string };

export const readRegions = (tx: Tx, projectId: string, articleId: string): Promise<StoredRegion[]> =>
  tx.$queryRaw<StoredRegion[]>`
    SELECT "id", "start", "end", "role", "reason" FROM "Region"
     WHERE "projectId" = ${projectId}::uuid AND "articleId" = ${articleId}::uuid ORDER BY "start"`;

/**
 * Makes these the article's regions. One that is named by the id of a region there keeps id and, unless it says otherwise, reason while its
 * range and role stay; what a person moves or draws has no reason of the machine's any more.
 */
export async function replaceRegions(
  tx: Tx,
  article: { readonly id: string; readonly projectId: string; readonly length: number },
  regions: readonly RegionInput[],
): Promise<void> {
  const before = new Map((await readRegions(tx, article.projectId, article.id)).map((region) => [region.id, region]));
  const rows = regions.map(({ id, start, end, role, reason }) => {
    const old = id === undefined ? undefined : before.get(id);
    const same = old?.start === start && old.end === end && old.role === role;
    return { id: old?.id ?? randomUUID(), start, end, role, reason: reason ?? (same ? old.reason : null) };
  });
  const kept = rows.map(({ id }) => id);
  await tx.$executeRaw`DELETE FROM "Region" WHERE "projectId" = ${article.projectId}::uuid AND "articleId" = ${article.id}::uuid
    AND "id" <> ALL (${kept}::uuid[])`;
  await tx.$executeRaw`
    INSERT INTO "Region" ("id", "projectId", "articleId", "textLength", "start", "end", "role", "reason")
    SELECT "id", ${article.projectId}::uuid, ${article.id}::uuid, ${article.length}, "start", "end", "role", "reason"
      FROM json_populate_recordset(NULL::"Region", ${JSON.stringify(rows)}::json)
    ON CONFLICT ("id") DO UPDATE SET "start" = excluded."start", "end" = excluded."end", "role" = excluded."role", "reason" = excluded."reason"`;
}
