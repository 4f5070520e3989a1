/** Writes a batch of prepared articles in the caller's transaction: finds what is there already, places ids, and inserts in bulk. */
import { randomUUID } from "node:crypto";
import { Prisma } from "../../generated/prisma/client";
import type { Json, NativeArticle } from "../formats/native";
import type { Fault } from "../result";
import { type Bulk, insertRows } from "./bulk";
import type { Marks } from "./cases-marks";
import { addGold, POLICY } from "./importsGold";
import { Ids, isUuid } from "./importsIds";
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
import { placeSuggestions, type Suggested, type SuggestionCount, storeSuggestions } from "./importsSuggestions";
import * as tables from "./importsTables";
import { declaredBy, type NewVersion, Versions, type VersionWanted } from "./importsVersions";
import { keepText } from "./kept";

/** An article that is ready to be stored: text prepared, regions given or proposed, marks checked. */
export type Ready = {
  readonly article: NativeArticle & { readonly text: string; readonly textSha256: string };
  readonly duplicateKey: string;
  readonly creationHash: string | null;
  readonly batchId: string | null;
  /** What the article may be a new version of; none: whatever stands there, it is an article of its own. */
  readonly version?: VersionWanted | null;
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
  /** It is a new version of an article that was there. */
  readonly version: NewVersion | null;
  readonly notes: readonly string[];
  readonly suggestions: SuggestionCount;
  /** Why its suggestions could not be added to the article that it repeats. */
  readonly fault?: Fault;
  /** What its cases are found in, as it was written; null where more may stand there, or nothing. */
  readonly marks: Marks | null;
};

export type StoredBatch = {
  /** In the order of the batch. */
  readonly articles: readonly Stored[];
  /** Of suggestions: what was left out, in words. */
  readonly left: ReadonlyMap<string, number>;
};

/**
 * Nothing that is there already is changed, nor are marks added to it; with `attach`, suggestions are: to the article of the same id and
 * text, or to the one that it repeats. A new version takes the place of the former.
 */
export async function storeArticles(
  bulk: Bulk,
  target: Target,
  people: People,
  batch: readonly Ready[],
  attach = false,
): Promise<StoredBatch> {
  const there = await existing(
    bulk,
    target.projectId,
    batch.map((one) => one.duplicateKey),
  );
  const byId = attach ? await existingById(bulk, target.projectId, batch) : new Map<string, Known>();
  const fresh: Fresh[] = [];
  const ids = new Ids(target.projectId);
  await ids.look(
    bulk,
    "article",
    batch.flatMap((one) => [one.article.id, declaredBy(one)]),
  );
  const versions = await Versions.of(bulk, target.projectId, ids, batch);
  const keys = new Set(there.keys());
  for (const one of batch) {
    if (keys.has(one.duplicateKey) || sameById(byId, one)) continue;
    keys.add(one.duplicateKey);
    const same = versions.repeated(one);
    if (same) {
      there.set(one.duplicateKey, { ...same, sha256: "", length: 0 }); // in other signs: no offset of one fits the other
      continue;
    }
    const id = ids.place("article", one.article.id, "");
    versions.place(one, id);
    fresh.push({ ...one, place: { id, textId: randomUUID(), length: one.article.length } });
  }
  await versions.open(bulk);

  await insertRows(
    bulk,
    tables.insertTexts,
    fresh.map((one) => textRow(target, one.place, one.article)),
  );
  const made = new Set(
    await insertReturning(
      bulk,
      fresh.map((one) =>
        articleRow(target, one.place, one.article, { ...keep(one), ...versions.row(one, one.place.id) }),
      ),
    ),
  );
  const lost = fresh.filter((one) => !made.has(one.place.id));
  if (lost.length > 0) await yieldTo(bulk, target.projectId, lost, there);

  const created = fresh.filter((one) => made.has(one.place.id));
  await insertRows(
    bulk,
    tables.insertRegions,
    created.flatMap((one) => regionRows(target, one.place, one.article)),
  );
  const places = new Map(created.map((one) => [one.duplicateKey, one]));
  const at = (one: Ready): Known | null => {
    const same = sameById(byId, one);
    if (same) return same;
    const new_ = places.get(one.duplicateKey);
    if (!new_) return there.get(one.duplicateKey) ?? null;
    const { title, length, textSha256: sha256 } = new_.article;
    return { id: new_.place.id, title: title ?? "", sha256, length };
  };
  const suggested = await placeSuggestions(bulk, target, ids, [
    ...created.map(({ article, place }) => ({ article, place, known: false })),
    ...(attach
      ? batch.flatMap((one) => attached(one, at(one), places.get(one.duplicateKey)?.article === one.article))
      : []),
  ]);
  const far = new Map<string, readonly FarLink[]>();
  const rows = await markRows(bulk, target, people, ids, created, far, suggested.ids);
  for (const { article, place } of created) if (rows.submitted.has(place.id)) keepText(place.textId, article.text);
  await insertMarks(bulk, rows);
  await storeSuggestions(bulk, suggested);
  const newVersions = await versions.carry(
    bulk,
    target.actorId,
    created.map((one) => one.place.id),
  );

  const articles = batch.map((one): Stored => {
    const new_ = places.get(one.duplicateKey);
    const suggestions = suggested.counts.get(one.article) ?? NO_SUGGESTIONS;
    if (new_?.article === one.article)
      return {
        id: new_.place.id,
        title: one.article.title ?? "",
        duplicate: false,
        spans: one.article.reviews.reduce((sum, review) => sum + review.spans.length, 0),
        judged: one.article.reviews.some((review) => review.status === "submitted") || one.article.gold !== null,
        far: far.get(new_.place.id) ?? [],
        version: newVersions.get(new_.place.id) ?? null,
        marks: newVersions.has(new_.place.id) ? null : (rows.submitted.get(new_.place.id) ?? null),
        notes: versions.notes(new_.place.id),
        suggestions,
      };
    const { id, title, sha256 } = at(one) ?? { id: "", title: "", sha256: "" };
    const stored = {
      id,
      title,
      duplicate: true,
      spans: 0,
      judged: false,
      far: [],
      marks: null,
      version: null,
      notes: [],
    };
    if (!attach) return { ...stored, suggestions: NO_SUGGESTIONS };
    const other = sha256 !== one.article.textSha256;
    return { ...stored, suggestions: other ? NO_SUGGESTIONS : suggestions, ...(other ? { fault: OTHER_TEXT } : {}) };
  });
  return { articles, left: suggested.left };
}

type Fresh = Ready & { readonly place: ArticlePlace };

const NO_SUGGESTIONS: SuggestionCount = { created: 0, duplicate: 0 };

const OTHER_TEXT: Fault = {
  path: "text",
  code: "hash-mismatch",
  message: "The article is here already, but not letter by letter: the suggestions' offsets are of another text.",
};

/** Suggestions for an article that is there, or came earlier in the file; of another text none. */
function attached(one: Ready, to: Known | null, isNew: boolean): readonly Suggested[] {
  if (isNew || !to || to.sha256 !== one.article.textSha256) return [];
  return [{ article: one.article, place: { id: to.id, length: to.length }, known: true }];
}

const sameById = (byId: ReadonlyMap<string, Known>, { article }: Ready): Known | null => {
  const found = byId.get(article.id?.toLowerCase() ?? "");
  return found?.sha256 === article.textSha256 ? found : null;
};

const keep = ({ duplicateKey, creationHash, batchId }: Ready) => ({ duplicateKey, creationHash, batchId });

type Known = { readonly id: string; readonly title: string; readonly sha256: string; readonly length: number };

async function existing(bulk: Bulk, projectId: string, keys: readonly string[]): Promise<Map<string, Known>> {
  const rows = await bulk.ask<Known & { key: string }>(Prisma.sql`
    SELECT a."id", a."title", a."duplicateKey" AS "key", t."sha256", t."length" FROM "Article" a JOIN "ArticleText" t ON t."id" = a."textId"
     WHERE a."projectId" = ${projectId}::uuid AND a."duplicateKey" = ANY (string_to_array(${keys.join()}, ',')) AND a."deletedAt" IS NULL`);
  return new Map(rows.map(({ key, ...known }) => [key, known]));
}

async function existingById(bulk: Bulk, projectId: string, batch: readonly Ready[]): Promise<Map<string, Known>> {
  const ids = batch.flatMap(({ article: { id } }) => (id !== null && isUuid(id) ? [id] : []));
  if (ids.length === 0) return new Map();
  const rows = await bulk.ask<Known>(Prisma.sql`
    SELECT a."id", a."title", t."sha256", t."length" FROM "Article" a JOIN "ArticleText" t ON t."id" = a."textId"
     WHERE a."projectId" = ${projectId}::uuid AND a."id" = ANY (${ids}::uuid[]) AND a."deletedAt" IS NULL`);
  return new Map(rows.map((known) => [known.id, known]));
}

async function insertReturning(bulk: Bulk, rows: readonly object[]): Promise<readonly string[]> {
  if (rows.length === 0) return [];
  const made = await bulk.ask<{ id: string }>(tables.insertArticles(JSON.stringify(rows)));
  return made.map(({ id }) => id);
}

/** Someone else stored the same articles a moment ago: theirs stay, our texts go. */
async function yieldTo(
  bulk: Bulk,
  projectId: string,
  lost: readonly Fresh[],
  there: Map<string, Known>,
): Promise<void> {
  await bulk.run(
    Prisma.sql`DELETE FROM "ArticleText" WHERE "id" = ANY (${lost.map((one) => one.place.textId)}::uuid[])`,
  );
  for (const [key, known] of await existing(
    bulk,
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
  bulk: Bulk,
  target: Target,
  people: People,
  ids: Ids,
  created: readonly Fresh[],
  far: Map<string, readonly FarLink[]>,
  suggestions: ReadonlyMap<NativeArticle, ReadonlyMap<string, string>>,
): Promise<MarkRows> {
  const rows = noMarks();
  const articles = created.map((one) => one.article).filter((one) => one.reviews.length > 0 || one.gold !== null);
  if (articles.length === 0) return rows;
  const reviews = articles.flatMap((one) => one.reviews);
  const decisions = articles.flatMap((one) => one.gold?.decisions ?? []);
  await people.meet(bulk, [
    ...reviews.map((one) => one.reviewer),
    ...decisions.flatMap((one) => [one.adjudicator, ...(one.case?.missing ?? [])]).filter((name) => name !== POLICY),
  ]);
  await ids.look(
    bulk,
    "span",
    reviews.flatMap((one) => [...one.spans.map((span) => span.id), ...(one.carried ?? []).map(({ span }) => span)]),
  );
  await ids.look(
    bulk,
    "link",
    reviews.flatMap((one) => [
      ...one.links.map((link) => link.id),
      ...named(
        (one.carried ?? []).flatMap(({ links }) => (Array.isArray(links) ? links : [])),
        "id",
      ),
    ]),
  );
  await ids.look(
    bulk,
    "decision",
    decisions.map((one) => one.id),
  );
  const ends = decisions.flatMap((one) => one.links.map((link) => link.extra.target ?? null));
  await ids.look(bulk, "case", [...decisions.map((one) => one.case?.id ?? null), ...named(ends, "caseId")]);
  const gold = articles.flatMap((one) => (one.gold ? [one.gold, ...one.gold.decisions] : []));
  await ids.look(bulk, "goldSpan", [
    ...gold.flatMap((one) => one.spans.map((span) => span.id)),
    ...named(ends, "spanId"),
  ]);
  await ids.look(
    bulk,
    "goldLink",
    gold.flatMap((one) => one.links.map((link) => link.id)),
  );
  for (const { article, place } of created) {
    const before = rows.far.length;
    const here = suggestions.get(article) ?? new Map<string, string>();
    const placed = addReviews(rows, target, place, article, ids, (name) => people.id(name), here);
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
async function insertMarks(bulk: Bulk, rows: MarkRows): Promise<void> {
  await insertRows(bulk, tables.insertReviews, rows.reviews);
  await insertRows(bulk, tables.insertSubmissions, rows.submissions);
  await insertRows(bulk, tables.insertSpans, rows.spans);
  await insertRows(bulk, tables.insertLinks, rows.links);
  await insertRows(bulk, tables.insertCarried, rows.carried);
  await insertRows(bulk, tables.insertCases, rows.cases);
  await insertRows(bulk, tables.insertDecisions, rows.decisions);
  await insertRows(bulk, tables.insertGoldSpans, rows.goldSpans);
  await insertRows(bulk, tables.insertGoldLinks, rows.goldLinks);
}
