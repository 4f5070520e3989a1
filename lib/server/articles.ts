/** Articles one by one: made by hand or by a script, and read. Many at once: imports.ts; the list: articleList.ts. */
import type { Actor } from "../access/actor";
import { blinded } from "../access/can";
import { duplicateKey, prepareArticle } from "../formats/article";
import { readPublished } from "../formats/dates";
import { type DatePrecision, type NativeArticle, NO_EXTRA, NO_METADATA } from "../formats/native";
import { type Fault, invalid, notFound, ok, type Result, refuse } from "../result";
import { articleFor, projectFor } from "./access";
import type { ArticleCreate } from "./articles.schema";
import { record } from "./audit";
import { drawShare } from "./batchFill";
import { bulkOf } from "./bulk";
import { creation, creationHash } from "./creation";
import { type Tx, transaction } from "./db";
import { People } from "./importsPeople";
import { storeArticles } from "./importsStore";
import { targetOf } from "./importsTarget";
import { type NewVersion, type VersionWanted, versionEvent, versionInWords } from "./importsVersions";
import { readOriginal } from "./originals";
import type { OriginalView } from "./originals.schema";
import { readRegions, regionFaults, type StoredRegion, withRegions } from "./regions";
import type { CarriedOver } from "./versions.schema";

export type ArticleView = {
  readonly id: string;
  readonly projectId: string;
  readonly title: string;
  readonly outlet: string | null;
  readonly repostedBy: string | null;
  readonly author: string | null;
  readonly dateline: string | null;
  readonly url: string | null;
  readonly published: string | null;
  readonly publishedDate: string | null;
  readonly publishedPrecision: DatePrecision | null;
  readonly language: string | null;
  readonly licence: string | null;
  readonly text: string;
  readonly textSha256: string;
  /** Code points. */
  readonly length: number;
  readonly regions: readonly StoredRegion[];
  readonly state: "OPEN" | "ADJUDICATION" | "SETTLED";
  readonly batchId: string | null;
  /** Of metadata and regions. */
  readonly version: number;
  /** Which of its texts it is; `superseded`: a later one has taken its place. */
  readonly textVersion: number;
  readonly superseded: boolean;
  readonly createdAt: string;
  /** The file that the text was read from. */
  readonly original: OriginalView | null;
};

export type ArticleMade = {
  readonly made: boolean;
  readonly article: ArticleView & {
    /** The article was there already; nothing was stored. */
    readonly duplicate: boolean;
    readonly versionOf: string | null;
    readonly carried: CarriedOver | null;
    /** What was done to the text, and what was proposed. */
    readonly notes: readonly string[];
  };
};

export const etagOf = ({ version }: Pick<ArticleView, "version">): string => `"${version}"`;

/** Refuses: not-found. */
export async function getArticle(actor: Actor, articleId: string): Promise<Result<ArticleView>> {
  return transaction(async (tx) => {
    const may = await articleFor(tx, actor, articleId, "article.read");
    if (!may.ok) return may;
    const { projectId, state } = may.value;
    const view = await readArticle(tx, projectId, articleId);
    if (!view) return notFound();
    // What has become of it is part of what others marked.
    return ok(blinded(may.value) && state !== "SETTLED" ? { ...view, state: "OPEN" } : view);
  });
}

type Row = Omit<ArticleView, "regions" | "createdAt" | "original"> & {
  readonly createdAt: Date;
  readonly textId: string;
};

export async function readArticle(tx: Tx, projectId: string, articleId: string): Promise<ArticleView | null> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT a."id", a."projectId", a."title", a."outlet", a."repostedBy", a."author", a."dateline", a."url", a."published",
           a."publishedDate", a."publishedPrecision", a."language", a."licence", t."body" AS "text", t."sha256" AS "textSha256",
           a."textLength" AS "length", a."state"::text AS "state", a."batchId", a."version", a."textVersion", a."superseded", a."createdAt", a."textId"
      FROM "Article" a JOIN "ArticleText" t ON t."id" = a."textId"
     WHERE a."id" = ${articleId}::uuid AND a."projectId" = ${projectId}::uuid AND a."deletedAt" IS NULL`;
  const row = rows[0];
  if (!row) return null;
  const { textId, createdAt, ...article } = row;
  return {
    ...article,
    regions: await readRegions(tx, projectId, articleId),
    createdAt: createdAt.toISOString(),
    original: await readOriginal(tx, textId),
  };
}

/**
 * Stores an article, or answers the one that is there already: the same request again, or the same folded text with the same outlet and
 * URL. Another text of a page that is there is the next version of its article, unless `samePage` says otherwise. Refuses: not-found; forbidden; too-large; invalid; conflict (the id belongs to another article).
 */
export async function createArticle(
  actor: Actor,
  projectId: string,
  input: ArticleCreate,
): Promise<Result<ArticleMade>> {
  const page = input.samePage === "apart" ? null : ({ kind: "page", lock: true } as const);
  return storeOne(actor, projectId, input, page);
}

/** `version`: what it may be a version of. */
export async function storeOne(
  actor: Actor,
  projectId: string,
  input: ArticleCreate,
  version: VersionWanted | null,
): Promise<Result<ArticleMade>> {
  // Asked again below; here so that nobody else makes the server work on their text.
  const early = await transaction((tx) => projectFor(tx, actor, projectId, "project.edit"));
  if (!early.ok) return early;
  const ready = readyOf(input);
  if (!ready.ok) return ready;
  const { notes, article } = ready.value;
  const hash = creationHash({ ...input, id: undefined });
  const key = duplicateKey(article);
  return creation<ArticleMade>(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit");
    if (!may.ok) return may;
    const before = await byId(tx, projectId, input.id, hash, key);
    if (before) return before.ok ? answer(tx, projectId, before.value, { made: false }) : before;
    const batch = await batchFaults(tx, projectId, input.batchId ?? null);
    if (batch.length > 0) return invalid(batch);
    const target = await targetOf(tx, projectId, actor);
    const people = await People.of(tx, projectId);
    const one = { article, duplicateKey: key, creationHash: hash, batchId: input.batchId ?? null, version };
    const [stored] = (await storeArticles(bulkOf(tx), target, people, [one])).articles;
    if (!stored) throw new Error("an article was neither stored nor found");
    if (!stored.duplicate && input.batchId) await drawShare(tx, input.batchId);
    if (!stored.duplicate)
      await record(
        tx,
        actor,
        { projectId },
        { type: "article.created", articleId: stored.id, textSha256: article.textSha256 },
      );
    if (stored.version) await record(tx, actor, { projectId }, versionEvent(stored.id, stored.version));
    return answer(tx, projectId, stored.id, {
      made: !stored.duplicate,
      notes: [...(stored.version ? [versionInWords(stored.version)] : []), ...stored.notes, ...notes],
      version: stored.version,
    });
  });
}

async function answer(
  tx: Tx,
  projectId: string,
  articleId: string,
  told: { readonly made: boolean; readonly notes?: readonly string[]; readonly version?: NewVersion | null },
): Promise<Result<ArticleMade>> {
  const view = await readArticle(tx, projectId, articleId);
  if (!view) return notFound();
  const { made, notes = [], version = null } = told;
  const said = { versionOf: version?.of ?? null, carried: version?.carried ?? null, notes: made ? notes : [] };
  return ok({ made, article: { ...view, duplicate: !made, ...said } });
}

type ReadyArticle = NativeArticle & { readonly text: string; readonly textSha256: string };

function readyOf(input: ArticleCreate): Result<{ readonly article: ReadyArticle; readonly notes: readonly string[] }> {
  const { title, text, regions, id } = input;
  const published = input.published ?? null;
  const language = input.language ?? null;
  const native: NativeArticle = {
    ...NO_METADATA,
    id: id ?? null,
    title: title?.trim() ? title : null,
    text,
    length: 0,
    textSha256: null,
    outlet: input.outlet ?? null,
    repostedBy: input.repostedBy ?? null,
    author: input.author ?? null,
    dateline: input.dateline ?? null,
    url: input.url ?? null,
    published,
    ...readPublished(published, language),
    language,
    licence: input.licence ?? null,
    regions: null,
    reviews: [],
    gold: null,
    story: null,
    split: null,
    extra: NO_EXTRA,
  };
  const prepared = prepareArticle(native);
  if ("faults" in prepared) return refusalOf(prepared.faults);
  const wrong = regionFaults(regions ?? [], prepared.article.length);
  if (wrong.length > 0) return invalid(wrong);
  const given = regions?.map(({ start, end, role, reason }) => ({
    start,
    end,
    role,
    reason: reason ?? null,
    extra: NO_EXTRA,
  }));
  const { article, notes } = withRegions(given ? { ...prepared.article, regions: given } : prepared.article);
  if (article.text === null || article.textSha256 === null) throw new Error("an article was prepared without its text");
  return ok({
    article: { ...article, text: article.text, textSha256: article.textSha256 },
    notes: [...prepared.notes, ...notes],
  });
}

/** A text that is too long is its own refusal; everything else is "invalid". */
const refusalOf = (faults: readonly Fault[]) =>
  faults.some((fault) => fault.code === "too-large")
    ? refuse("too-large", "The text is larger than 10 MiB of UTF-8. Nothing was stored.", faults)
    : invalid(faults);

/** What stands under the id that the client chose: null when nothing does. */
async function byId(
  tx: Tx,
  projectId: string,
  id: string | undefined,
  hash: string,
  key: string,
): Promise<Result<string> | null> {
  if (id === undefined) return null;
  const before = await tx.article.findUnique({
    where: { id },
    select: { projectId: true, deletedAt: true, creationHash: true, duplicateKey: true },
  });
  if (!before) return null;
  const taken = (message: string) =>
    refuse("conflict", message, [{ path: "id", code: "id-taken", message, actual: id }]);
  if (before.projectId !== projectId) return taken("This id belongs to something else.");
  // What an import brought in has no request to compare with.
  if (before.creationHash === null ? before.duplicateKey !== key : before.creationHash !== hash)
    return taken("This id belongs to an article with other content.");
  return before.deletedAt === null ? ok(id) : taken("This article is in the bin. Restore it, or choose another id.");
}

export async function batchFaults(
  tx: Tx,
  projectId: string,
  batchId: string | null,
  articleId: string | null = null,
): Promise<readonly Fault[]> {
  if (batchId === null) return [];
  const batch = await tx.batch.findFirst({ where: { id: batchId, projectId }, select: { purpose: true } });
  if (!batch)
    return [{ path: "batchId", code: "unknown-batch", message: "The project has no such batch.", actual: batchId }];
  if (batch.purpose !== "training") return [];
  const article =
    articleId === null ? null : await tx.article.findUnique({ where: { id: articleId }, select: { state: true } });
  return article?.state === "SETTLED"
    ? []
    : [
        {
          path: "batchId",
          code: "not-settled",
          message: "Training is on settled articles; this one has no gold yet.",
          actual: batchId,
        },
      ];
}
