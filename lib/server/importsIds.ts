/**
 * Ids of what an import makes. A UUID of the file is kept when nothing has it yet. Otherwise the new id is made of the project and the old
 * id, so that the same file gives the same ids wherever it names them. An id that is no UUID is kept beside, as `source_id`.
 */
import { createHash, randomUUID } from "node:crypto";
import { Prisma } from "../../generated/prisma/client";
import type { Extra } from "../formats/native";
import type { Bulk } from "./bulk";

export type Kind = "article" | "span" | "link" | "case" | "decision" | "goldSpan" | "goldLink" | "suggestion";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => UUID.test(text);

/** A name-based UUID (RFC 9562, version 8: our own hash input). */
export function derivedId(...parts: readonly string[]): string {
  const hex = createHash("sha256").update(parts.join("\0")).digest("hex");
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16).padStart(2, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

/** The id to which a UUID that is taken goes in this project, in whatever article it stands. */
export const movedId = (projectId: string, kind: Kind, id: string): string =>
  derivedId(projectId, kind, id.toLowerCase());

export class Ids {
  private readonly taken: Readonly<Record<Kind, Set<string>>> = {
    article: new Set(),
    span: new Set(),
    link: new Set(),
    case: new Set(),
    decision: new Set(),
    goldSpan: new Set(),
    goldLink: new Set(),
    suggestion: new Set(),
  };

  /** Of those, what stands in other projects. */
  private readonly others = new Set<string>();

  constructor(private readonly projectId: string) {}

  /** Looks up which of these ids stand in the database already, in any project, and where those would go. */
  async look(bulk: Bulk, kind: Kind, given: Iterable<string | null>): Promise<void> {
    const there = await this.find(
      bulk,
      kind,
      [...given].flatMap((id) => (id !== null && isUuid(id) ? [id] : [])),
    );
    await this.find(
      bulk,
      kind,
      there.map((id) => movedId(this.projectId, kind, id)),
    );
  }

  private async find(bulk: Bulk, kind: Kind, ids: readonly string[]): Promise<readonly string[]> {
    if (ids.length === 0) return [];
    // One string, since an array of thousands costs more to hand over than to look up.
    const wanted = Prisma.sql`ANY (string_to_array(${ids.join()}, ',')::uuid[])`;
    const rows = await bulk.ask<{ id: string; projectId: string }>(LOOK[kind](wanted));
    for (const { id, projectId } of rows) {
      this.taken[kind].add(id);
      if (projectId !== this.projectId) this.others.add(id);
    }
    return rows.map(({ id }) => id);
  }

  /** Where an id that another article of the file names is, or will be: its own place, or where it goes when another project has that. */
  reference(kind: Kind, given: string): string {
    const id = given.toLowerCase();
    return this.others.has(id) ? movedId(this.projectId, kind, id) : id;
  }

  /** `scope`: inside which an id that is no UUID is unique. The same id asked for twice gives two ids. */
  place(kind: Kind, given: string | null, scope: string): string {
    const free = this.candidates(kind, given, scope).find((id) => !this.taken[kind].has(id)) ?? randomUUID();
    this.taken[kind].add(free);
    return free;
  }

  private candidates(kind: Kind, given: string | null, scope: string): readonly string[] {
    if (given === null) return [];
    return isUuid(given)
      ? [given.toLowerCase(), movedId(this.projectId, kind, given)]
      : [derivedId(this.projectId, kind, scope, given)];
  }
}

/** Keeps the file's own id where it could not become the id here. */
export const withSource = (extra: Extra, given: string | null): Extra =>
  given === null || isUuid(given) || "source_id" in extra ? extra : { ...extra, source_id: given };

const LOOK: Readonly<Record<Kind, (wanted: Prisma.Sql) => Prisma.Sql>> = {
  article: (wanted) => Prisma.sql`SELECT "id", "projectId" FROM "Article" WHERE "id" = ${wanted}`,
  // An orphan's id is kept for the span that it may become.
  span: (wanted) => Prisma.sql`SELECT "id", "projectId" FROM "Span" WHERE "id" = ${wanted}
    UNION SELECT "spanId", "projectId" FROM "CarriedSpan" WHERE "spanId" = ${wanted}`,
  link: (wanted) => Prisma.sql`SELECT "id", "projectId" FROM "Link" WHERE "id" = ${wanted}`,
  case: (wanted) => Prisma.sql`SELECT "id", "projectId" FROM "Case" WHERE "id" = ${wanted}`,
  decision: (wanted) => Prisma.sql`SELECT "id", "projectId" FROM "Decision" WHERE "id" = ${wanted}`,
  goldSpan: (wanted) => Prisma.sql`SELECT "id", "projectId" FROM "GoldSpan" WHERE "id" = ${wanted}`,
  goldLink: (wanted) => Prisma.sql`SELECT "id", "projectId" FROM "GoldLink" WHERE "id" = ${wanted}`,
  suggestion: (wanted) => Prisma.sql`SELECT "id", "projectId" FROM "Suggestion" WHERE "id" = ${wanted}`,
};
