/** The file that an article's text was read from, kept beside it as it came: stored with the article, read by whoever may read the text. */
import { createHash } from "node:crypto";
import { Prisma } from "../../generated/prisma/client";
import type { Actor } from "../access/actor";
import { type FormatName, formats } from "../formats/registry";
import { notFound, ok, type Result } from "../result";
import { articleFor } from "./access";
import type { Bulk } from "./bulk";
import { pool, type Tx, transaction } from "./db";
import { streamOf } from "./downloadStream";
import type { OriginalView } from "./originals.schema";
import { CHUNK } from "./releasesFiles";

/** Where a text is from: a file that holds one article and nothing else. */
export type Origin = {
  readonly format: FormatName;
  readonly name: string | null;
  readonly fetched: { readonly url: string; readonly at: Date } | null;
  readonly open: () => AsyncIterable<Uint8Array>;
};

/** In the transaction that stores the text. What it is read from may not change meanwhile. */
export async function keepOriginal(
  bulk: Bulk,
  projectId: string,
  articleId: string,
  { format, name, fetched, open }: Origin,
): Promise<void> {
  const [text] = await bulk.ask<{ id: string }>(
    Prisma.sql`SELECT "textId" AS "id" FROM "Article" WHERE "id" = ${articleId}::uuid AND "projectId" = ${projectId}::uuid`,
  );
  if (!text) throw new Error("an original without its article");
  const hash = createHash("sha256");
  let size = 0;
  let n = 0;
  for await (const piece of pieces(open())) {
    hash.update(piece);
    size += piece.length;
    await bulk.run(Prisma.sql`
      INSERT INTO "OriginalChunk" ("textId", "projectId", "n", "bytes") VALUES (${text.id}::uuid, ${projectId}::uuid, ${n++}::int, ${piece})`);
  }
  await bulk.run(Prisma.sql`
    INSERT INTO "Original" ("textId", "projectId", "mediaType", "size", "sha256", "name", "url", "fetchedAt")
    VALUES (${text.id}::uuid, ${projectId}::uuid, ${formats[format].mediaType}, ${size}::int, ${hash.digest("hex")}, ${name},
            ${fetched?.url ?? null}, ${fetched?.at ?? null}::timestamptz)`);
}

/** The same bytes in pieces of CHUNK; the last is shorter. */
async function* pieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const some of bytes) {
    held.push(some);
    size += some.length;
    if (size < CHUNK) continue;
    const all = Buffer.concat(held, size);
    let at = 0;
    for (; size - at >= CHUNK; at += CHUNK) yield all.subarray(at, at + CHUNK);
    held = [all.subarray(at)];
    size -= at;
  }
  if (size > 0) yield Buffer.concat(held, size);
}

type Row = Omit<OriginalView, "fetchedAt"> & { readonly fetchedAt: Date | null };

/** Null: its text was written or pasted, or came in a dataset with others. */
export async function readOriginal(tx: Tx, textId: string): Promise<OriginalView | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT "name", "mediaType", "size", "sha256", "url", "fetchedAt" FROM "Original" WHERE "textId" = ${textId}::uuid`;
  return row ? { ...row, fetchedAt: row.fetchedAt?.toISOString() ?? null } : null;
}

/** The file as a download. Refuses: not-found, also where there is none. */
export async function getOriginal(actor: Actor, articleId: string): Promise<Result<Response>> {
  const found = await transaction(async (tx) => {
    const may = await articleFor(tx, actor, articleId, "article.read");
    if (!may.ok) return may;
    const { textId } = await tx.article.findUniqueOrThrow({ where: { id: articleId }, select: { textId: true } });
    const original = await readOriginal(tx, textId);
    return original ? ok({ textId, original }) : notFound();
  });
  if (!found.ok) return found;
  const { textId, original } = found.value;
  const headers = {
    "Content-Type": original.mediaType,
    "Content-Length": String(original.size),
    "Content-Disposition": attachment(original.name ?? "original"),
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Repr-Digest": `sha-256=:${Buffer.from(original.sha256, "hex").toString("base64")}:`,
  };
  return ok(new Response(await streamOf(bytesOf(textId, original.size)), { headers }));
}

/** RFC 6266: the name in ASCII for those who read nothing else, and as it is. Nothing of it can end the header or lead to another folder. */
const attachment = (name: string): string => {
  const plain = name.replace(/[^A-Za-z0-9._ -]/g, "_").replace(/^[. ]+/, "_");
  const whole = encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
};

/** Throws where a piece is missing: a file that is short is never whole. */
async function* bytesOf(textId: string, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0, n = 0; at < size; n++) {
    const { rows } = await pool().query<{ bytes: Buffer }>({
      name: "original.chunk",
      text: `SELECT "bytes" FROM "OriginalChunk" WHERE "textId" = $1 AND "n" = $2`,
      values: [textId, n],
    });
    const bytes = rows[0]?.bytes;
    if (!bytes || bytes.length === 0) throw new Error(`the original of ${textId} ends at ${at}`);
    yield bytes;
    at += bytes.length;
  }
}
