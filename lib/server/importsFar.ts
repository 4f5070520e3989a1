/**
 * Links that end in another article, looked at when all of an import is there. They wait in a temporary table, since there may be more of
 * them than memory should hold.
 */
import type { Fault } from "../result";
import { linkTypeOf, mayLink } from "../scheme/lookup";
import type { Scheme } from "../scheme/scheme";
import type { Tx } from "./db";
import { movedId } from "./importsIds";
import type { FarLink } from "./importsRows";

/** A file's name and line. */
export type Where = { readonly file: string | null; readonly line: number | null };
export type FarFault = Omit<Fault, "line"> & Where;

export class FarLinks {
  private any = false;

  constructor(private readonly projectId: string) {}

  async add(tx: Tx, links: readonly (FarLink & Where)[]): Promise<void> {
    if (links.length === 0) return;
    await tx.$executeRaw`
      CREATE TEMPORARY TABLE IF NOT EXISTS "import_far" ("id" uuid, "gold" boolean, "target" uuid, "moved" uuid, "movedGold" uuid,
        "type" text, "fromLabel" text, "path" text, "file" text, "line" int) ON COMMIT DROP`;
    this.any = true;
    const rows = links.map((one) => ({ ...one, movedGold: movedId(this.projectId, "goldSpan", one.target) }));
    await tx.$executeRaw`INSERT INTO "import_far" SELECT * FROM json_populate_recordset(NULL::"import_far", ${JSON.stringify(rows)}::json)`;
  }

  /**
   * Ends each in the span that it names, under its id here: one of the same reviewer, or gold. One whose end is not to be had keeps it as
   * words where its type allows that (`kept` counts them); otherwise it is left out and named in the faults.
   */
  async settle(tx: Tx, scheme: Scheme): Promise<{ readonly faults: readonly FarFault[]; readonly kept: number }> {
    if (!this.any) return { faults: [], kept: 0 };
    const project = this.projectId;
    await tx.$executeRaw`CREATE INDEX ON "import_far" ("id")`;
    await tx.$executeRaw`
      CREATE TEMPORARY TABLE "import_ends" ON COMMIT DROP AS
      SELECT f.*, coalesce(g."id", s."id") AS "end", coalesce(g."label", s."label") AS "endLabel"
        FROM "import_far" f
        LEFT JOIN LATERAL (
          SELECT g."id", g."label" FROM "GoldSpan" g
           WHERE g."id" IN (f."movedGold", f."target") AND g."projectId" = ${project}::uuid
           ORDER BY g."id" = f."movedGold" DESC LIMIT 1) g ON true
        LEFT JOIN LATERAL (
          SELECT s."id", s."label" FROM "Link" l JOIN "Review" own ON own."id" = l."reviewId"
            JOIN "Span" s ON s."id" IN (f."moved", f."target") AND s."projectId" = ${project}::uuid AND NOT s."removed"
            JOIN "Review" r ON r."id" = s."reviewId" AND r."reviewerId" = own."reviewerId"
           WHERE l."id" = f."id" AND NOT f."gold"
           ORDER BY s."id" = f."moved" DESC LIMIT 1) s ON true`;
    await tx.$executeRaw`UPDATE "Link" l SET "toId" = e."end" FROM "import_ends" e WHERE l."id" = e."id" AND NOT e."gold" AND e."end" IS NOT NULL`;
    await tx.$executeRaw`UPDATE "GoldLink" l SET "toId" = e."end" FROM "import_ends" e WHERE l."id" = e."id" AND e."gold" AND e."end" IS NOT NULL`;

    const wordy = scheme.links.filter((type) => type.freeText).map((type) => type.key);
    const kept = await tx.$executeRaw`
      WITH e AS (SELECT * FROM "import_ends" WHERE "end" IS NULL AND "type" = ANY (${wordy}::text[])),
      l AS (UPDATE "Link" l SET "toId" = NULL, "toText" = 'span ' || e."target" FROM e WHERE l."id" = e."id" AND NOT e."gold" RETURNING 1),
      g AS (UPDATE "GoldLink" l SET "toId" = NULL, "toText" = 'span ' || e."target" FROM e WHERE l."id" = e."id" AND e."gold" RETURNING 1)
      SELECT 1 FROM l UNION ALL SELECT 1 FROM g`;

    const ends = await tx.$queryRaw<{ type: string; from: string; to: string | null }[]>`
      SELECT DISTINCT "type", "fromLabel" AS "from", "endLabel" AS "to" FROM "import_ends"
       WHERE "end" IS NOT NULL OR "type" <> ALL (${wordy}::text[])`;
    const faults: FarFault[] = [];
    for (const { type, from, to } of ends) {
      const known = linkTypeOf(scheme, type);
      if (to !== null && known && mayLink(known, from, to)) continue;
      const code = to === null ? "unknown-target" : "link-not-allowed";
      const message =
        to === null
          ? "The link ends in a span that is neither in the file nor in the project."
          : `${known?.name ?? type} cannot go from ${from} to ${to}.`;
      faults.push(...(await this.leaveOut(tx, type, from, to, { code, message })));
    }
    return { faults, kept };
  }

  private async leaveOut(
    tx: Tx,
    type: string,
    from: string,
    to: string | null,
    said: Pick<Fault, "code" | "message">,
  ): Promise<readonly FarFault[]> {
    const wrong = await tx.$queryRaw<{ path: string; file: string | null; line: number | null; target: string }[]>`
      SELECT "path", "file", "line", "target" FROM "import_ends"
       WHERE "type" = ${type} AND "fromLabel" = ${from} AND "endLabel" IS NOT DISTINCT FROM ${to} ORDER BY "line" LIMIT 100`;
    await tx.$executeRaw`DELETE FROM "Link" l USING "import_ends" e WHERE l."id" = e."id" AND NOT e."gold"
      AND e."type" = ${type} AND e."fromLabel" = ${from} AND e."endLabel" IS NOT DISTINCT FROM ${to}`;
    await tx.$executeRaw`DELETE FROM "GoldLink" l USING "import_ends" e WHERE l."id" = e."id" AND e."gold"
      AND e."type" = ${type} AND e."fromLabel" = ${from} AND e."endLabel" IS NOT DISTINCT FROM ${to}`;
    return wrong.map(({ target, ...where }) => ({ ...said, ...where, actual: target }));
  }
}
