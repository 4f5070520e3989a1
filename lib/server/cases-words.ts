/** The words by which cases that are about the same are found, as the database holds them. */
import { Prisma } from "../../generated/prisma/client";
import { unsureness } from "../cases/queue-order";
import { wordsOf } from "../cases/same-words";
import type { Suggestion } from "../cases/suggest";
import { ok } from "../result";
import type { TextIndex } from "../text/codepoints";
import type { Range } from "../text/range";
import { type CaseRow, caseOf, type StoredMember, sha256 } from "./cases-file";
import { type Tx, transaction } from "./db";
import { textsOf } from "./kept";
import { log, whatFailed } from "./log";
import { isStopping } from "./shutdown";

/** 96 bits of a hash: enough that two texts do not meet, in a third of the room. */
export const wordKeys = (c: Range & { readonly members: readonly Range[] }, text: TextIndex): readonly string[] =>
  wordsOf(c, text).map((words) => sha256(words).slice(0, 24));

/** So many cases a transaction. */
const AT_ONCE = 200;

type Row = Parameters<typeof caseOf>[0] & {
  readonly textId: string;
  readonly members: readonly StoredMember[];
  readonly suggestion: Suggestion | null;
};

/** Cases from before their words were kept; at the start of each process. Answers how many there were. Harmless to repeat. */
export async function fillWords(): Promise<number> {
  let filled = 0;
  while (!isStopping()) {
    const done = await transaction(async (tx) => ok(await fillSome(tx)));
    if (!done.ok || done.value === 0) break;
    filled += done.value;
  }
  return filled;
}

async function fillSome(tx: Tx): Promise<number> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT c."id", a."textId", c."start", c."end", c."labels", c."primaryFlag", c."flags", c."members", c."missing", c."suggestion",
           c."status"::text AS "status", c."staleReason", '' AS "foundAt", NULL AS "closedAt"
      FROM "Case" c JOIN "Article" a ON a."id" = c."articleId"
     WHERE c."words" = '{}' AND c."status" <> 'CLOSED' ORDER BY c."id" LIMIT ${AT_ONCE} FOR UPDATE OF c SKIP LOCKED`;
  const texts = await textsOf(tx, [...new Set(rows.map((row) => row.textId))]);
  const made = rows.flatMap((row) => {
    const text = texts.get(row.textId);
    const c: CaseRow = caseOf(row);
    return text ? [{ id: row.id, words: wordKeys(c, text), unsure: unsureness(c, c.suggestion) }] : [];
  });
  if (made.length === 0) return 0;
  return tx.$executeRaw(Prisma.sql`
    UPDATE "Case" c SET "words" = x."words", "unsure" = x."unsure"
      FROM json_to_recordset(${JSON.stringify(made)}::json) AS x("id" uuid, "words" text[], "unsure" float8) WHERE x."id" = c."id"`);
}

/** In the background: nothing waits for it. */
export const watchWords = (): Promise<void> =>
  fillWords().then(
    (filled) => {
      if (filled > 0) log.info({ filled }, "the words of earlier cases are known now");
    },
    (error: unknown) => log.warn({ err: whatFailed(error) }, "the words of earlier cases could not be filled in"),
  );
