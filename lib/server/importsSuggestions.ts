/**
 * Suggestions of an imported file, placed on the articles that they belong to. A suggestion is what the importing editor's file held and
 * nothing else: marks that stem from a review stored here whose article is not settled are left out and named (decision 021).
 */
import { randomUUID } from "node:crypto";
import { Prisma } from "../../generated/prisma/client";
import type { NativeArticle, NativeSpan } from "../formats/native";
import { sha256 } from "../formats/native-read";
import { GOLD } from "../formats/suggestions";
import { canonicalSpan } from "../spans/canonical";
import { indexText } from "../text/codepoints";
import { fold } from "../text/fold";
import { type Bulk, insertRows } from "./bulk";
import { type Ids, isUuid, withSource } from "./importsIds";
import type { Target } from "./importsRows";
import { insertSuggestions } from "./importsTables";

/** An article that is stored, and what a file says of it. */
export type Suggested = {
  readonly article: NativeArticle & { readonly text: string };
  readonly place: { readonly id: string; readonly length: number };
  /** It was here before: there may be reviews of it. */
  readonly known: boolean;
};

export type SuggestionCount = { readonly created: number; readonly duplicate: number };

export type PlacedSuggestions = {
  readonly rows: readonly object[];
  /** By the file's article: its ids to those here. */
  readonly ids: ReadonlyMap<NativeArticle, ReadonlyMap<string, string>>;
  readonly counts: ReadonlyMap<NativeArticle, SuggestionCount>;
  /** What was left out, in words. */
  readonly left: ReadonlyMap<string, number>;
};

const contentHash = ({ start, end, label, attributes }: NativeSpan): string =>
  sha256(canonicalSpan({ start, end, label, attributes, note: "", uncertain: false }));

/** Gives every suggestion its id and looks up which of them stand there already. */
export async function placeSuggestions(
  bulk: Bulk,
  target: Target,
  ids: Ids,
  all: readonly Suggested[],
): Promise<PlacedSuggestions> {
  const given = all.filter(({ article }) => (article.suggestions ?? []).length > 0);
  const nothing = { rows: [], ids: new Map(), counts: new Map(), left: new Map() };
  if (given.length === 0) return nothing;
  const sets = await setsOf(bulk, target, given);
  const blind = await Blind.of(bulk, given);
  const there = await existing(bulk, given);
  const spans = given.flatMap(({ article }) => (article.suggestions ?? []).flatMap((set) => set.spans));
  await ids.look(
    bulk,
    "suggestion",
    spans.map(({ id }) => id),
  );
  const rows: object[] = [];
  const left = new Map<string, number>();
  const leave = (what: string, n: number) => n > 0 && left.set(what, (left.get(what) ?? 0) + n);
  const placed = new Map<NativeArticle, ReadonlyMap<string, string>>();
  const counts = new Map<NativeArticle, SuggestionCount>();
  for (const { article, place } of given) {
    const index = indexText(article.text);
    const known = new Map<string, string>();
    let [created, duplicate] = [0, 0];
    for (const set of article.suggestions ?? []) {
      const setId = sets.get(set.by) ?? "";
      const kept = set.spans.filter((span) => !blind.hides(place.id, set.by, span));
      leave(
        `marks of a review or gold of an article here that is not settled, by ${set.by}, left out`,
        set.spans.length - kept.length,
      );
      const here = kept.map((span) => {
        const key = `${place.id} ${setId} ${contentHash(span)}`;
        const before = there.get(key);
        const id = before ?? ids.place("suggestion", span.id, place.id);
        there.set(key, id);
        if (span.id !== null) known.set(span.id, id);
        return { span, id, before };
      });
      for (const { span, id, before } of here) {
        if (before !== undefined) {
          duplicate++;
          continue;
        }
        created++;
        const own = set.links.filter((link) => link.from === span.id);
        const links = own.flatMap(({ id: linkId, type, to, toText }) => {
          const end = to === null ? null : known.get(to);
          return end === undefined ? [] : [{ id: linkId, type, to: end, toText }];
        });
        leave("links of suggestions that end in none of them left out", own.length - links.length);
        rows.push({
          id,
          projectId: target.projectId,
          articleId: place.id,
          textLength: place.length,
          setId,
          start: span.start,
          end: span.end,
          quote: index.slice(span),
          label: span.label,
          attributes: span.attributes,
          note: span.note,
          uncertain: span.uncertain,
          score: span.score ?? null,
          links,
          contentHash: contentHash(span),
          extra: withSource(span.extra, span.id),
        });
      }
    }
    placed.set(article, known);
    counts.set(article, { created, duplicate });
  }
  return { rows, ids: placed, counts, left };
}

export const storeSuggestions = (bulk: Bulk, { rows }: PlacedSuggestions): Promise<number> =>
  insertRows(bulk, insertSuggestions, rows);

/** A set a name, in the project. */
async function setsOf(bulk: Bulk, target: Target, given: readonly Suggested[]): Promise<ReadonlyMap<string, string>> {
  const persons = new Map<string, boolean>();
  for (const { article } of given)
    for (const { by, person } of article.suggestions ?? [])
      persons.set(by, person === true || (persons.get(by) ?? false));
  const rows = JSON.stringify([...persons].map(([name, person]) => ({ id: randomUUID(), name, person })));
  const found = await bulk.ask<{ id: string; name: string }>(Prisma.sql`
    INSERT INTO "SuggestionSet" ("id", "projectId", "name", "person", "createdBy")
    SELECT x."id", ${target.projectId}::uuid, x."name", x."person", ${target.actorId}::uuid
      FROM json_to_recordset(${rows}::json) AS x("id" uuid, "name" text, "person" boolean)
    ON CONFLICT ("projectId", "name") DO UPDATE SET "person" = "SuggestionSet"."person" OR excluded."person"
    RETURNING "id", "name"`);
  return new Map(found.map(({ id, name }) => [name, id]));
}

async function existing(bulk: Bulk, given: readonly Suggested[]): Promise<Map<string, string>> {
  const known = given.filter((one) => one.known).map(({ place }) => place.id);
  if (known.length === 0) return new Map();
  const rows = await bulk.ask<{ id: string; articleId: string; setId: string; contentHash: string }>(Prisma.sql`
    SELECT "id", "articleId", "setId", "contentHash" FROM "Suggestion" WHERE "articleId" = ANY (${known}::uuid[])`);
  return new Map(rows.map((row) => [`${row.articleId} ${row.setId} ${row.contentHash}`, row.id]));
}

/**
 * What nobody may hear of by way of a suggestion: marks whose ids are those of a span or of gold here, in whatever project, and everything
 * by whoever has a review of the article, by id, e-mail or name; each as long as the article is not settled.
 */
class Blind {
  private constructor(
    private readonly spans: ReadonlySet<string>,
    private readonly people: ReadonlySet<string>,
  ) {}

  static async of(bulk: Bulk, given: readonly Suggested[]): Promise<Blind> {
    const ids = given.flatMap(({ article }) =>
      (article.suggestions ?? []).flatMap((set) =>
        set.spans.flatMap(({ id }) => (id !== null && isUuid(id) ? [id] : [])),
      ),
    );
    const spans = await bulk.ask<{ id: string }>(Prisma.sql`
      SELECT s."id" FROM (SELECT "id", "articleId" FROM "Span" UNION ALL SELECT "id", "articleId" FROM "GoldSpan") s
        JOIN "Article" a ON a."id" = s."articleId" AND a."state" <> 'SETTLED'
       WHERE s."id" = ANY (${ids}::uuid[])`);
    const known = given.filter((one) => one.known).map(({ place }) => place.id);
    const people = await bulk.ask<{ articleId: string; names: string[] }>(Prisma.sql`
      SELECT a."id" AS "articleId", ARRAY (
               SELECT unnest(ARRAY[u."id"::text, u."email", u."name"]) FROM "Review" r JOIN "User" u ON u."id" = r."reviewerId"
                WHERE r."articleId" = a."id" AND r."deletedAt" IS NULL
               UNION ALL
               SELECT ${GOLD} WHERE EXISTS (SELECT 1 FROM "Decision" d WHERE d."articleId" = a."id")) AS "names"
        FROM "Article" a WHERE a."id" = ANY (${known}::uuid[]) AND a."state" <> 'SETTLED'`);
    return new Blind(
      new Set(spans.map(({ id }) => id)),
      new Set(
        people.flatMap(({ articleId, names }) => names.filter(Boolean).map((name) => `${articleId} ${fold(name)}`)),
      ),
    );
  }

  hides(articleId: string, by: string, { id }: NativeSpan): boolean {
    return this.people.has(`${articleId} ${fold(by.trim())}`) || (id !== null && this.spans.has(id.toLowerCase()));
  }
}
