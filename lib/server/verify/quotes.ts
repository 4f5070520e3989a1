/** What the offsets cut out of the text equals the quote that was kept: of spans, of gold, of suggestions, and of every submission. */
import type pg from "pg";
import { indexText } from "../../text/codepoints";

type Piece = {
  readonly articleId: string;
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
};

export type QuoteChecks = { readonly checked: number; readonly breaches: ReadonlyMap<string, readonly string[]> };

/** Where quotes stand, by the promise that they keep. `$1` are article ids. */
const SOURCES: Readonly<Record<string, string>> = {
  "span-quote": `SELECT "articleId", "id", "start", "end", "quote" FROM "Span" WHERE "articleId" = ANY($1) AND "quote" IS NOT NULL`,
  "gold-quote": `SELECT "articleId", "id", "start", "end", "quote" FROM "GoldSpan" WHERE "articleId" = ANY($1) AND "quote" IS NOT NULL`,
  "suggestion-quote": `SELECT "articleId", "id", "start", "end", "quote" FROM "Suggestion" WHERE "articleId" = ANY($1)`,
  "submission-quote": `SELECT s."articleId", s."reviewId" || '/' || s."number" AS "id", (p."span"->>'start')::int AS "start",
                              (p."span"->>'end')::int AS "end", p."span"->>'quote' AS "quote"
                         FROM "Submission" s, jsonb_array_elements(s."spans") AS p("span")
                        WHERE s."articleId" = ANY($1) AND p."span"->>'quote' IS NOT NULL`,
};

/** Articles whose texts together have about so many characters are looked at together. */
const CHARACTERS_AT_ONCE = 4_000_000;

export async function checkQuotes(client: pg.ClientBase): Promise<QuoteChecks> {
  const breaches = new Map<string, string[]>();
  let checked = 0;
  for await (const ids of groups(client)) {
    const texts = await client.query<{ id: string; body: string }>(
      `SELECT a."id", t."body" FROM "Article" a JOIN "ArticleText" t ON t."id" = a."textId" WHERE a."id" = ANY($1)`,
      [ids],
    );
    const indexed = new Map(texts.rows.map(({ id, body }) => [id, indexText(body)]));
    for (const [check, sql] of Object.entries(SOURCES)) {
      const { rows } = await client.query<Piece>(sql, [ids]);
      checked += rows.length;
      const broken = rows
        .filter((piece) => indexed.get(piece.articleId)?.slice(piece) !== piece.quote)
        .map(({ id }) => id);
      if (broken.length > 0) breaches.set(check, [...(breaches.get(check) ?? []), ...broken]);
    }
  }
  return { checked, breaches };
}

/** Ids of all articles, in groups that fit into memory. */
async function* groups(client: pg.ClientBase): AsyncGenerator<string[]> {
  let last = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const { rows } = await client.query<{ id: string; textLength: number }>(
      `SELECT "id", "textLength" FROM "Article" WHERE "id" > $1 ORDER BY "id" LIMIT 500`,
      [last],
    );
    let group: string[] = [];
    let characters = 0;
    for (const { id, textLength } of rows) {
      group.push(id);
      characters += textLength;
      if (characters < CHARACTERS_AT_ONCE) continue;
      yield group;
      group = [];
      characters = 0;
    }
    if (group.length > 0) yield group;
    const end = rows.at(-1)?.id;
    if (end === undefined) return;
    last = end;
  }
}
