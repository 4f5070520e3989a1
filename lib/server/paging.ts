/**
 * Lists by keyset: `?cursor=&limit=`, answered as `{items, nextCursor}`. A cursor is opaque: the sort and the last row's key, base64url.
 * It carries nothing that its bearer did not see, and a made-up one only moves the place at which the same checked list begins.
 */
import { z } from "zod";
import { Prisma } from "../../generated/prisma/client";
import { ok, type Result, refuse } from "../result";

export const MAX_LIMIT = 200;

export type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };
export type PageInput = { readonly cursor?: string | undefined; readonly limit?: number | undefined };

/** The two query parameters of every list. */
export const pageQuery = {
  cursor: z.string().max(1000).optional().meta({ description: "nextCursor of the page before" }),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).optional().meta({ description: "50 when not given" }),
};

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export const limitOf = (input: PageInput): number => Math.min(MAX_LIMIT, Math.max(1, Math.trunc(input.limit ?? 50)));

export type Key = readonly (string | number | null)[];

export const encodeCursor = (sort: string, key: Key): string =>
  Buffer.from(JSON.stringify([sort, ...key])).toString("base64url");

const KINDS = {
  text: (part: unknown) => part === null || (typeof part === "string" && !part.includes("\0")),
  any: (part: unknown) =>
    part === null || typeof part === "number" || (typeof part === "string" && !part.includes("\0")),
  number: (part: unknown) => Number.isSafeInteger(part),
  uuid: (part: unknown) =>
    typeof part === "string" && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(part),
  /** As `Date.toISOString` writes it. */
  time: (part: unknown) =>
    typeof part === "string" &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(part) &&
    !Number.isNaN(Date.parse(part)),
} as const;

export type KeyKind = keyof typeof KINDS;

/** The key to go on after, or null at the beginning; `kinds`: what its parts must be, or only how many there are. Refuses ("malformed") what is no cursor of this list and sort. */
export function decodeCursor(
  sort: string,
  kinds: readonly KeyKind[] | number,
  cursor: string | undefined,
): Result<Key | null> {
  if (cursor === undefined) return ok(null);
  const wrong = refuse("malformed", "The query is not right.", [
    { path: "cursor", code: "bad-cursor", message: "This is no cursor of this list in this order." },
  ]);
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const parts = typeof kinds === "number" ? Array<KeyKind>(kinds).fill("any") : kinds;
    if (!Array.isArray(read) || read[0] !== sort || read.length !== parts.length + 1) return wrong;
    const key: (string | number | null)[] = read.slice(1);
    return parts.every((kind, n) => KINDS[kind](key[n])) ? ok(key) : wrong;
  } catch {
    return wrong;
  }
}

/** Rows read with `limit + 1`: the page, and a cursor when there is more. */
export function page<R>(rows: readonly R[], limit: number, sort: string, keyOf: (row: R) => Key): Page<R> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(sort, keyOf(last)) : null };
}

type Sort = {
  readonly sort: string;
  readonly kinds: readonly KeyKind[];
  readonly order: Prisma.Sql;
  after(key: Key | null): Prisma.Sql;
};

/** A list's order, and the condition that goes on after a key. By a name without regard to case, then by id. */
export const byName = (name: Prisma.Sql, id: Prisma.Sql): Sort => ({
  sort: "name",
  kinds: ["text", "uuid"],
  order: Prisma.sql`lower(${name}) COLLATE "C", ${id}::text`,
  after: (key) =>
    key === null
      ? Prisma.sql`true`
      : Prisma.sql`(lower(${name}) COLLATE "C", ${id}::text) > (lower(${key[0]}::text) COLLATE "C", ${key[1]}::text)`,
});

/** Newest first, then by id. */
export const byNewest = (at: Prisma.Sql, id: Prisma.Sql): Sort => ({
  sort: "-createdAt",
  kinds: ["time", "uuid"],
  order: Prisma.sql`${at} DESC, ${id}::text DESC`,
  after: (key) =>
    key === null ? Prisma.sql`true` : Prisma.sql`(${at}, ${id}::text) < (${key[0]}::timestamptz, ${key[1]}::text)`,
});
