/** Reading what a release holds: its files, byte for byte and from any place on, and what changed between two. */
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { type ArticleChange, type ChangeCounts, changesBetween, countChange, noChanges } from "../releases/diff";
import { notFound, ok, type Result, refuse } from "../result";
import { record } from "./audit";
import { pool, transaction } from "./db";
import { streamOf } from "./downloadStream";
import { decodeCursor, encodeCursor, limitOf } from "./paging";
import { readableRelease } from "./releases";
import type { diffQuery, releaseDiff } from "./releases.schema";
import { listFiles, type Place, readFileBytes, readWhole, type StoredFile } from "./releasesFiles";
import { indexOf, README } from "./releasesMake";
import { textsBySha } from "./releasesQuotes";

export type ReleaseDownload = {
  readonly place: Place;
  readonly file: StoredFile;
};

/** A download that begins at the start is written down; one that goes on is not, being the same. */
export async function releaseFile(
  actor: Actor,
  projectId: string,
  number: string,
  name: string,
  { goesOn }: { readonly goesOn: boolean },
): Promise<Result<ReleaseDownload>> {
  const release = await readableRelease(actor, projectId, number);
  if (!release.ok) return release;
  const { place } = release.value;
  const file = (await listFiles(place)).find((one) => one.name === name);
  if (!file) return notFound();
  if (!goesOn) {
    const written = await transaction(async (tx) =>
      ok(await record(tx, actor, { projectId }, { type: "release.downloaded", number: place.number, file: name })),
    );
    if (!written.ok) return written;
  }
  return ok({ place, file });
}

/** `bytes=FROM-TO`, `bytes=FROM-`, `bytes=-LAST`; null: the whole. Several ranges at once are answered with the whole, which is allowed. */
export function rangeOf(header: string | null, size: number): { from: number; to: number } | "outside" | null {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  if (!found || (found[1] === "" && found[2] === "")) return null;
  const [, first = "", last = ""] = found;
  if (first === "") {
    const from = Math.max(0, size - Number(last));
    return Number(last) === 0 || size === 0 ? "outside" : { from, to: size };
  }
  const from = Number(first);
  const to = last === "" ? size : Math.min(size, Number(last) + 1);
  if (from >= size) return "outside";
  return to <= from ? null : { from, to };
}

/** 200, 206, 304 or 416. The ETag is the file's SHA-256, so a download that was cut off goes on only if it is the same file. */
export async function fileResponse({ place, file }: ReleaseDownload, request: Request): Promise<Response> {
  const etag = `"${file.sha256}"`;
  const headers = new Headers({
    ...{ ETag: etag, "Accept-Ranges": "bytes", "Cache-Control": "private, no-cache" },
    "Content-Type": file.mediaType.startsWith("text/") ? `${file.mediaType}; charset=utf-8` : file.mediaType,
    "Content-Disposition": `attachment; filename="release-${place.number}-${file.name}"`,
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Repr-Digest": `sha-256=:${Buffer.from(file.sha256, "hex").toString("base64")}:`,
  });
  if ((request.headers.get("if-none-match") ?? "").split(",").some((one) => one.trim().replace(/^W\//, "") === etag))
    return new Response(null, { status: 304, headers });
  const condition = request.headers.get("if-range");
  const asked = condition !== null && condition !== etag ? null : rangeOf(request.headers.get("range"), file.size);
  if (asked === "outside") {
    headers.set("Content-Range", `bytes */${file.size}`);
    return new Response(null, { status: 416, headers });
  }
  const { from, to } = asked ?? { from: 0, to: file.size };
  if (asked) headers.set("Content-Range", `bytes ${from}-${to - 1}/${file.size}`);
  headers.set("Content-Length", String(to - from));
  const status = asked ? 206 : 200;
  if (request.method === "HEAD") return new Response(null, { status, headers });
  return new Response(await streamOf(readFileBytes(place, file.name, from, to)), { status, headers });
}

/** The data card's Markdown, for the page. */
export async function releaseCard(actor: Actor, projectId: string, number: string): Promise<Result<string>> {
  const release = await readableRelease(actor, projectId, number);
  if (!release.ok) return release;
  const card = (await listFiles(release.value.place)).find(({ name }) => name === README);
  return card ? ok(await readWhole(release.value.place, card)) : notFound();
}

/**
 * What is another than in the release before, or in any other that the actor may read; articles in the order of import, a page at a time.
 * Refuses: not-found; forbidden; conflict; malformed (no earlier release).
 */
export async function diffReleases(
  actor: Actor,
  projectId: string,
  number: string,
  query: z.infer<typeof diffQuery>,
): Promise<Result<z.infer<typeof releaseDiff>>> {
  const now = await readableRelease(actor, projectId, number);
  if (!now.ok) return now;
  const against = query.against ?? (await readyBefore(now.value.place));
  if (against === null) return refuse("conflict", `There is no release before ${number} to compare with.`);
  const then = await readableRelease(actor, projectId, String(against));
  if (!then.ok) return then;
  const sort = `diff ${against} ${number}`;
  const after = decodeCursor(sort, ["number"], query.cursor);
  if (!after.ok) return after;
  const from = Number(after.value?.[0] ?? 0);
  const limit = limitOf(query);
  const [before, is] = [await indexOf(then.value.place), await indexOf(now.value.place)];
  if (!before || !is) return notFound();
  let changes: ChangeCounts = noChanges();
  let seen = 0;
  const shown: ArticleChange[] = [];
  for await (const change of changesBetween(before, is)) {
    changes = countChange(changes, change);
    if (seen >= from && shown.length < limit) shown.push(change);
    seen++;
  }
  const quotes = await textsBySha(
    projectId,
    shown.map(({ textSha256 }) => textSha256),
  );
  return ok({
    against,
    changes,
    items: shown.map(({ textSha256, spans, ...change }) => ({
      ...change,
      spans: spans.slice(0, MOST_SPANS).map((span) => ({
        ...span,
        // After a change of text the spans that are gone stood in another one.
        quote: change.text && span.kind === "removed" ? null : (quotes.get(textSha256)?.slice(span) ?? null),
      })),
    })),
    nextCursor: from + limit < seen ? encodeCursor(sort, [from + limit]) : null,
  });
}

/** Of an article on a page of the diff; the file changes.jsonl has them all. */
const MOST_SPANS = 500;

async function readyBefore({ projectId, number }: Place): Promise<number | null> {
  const { rows } = await pool().query<{ number: number }>(
    `SELECT "number" FROM "Release" WHERE "projectId" = $1 AND "number" < $2 AND "state" = 'READY' ORDER BY "number" DESC LIMIT 1`,
    [projectId, number],
  );
  return rows[0]?.number ?? null;
}
