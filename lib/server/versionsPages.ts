/** What page an article is of, as the database knows it, and which chains of versions stand in a project. */
import { Prisma } from "../../generated/prisma/client";
import { duplicateKey } from "../formats/article";
import { sha256 } from "../formats/native-read";
import { ok } from "../result";
import { pageOf } from "../versions/page";
import type { Bulk } from "./bulk";
import { type Tx, transaction } from "./db";
import { log, whatFailed } from "./log";
import { isStopping, onShutdown } from "./shutdown";

/** Empty: its page cannot be told from others, so nothing is ever taken for the same. */
export function pageKey(article: { readonly url: string | null; readonly outlet: string | null }): string {
  const page = pageOf(article);
  return page === null ? "" : sha256(page);
}

const AT_ONCE = 1_000;

const AGAIN = 10 * 60_000;

/** Articles from before pages were kept; in the background of each start, and again until it is done. Harmless to repeat. */
export async function watchPages(again = AGAIN): Promise<void> {
  try {
    let filled = 0;
    while (!isStopping()) {
      const done = await transaction(async (tx) => ok(await fillSome(tx)));
      if (!done.ok) throw new Error(done.message);
      if (done.value === 0) break;
      filled += done.value;
    }
    if (filled > 0) log.info({ filled }, "the pages of earlier articles are known now");
  } catch (error) {
    log.warn({ err: whatFailed(error) }, "the pages of earlier articles could not be filled in yet");
    if (isStopping()) return;
    const timer = setTimeout(() => {
      forget();
      void watchPages(again);
    }, again).unref();
    const forget = onShutdown(() => clearTimeout(timer));
  }
}

async function fillSome(tx: Tx): Promise<number> {
  const rows = await tx.$queryRaw<{ id: string; url: string | null; outlet: string | null }[]>`
    SELECT "id", "url", "outlet" FROM "Article" WHERE "pageKey" IS NULL ORDER BY "id" LIMIT ${AT_ONCE} FOR NO KEY UPDATE SKIP LOCKED`;
  if (rows.length === 0) return 0;
  const made = JSON.stringify(rows.map((row) => ({ id: row.id, key: pageKey(row) })));
  return tx.$executeRaw`
    UPDATE "Article" a SET "pageKey" = x."key" FROM json_to_recordset(${made}::json) AS x("id" uuid, "key" text) WHERE x."id" = a."id"`;
}

/** A version of an article, as far as the next one cares. */
export type Member = {
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  readonly outlet: string | null;
  readonly duplicateKey: string;
  readonly pageKey: string | null;
  readonly chainId: string | null;
  readonly textVersion: number;
  /** Not in the bin. */
  readonly live: boolean;
  /** Stored by the import that asks. */
  readonly fresh: boolean;
  readonly batchId: string | null;
  readonly single: boolean | null;
  readonly story: string | null;
  readonly split: string | null;
};

const sameText = (text: string, { url, outlet, duplicateKey: key }: Member) =>
  duplicateKey({ text, url, outlet }) === key;

/** The chains of a project that some articles may belong to, by the id of their first version; an article without others is one too. */
export class Chains {
  readonly #members = new Map<string, Member[]>();

  static async of(
    bulk: Bulk,
    projectId: string,
    wanted: { readonly pages: readonly string[]; readonly ids: readonly string[] },
  ): Promise<Chains> {
    const chains = new Chains();
    const found = await membersOf(bulk, projectId, wanted);
    if (found.length === 0) return chains;
    // Whoever submits or makes a version at this moment is waited for.
    const ids = found.map(({ id }) => id);
    await bulk.ask(
      Prisma.sql`SELECT "id" FROM "Article" WHERE "id" = ANY (${ids}::uuid[]) ORDER BY "id" FOR NO KEY UPDATE`,
    );
    for (const member of await membersOf(bulk, projectId, wanted)) chains.add(member);
    return chains;
  }

  add(member: Member): void {
    const key = member.chainId ?? member.id;
    const known = this.#members.get(key);
    if (known) known.push(member);
    else this.#members.set(key, [member]);
  }

  /** Of a page: none, the one, or several that cannot be told apart. */
  byPage(page: string): readonly string[] {
    return [...this.#members].flatMap(([key, members]) =>
      members.some((member) => member.live && member.pageKey === page) ? [key] : [],
    );
  }

  /** By the id of a version, or of the chain itself. */
  byId(id: string): string | null {
    if (this.#members.has(id)) return id;
    for (const [key, members] of this.#members) if (members.some((member) => member.id === id)) return key;
    return null;
  }

  /** The version of these that says the same. */
  repeated(keys: readonly string[], text: string): Member | null {
    const members = keys.flatMap((key) => this.#members.get(key) ?? []).filter((member) => member.live);
    return members.find((member) => sameText(text, member)) ?? null;
  }

  /** Those that did not know yet that they have others. */
  unchained(key: string): readonly string[] {
    return (this.#members.get(key) ?? []).flatMap((member) => (member.chainId === null ? [member.id] : []));
  }

  newest(key: string): Member | null {
    const live = (this.#members.get(key) ?? []).filter((member) => member.live);
    return live.reduce<Member | null>((most, one) => (most && most.textVersion > one.textVersion ? most : one), null);
  }

  /** `asked`, if no version of the chain has it; else the next. */
  number(key: string, asked: number | null = null): number {
    const taken = (this.#members.get(key) ?? []).map((member) => member.textVersion);
    return asked !== null && !taken.includes(asked) ? asked : Math.max(0, ...taken) + 1;
  }
}

/** What stands in the chains of these pages and ids, in the bin too: a number is given once. */
const membersOf = (
  bulk: Bulk,
  projectId: string,
  { pages, ids }: { readonly pages: readonly string[]; readonly ids: readonly string[] },
) =>
  bulk.ask<Member>(Prisma.sql`
    WITH "hit" AS (
      SELECT "id", "chainId" FROM "Article" WHERE "projectId" = ${projectId}::uuid AND "deletedAt" IS NULL
         AND "pageKey" = ANY (string_to_array(${pages.join()}, ',')) AND "pageKey" <> ''
      UNION
      SELECT "id", "chainId" FROM "Article" WHERE "projectId" = ${projectId}::uuid
         AND ("id" = ANY (${[...ids]}::uuid[]) OR "chainId" = ANY (${[...ids]}::uuid[])))
    SELECT a."id", a."title", a."url", a."outlet", a."duplicateKey", a."pageKey", a."chainId", a."textVersion", a."deletedAt" IS NULL AS "live",
           a."createdAt" = now()::timestamptz(3) AS "fresh", CASE WHEN b."purpose" = 'training' THEN NULL ELSE a."batchId" END AS "batchId",
           a."single", a."story", a."split"
      FROM "Article" a LEFT JOIN "Batch" b ON b."id" = a."batchId"
     WHERE a."projectId" = ${projectId}::uuid
       AND (a."id" IN (SELECT "id" FROM "hit") OR a."chainId" IN (SELECT "chainId" FROM "hit" WHERE "chainId" IS NOT NULL))
     ORDER BY a."id"`);

/** Two who import one new page at the same time do so one after the other. In the order of their keys, so that they cannot wait in a circle. */
export async function lockPages(tx: Tx, projectId: string, pages: readonly string[]): Promise<void> {
  const keys = [...new Set(pages)].filter((page) => page !== "").sort();
  for (const key of keys)
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`page ${projectId} ${key}`}, 0))::text`;
}
