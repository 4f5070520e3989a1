/** Cases of many articles, as they were found anew, into the database in a few statements. The articles' locks are held. */
import { Prisma } from "../../generated/prisma/client";
import type { Case, Member } from "../cases/case";
import type { MemberHash, Staleness } from "../cases/content";
import type { Suggestion } from "../cases/suggest";
import { type Bulk, insertRows } from "./bulk";
import type { ArticleFile, CaseStatus, StoredMember } from "./cases-file";
import type { Marks } from "./cases-marks";

/** A case as it is written. */
export type FoundCase = Case & {
  readonly id: string;
  readonly suggestion: Suggestion | null;
  readonly status: CaseStatus;
  readonly stale: Staleness | null;
  readonly ground: readonly MemberHash[];
  /** As wordKeys makes them. */
  readonly words: readonly string[];
  readonly unsure: number;
};

/** What an article's cases have become: those that were found, and the ids of those that nothing stands in any more. */
export type Refreshed = {
  readonly file: ArticleFile;
  readonly marks: Marks;
  readonly found: readonly FoundCase[];
  readonly closed: readonly string[];
  readonly orphaned: readonly string[];
};

export async function writeCases(bulk: Bulk, refreshed: readonly Refreshed[]): Promise<void> {
  const fresh: object[] = [];
  const known: object[] = [];
  for (const { file, marks, found } of refreshed) {
    const before = new Set(file.cases.map((c) => c.id));
    const reviews = new Map(marks.spans.map((s) => [s.id, s.reviewId]));
    for (const c of found) (before.has(c.id) ? known : fresh).push(rowOf(file, c, reviews));
  }
  await insertRows(bulk, insertFound, fresh);
  await insertRows(bulk, updateFound, known);
  await end(
    bulk,
    "CLOSED",
    refreshed.flatMap((one) => one.closed),
  );
  await end(
    bulk,
    "ORPHANED",
    refreshed.flatMap((one) => one.orphaned),
  );
}

async function end(bulk: Bulk, status: "CLOSED" | "ORPHANED", ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await bulk.run(Prisma.sql`
    UPDATE "Case" SET "status" = ${status}::"CaseStatus", "closedAt" = now() WHERE "id" = ANY (${[...ids]}::uuid[])`);
}

function rowOf(file: ArticleFile, c: FoundCase, reviewOf: ReadonlyMap<string, string>): object {
  const hashes = new Map(c.ground.map((g) => [g.id, g.hash]));
  return {
    id: c.id,
    projectId: file.projectId,
    articleId: file.articleId,
    start: c.start,
    end: c.end,
    labels: c.labels,
    primaryFlag: c.primary,
    flags: c.flags,
    members: c.members.map((m) => storedOf(m, reviewOf.get(m.id) ?? "", hashes.get(m.id) ?? "")),
    missing: c.missing,
    suggestion: c.suggestion,
    status: c.status,
    staleReason: c.stale,
    words: c.words,
    unsure: c.unsure,
  };
}

/** What says nothing is left out: cases are the largest rows of an import. */
const storedOf = (m: Member, reviewId: string, hash: string): StoredMember => ({
  ...{ reviewId, reviewerId: m.reviewer, spanId: m.id, start: m.start, end: m.end, label: m.label, hash },
  ...(Object.keys(m.attributes).length > 0 && { attributes: m.attributes }),
  ...(m.note && { note: m.note }),
  ...(m.uncertain && { uncertain: true }),
  ...(m.twins.length > 0 && { twins: m.twins }),
});

const insertFound = (rows: string) => Prisma.sql`
  INSERT INTO "Case" ("id", "projectId", "articleId", "start", "end", "labels", "primaryFlag", "flags", "members", "missing",
                      "suggestion", "status", "staleReason", "words", "unsure")
  SELECT "id", "projectId", "articleId", "start", "end", "labels", "primaryFlag", "flags", "members", "missing", "suggestion", "status",
         "staleReason", "words", "unsure"
    FROM json_populate_recordset(NULL::"Case", ${rows}::json)`;

const updateFound = (rows: string) => Prisma.sql`
  UPDATE "Case" c SET "start" = x."start", "end" = x."end", "labels" = x."labels", "primaryFlag" = x."primaryFlag", "flags" = x."flags",
         "members" = x."members", "missing" = x."missing", "suggestion" = x."suggestion", "status" = x."status",
         "staleReason" = x."staleReason", "words" = x."words", "unsure" = x."unsure", "closedAt" = NULL
    FROM json_populate_recordset(NULL::"Case", ${rows}::json) x WHERE x."id" = c."id"`;
