/** Writes a batch of prepared articles in the caller's transaction: finds what is there already, places ids, and inserts in bulk. */
import { randomUUID } from "node:crypto";
import type { Json, NativeArticle } from "../formats/native";
import { insertRows } from "./bulk";
import type { Tx } from "./db";
import { addGold, POLICY } from "./importsGold";
import { Ids } from "./importsIds";
import type { People } from "./importsPeople";
import {
  type ArticlePlace,
  addReviews,
  articleRow,
  type FarLink,
  type MarkRows,
  noMarks,
  regionRows,
  type Target,
  textRow,
} from "./importsRows";
import * as tables from "./importsTables";

/** An article that is ready to be stored: text prepared, regions given or proposed, marks checked. */
export type Ready = {
  readonly article: NativeArticle & { readonly text: string; readonly textSha256: string };
  readonly duplicateKey: string;
  readonly creationHash: string | null;
  readonly batchId: string | null;
};

export type Stored = {
  /** The article's id here: its own, or that of the article that it repeats. */
  readonly id: string;
  readonly title: string;
  readonly duplicate: boolean;
  readonly spans: number;
  /** Reviews that count for cases: submitted, or decided on. */
  readonly judged: boolean;
  readonly far: readonly FarLink[];
};

/** In the order of `batch`. Nothing that is there already is changed, nor are marks added to it. */
export async function storeArticles(
  tx: Tx,
  target: Target,
  people: People,
  batch: readonly Ready[],
): Promise<readonly Stored[]> {
  const there = await existing(
    tx,
    target.projectId,
    batch.map((one) => one.duplicateKey),
  );
  const fresh: (Ready & { readonly place: ArticlePlace })[] = [];
  const ids = new Ids(target.projectId);
  await ids.look(
    tx,
    "article",
    batch.map((one) => one.article.id),
  );
  const keys = new Set(there.keys());
  for (const one of batch) {
    if (keys.has(one.duplicateKey)) continue;
    keys.add(one.duplicateKey);
    const id = ids.place("article", one.article.id, "");
    fresh.push({ ...one, place: { id, textId: randomUUID(), length: one.article.length } });
  }

  await insertRows(
    tx,
    tables.insertTexts,
    fresh.map((one) => textRow(target, one.place, one.article)),
  );
  const made = new Set(
    await insertReturning(
      tx,
      fresh.map((one) => articleRow(target, one.place, one.article, keep(one))),
    ),
  );
  const lost = fresh.filter((one) => !made.has(one.place.id));
  if (lost.length > 0) await yieldTo(tx, target.projectId, lost, there);

  const created = fresh.filter((one) => made.has(one.place.id));
  await insertRows(
    tx,
    tables.insertRegions,
    created.flatMap((one) => regionRows(target, one.place, one.article)),
  );
  const far = new Map<string, readonly FarLink[]>();
  const rows = await markRows(tx, target, people, ids, created, far);
  await insertMarks(tx, rows);

  const places = new Map(created.map((one) => [one.duplicateKey, one]));
  return batch.map((one): Stored => {
    const new_ = places.get(one.duplicateKey);
    if (new_?.article === one.article)
      return {
        id: new_.place.id,
        title: one.article.title ?? "",
        duplicate: false,
        spans: one.article.reviews.reduce((sum, review) => sum + review.spans.length, 0),
        judged: one.article.reviews.some((review) => review.status === "submitted") || one.article.gold !== null,
        far: far.get(new_.place.id) ?? [],
      };
    const other = there.get(one.duplicateKey) ?? { id: new_?.place.id ?? "", title: new_?.article.title ?? "" };
    return { ...other, duplicate: true, spans: 0, judged: false, far: [] };
  });
}

const keep = ({ duplicateKey, creationHash, batchId }: Ready) => ({ duplicateKey, creationHash, batchId });

type Known = { readonly id: string; readonly title: string };

async function existing(tx: Tx, projectId: string, keys: readonly string[]): Promise<Map<string, Known>> {
  const rows = await tx.$queryRaw<(Known & { key: string })[]>`
    SELECT "id", "title", "duplicateKey" AS "key" FROM "Article"
     WHERE "projectId" = ${projectId}::uuid AND "duplicateKey" = ANY (${keys}::text[]) AND "deletedAt" IS NULL`;
  return new Map(rows.map(({ key, ...known }) => [key, known]));
}

async function insertReturning(tx: Tx, rows: readonly object[]): Promise<readonly string[]> {
  if (rows.length === 0) return [];
  const made = await tx.$queryRaw<{ id: string }[]>(tables.insertArticles(JSON.stringify(rows)));
  return made.map(({ id }) => id);
}

/** Someone else stored the same articles a moment ago: theirs stay, our texts go. */
async function yieldTo(
  tx: Tx,
  projectId: string,
  lost: readonly (Ready & { readonly place: ArticlePlace })[],
  there: Map<string, Known>,
): Promise<void> {
  await tx.$executeRaw`DELETE FROM "ArticleText" WHERE "id" = ANY (${lost.map((one) => one.place.textId)}::uuid[])`;
  for (const [key, known] of await existing(
    tx,
    projectId,
    lost.map((one) => one.duplicateKey),
  ))
    there.set(key, known);
  if (lost.some((one) => !there.has(one.duplicateKey))) throw new IdTaken();
}

/** An id that was free when it was looked up is not any more. The work is to be done again. */
export class IdTaken extends Error {
  readonly code = "23505";

  constructor() {
    super("an article's id was taken meanwhile");
    this.name = "IdTaken";
  }
}

async function markRows(
  tx: Tx,
  target: Target,
  people: People,
  ids: Ids,
  created: readonly (Ready & { readonly place: ArticlePlace })[],
  far: Map<string, readonly FarLink[]>,
): Promise<MarkRows> {
  const rows = noMarks();
  const articles = created.map((one) => one.article).filter((one) => one.reviews.length > 0 || one.gold !== null);
  if (articles.length === 0) return rows;
  const reviews = articles.flatMap((one) => one.reviews);
  const decisions = articles.flatMap((one) => one.gold?.decisions ?? []);
  await people.meet(tx, [
    ...reviews.map((one) => one.reviewer),
    ...decisions.flatMap((one) => [one.adjudicator, ...(one.case?.missing ?? [])]).filter((name) => name !== POLICY),
  ]);
  await ids.look(
    tx,
    "span",
    reviews.flatMap((one) => one.spans.map((span) => span.id)),
  );
  await ids.look(
    tx,
    "link",
    reviews.flatMap((one) => one.links.map((link) => link.id)),
  );
  await ids.look(
    tx,
    "decision",
    decisions.map((one) => one.id),
  );
  const ends = decisions.flatMap((one) => one.links.map((link) => link.extra.target ?? null));
  await ids.look(tx, "case", [...decisions.map((one) => one.case?.id ?? null), ...named(ends, "caseId")]);
  const gold = articles.flatMap((one) => (one.gold ? [one.gold, ...one.gold.decisions] : []));
  await ids.look(tx, "goldSpan", [
    ...gold.flatMap((one) => one.spans.map((span) => span.id)),
    ...named(ends, "spanId"),
  ]);
  await ids.look(
    tx,
    "goldLink",
    gold.flatMap((one) => one.links.map((link) => link.id)),
  );
  for (const { article, place } of created) {
    const before = rows.far.length;
    const placed = addReviews(rows, target, place, article, ids, (name) => people.id(name));
    if (article.gold) addGold(rows, target, place, article, ids, (name) => people.id(name), placed);
    if (rows.far.length > before) far.set(place.id, rows.far.slice(before));
  }
  return rows;
}

/** What ruled links name as their ends, in this article or another. */
const named = (ends: readonly Json[], name: string): string[] =>
  ends.flatMap((end) => {
    const id: Json | undefined = typeof end === "object" && end !== null ? Reflect.get(end, name) : undefined;
    return typeof id === "string" ? [id] : [];
  });

/** In the order of their references. */
async function insertMarks(tx: Tx, rows: MarkRows): Promise<void> {
  await insertRows(tx, tables.insertReviews, rows.reviews);
  await insertRows(tx, tables.insertSubmissions, rows.submissions);
  await insertRows(tx, tables.insertSpans, rows.spans);
  await insertRows(tx, tables.insertLinks, rows.links);
  await insertRows(tx, tables.insertCases, rows.cases);
  await insertRows(tx, tables.insertDecisions, rows.decisions);
  await insertRows(tx, tables.insertGoldSpans, rows.goldSpans);
  await insertRows(tx, tables.insertGoldLinks, rows.goldLinks);
}
