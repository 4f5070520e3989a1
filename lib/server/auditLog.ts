/**
 * Reading the audit of a project. Blind holds here too: whoever has an open review of an article sees no entry of others' work on it
 * until it is settled. Numbers inside a stream are not shown, for gaps in them would tell of what is left out.
 */
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { ok, type Result } from "../result";
import { projectFor } from "./access";
import { transaction } from "./db";
import { decodeCursor, limitOf, type Page, page } from "./paging";
import type { auditQuery, auditView } from "./projects.schema";

export type AuditView = z.infer<typeof auditView>;

type Row = {
  readonly id: string;
  readonly at: Date;
  readonly type: string;
  readonly stream: string;
  readonly data: Record<string, unknown>;
  readonly actorId: string | null;
  readonly name: string | null;
};

/** Newest first. */
export const listAudit = (
  actor: Actor,
  projectId: string,
  input: z.infer<typeof auditQuery> = {},
): Promise<Result<Page<AuditView>>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "audit.see");
    if (!may.ok) return may;
    const after = decodeCursor("audit", ["time", "text"], input.cursor);
    if (!after.ok) return after;
    const [at, hash] = after.value ?? [null, null];
    const { kind = null, person = null, article = null, since = null, until = null } = input;
    const limit = limitOf(input);
    const rows = await tx.$queryRaw<Row[]>`
      WITH hidden AS (
        SELECT v."id" FROM "Review" own JOIN "Article" a ON a."id" = own."articleId"
          JOIN "Article" v ON v."id" = a."id" OR (v."projectId" = a."projectId" AND v."chainId" = a."chainId" AND v."textVersion" < a."textVersion")
         WHERE own."reviewerId" = ${actor.userId}::uuid AND own."projectId" = ${projectId}::uuid AND own."deletedAt" IS NULL
           AND own."status" IN ('ASSIGNED', 'IN_PROGRESS') AND (own."training" OR (a."state" <> 'SETTLED' AND ${may.value.blind})))
      SELECT e."hash" AS "id", e."at", e."type", e."stream", e."data", e."actorId", u."name"
        FROM "AuditEntry" e
        LEFT JOIN "User" u ON u."id" = e."actorId"
        LEFT JOIN "Review" r ON r."id" = substring(e."stream" FROM '^review:(.*)$')::uuid
       WHERE e."projectId" = ${projectId}::uuid
         AND (${at}::text IS NULL OR (e."at", e."hash") < (${at}::timestamptz, ${hash}::text))
         AND (${kind}::text IS NULL OR e."type" = ${kind}::text OR starts_with(e."type", ${kind}::text || '.'))
         AND (${person}::uuid IS NULL OR e."actorId" = ${person}::uuid)
         AND (${article}::uuid IS NULL OR coalesce(r."articleId"::text, e."data" ->> 'articleId') = ${article}::text)
         AND (${since}::text IS NULL OR e."at" >= ${since}::timestamptz)
         AND (${until}::text IS NULL OR e."at" < ${until}::timestamptz)
         AND (e."actorId" = ${actor.userId}::uuid OR NOT EXISTS (
               SELECT 1 FROM hidden h WHERE h."id"::text = coalesce(r."articleId"::text, e."data" ->> 'articleId')))
       ORDER BY e."at" DESC, e."hash" DESC LIMIT ${limit + 1}`;
    const listed = page(rows, limit, "audit", (row) => [row.at.toISOString(), row.id]);
    return ok({
      ...listed,
      items: listed.items.map((row) => ({
        id: row.id,
        at: row.at.toISOString(),
        type: row.type,
        actor: row.actorId === null ? null : { id: row.actorId, name: row.name ?? "someone" },
        reviewId: row.stream.startsWith("review:") ? row.stream.slice("review:".length) : null,
        data: row.data,
      })),
    });
  });
