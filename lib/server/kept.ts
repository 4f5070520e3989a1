/**
 * What never changes once written, kept in the process: texts of articles, differences of two of them, and versions of schemes. No other instance needs to know.
 * The least recently used go first; the budget is in UTF-16 units of text.
 */
import type { Scheme } from "../scheme/scheme";
import { indexText, type TextIndex } from "../text/codepoints";
import { countWords, diffTexts, type Paragraph, paragraphsOf } from "../versions/diff";
import type { Tx } from "./db";

/** A Prisma transaction, or a pg client or pool: whichever may see the row. */
export type Reader =
  | Pick<Tx, "$queryRaw">
  | {
      query<R extends object>(query: {
        readonly name: string;
        readonly text: string;
        readonly values: unknown[];
      }): Promise<{ readonly rows: R[] }>;
    };

const TEXT_BUDGET = 32 * 1024 * 1024;
/** Of the two texts. */
const DIFFERENCE_BUDGET = 16 * 1024 * 1024;
const SCHEMES = 500;

const texts = new Map<string, TextIndex>();
let textUnits = 0;
const differences = new Map<string, Difference>();
let differenceUnits = 0;
const schemes = new Map<string, Scheme>();

type Difference = {
  readonly paragraphs: readonly Paragraph[];
  readonly words: { readonly in: number; readonly out: number };
  readonly units: number;
};

/** Takes the entry, and makes it the most recently used. */
function take<K, V>(map: Map<K, V>, key: K): V | undefined {
  const value = map.get(key);
  if (value === undefined) return undefined;
  map.delete(key);
  map.set(key, value);
  return value;
}

/** The text of an ArticleText row that is known to exist. */
export async function textOf(reader: Reader, textId: string): Promise<TextIndex> {
  const known = take(texts, textId);
  if (known) return known;
  const [row] =
    "$queryRaw" in reader
      ? await reader.$queryRaw<{ body: string }[]>`SELECT "body" FROM "ArticleText" WHERE "id" = ${textId}::uuid`
      : (
          await reader.query<{ body: string }>({
            name: "text",
            text: `SELECT "body" FROM "ArticleText" WHERE "id" = $1`,
            values: [textId],
          })
        ).rows;
  if (!row) throw new Error(`text ${textId} is not there`);
  return keepText(textId, row.body);
}

/** Several at once, those that are not kept in one statement. */
export async function textsOf(tx: Tx, textIds: readonly string[]): Promise<ReadonlyMap<string, TextIndex>> {
  const found = new Map<string, TextIndex>();
  const wanted: string[] = [];
  for (const id of textIds) {
    const known = take(texts, id);
    if (known) found.set(id, known);
    else wanted.push(id);
  }
  if (wanted.length === 0) return found;
  const rows = await tx.$queryRaw<{ id: string; body: string }[]>`
    SELECT "id", "body" FROM "ArticleText" WHERE "id" = ANY (${wanted}::uuid[])`;
  for (const { id, body } of rows) found.set(id, keepText(id, body));
  return found;
}

/** Of a text that was just read or written. */
export function keepText(textId: string, body: string): TextIndex {
  const index = indexText(body);
  if (!texts.has(textId)) textUnits += body.length;
  texts.set(textId, index);
  for (const [id, old] of texts) {
    if (textUnits <= TEXT_BUDGET || id === textId) break;
    texts.delete(id);
    textUnits -= old.text.length;
  }
  return index;
}

/** Of two ArticleText rows that are known to exist, the earlier first. */
export async function differenceOf(tx: Tx, wasId: string, isId: string): Promise<Difference> {
  const key = `${wasId} ${isId}`;
  const known = take(differences, key);
  if (known) return known;
  const texts = await textsOf(tx, [wasId, isId]);
  const [was, is] = [texts.get(wasId), texts.get(isId)];
  if (!was || !is) throw new Error("a version has no text");
  const paragraphs = paragraphsOf(was, is, diffTexts(was, is));
  const made = { paragraphs, words: countWords(paragraphs), units: was.text.length + is.text.length };
  differenceUnits += made.units;
  differences.set(key, made);
  for (const [old, { units }] of differences) {
    if (differenceUnits <= DIFFERENCE_BUDGET || old === key) break;
    differences.delete(old);
    differenceUnits -= units;
  }
  return made;
}

/** A version of a project's scheme that is known to exist. Schemes were checked when they were written. */
export async function schemeOf(reader: Reader, projectId: string, version: number): Promise<Scheme> {
  const key = `${projectId} ${version}`;
  const known = take(schemes, key);
  if (known) return known;
  // A transaction may yet be undone, and another scheme take the number: what it wrote itself is not kept.
  const [row] =
    "$queryRaw" in reader
      ? await reader.$queryRaw<{ scheme: Scheme; kept: boolean }[]>`
          SELECT "scheme", ("xmin"::text <> coalesce(pg_current_xact_id_if_assigned()::xid::text, '')) AS "kept"
            FROM "SchemeVersion" WHERE "projectId" = ${projectId}::uuid AND "version" = ${version}`
      : (
          await reader.query<{ scheme: Scheme; kept: boolean }>({
            name: "scheme",
            text: `SELECT "scheme", true AS "kept" FROM "SchemeVersion" WHERE "projectId" = $1 AND "version" = $2`,
            values: [projectId, version],
          })
        ).rows;
  if (!row) throw new Error(`scheme ${key} is not there`);
  if (!row.kept) return row.scheme;
  schemes.set(key, row.scheme);
  for (const old of schemes.keys()) {
    if (schemes.size <= SCHEMES) break;
    schemes.delete(old);
  }
  return row.scheme;
}

/** Only an import into a project that is empty gives its versions other contents: nothing was marked under them. */
export function forgetSchemes(projectId: string): void {
  for (const key of schemes.keys()) if (key.startsWith(`${projectId} `)) schemes.delete(key);
}
