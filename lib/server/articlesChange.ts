/** Changing an article's metadata and regions; never its text. Allowed at any time, also when reviews exist, and always recorded. */
import type { Actor } from "../access/actor";
import { duplicateKey } from "../formats/article";
import { checkPublishedDate, readPublished } from "../formats/dates";
import { type ArticleMetadata, NO_METADATA } from "../formats/native";
import { type Fault, invalid, notFound, ok, type Result, refuse } from "../result";
import { articleFor } from "./access";
import { type ArticleView, batchFaults, readArticle } from "./articles";
import type { ArticlePatch } from "./articles.schema";
import { record } from "./audit";
import { drawShare } from "./batchFill";
import { refreshDue } from "./cases-refresh";
import { isUniqueViolation, transaction } from "./db";
import { searchKey } from "./importsRows";
import { regionFaults, replaceRegions } from "./regions";
import { pageKey } from "./versionsPages";

/**
 * `ifMatch` (an ETag) or `version` in the patch: the state that the change was made on. Refuses: not-found; forbidden; precondition
 * (`ifMatch` is behind); conflict (`version` is behind, or another article is the same now); invalid. A behind one gets the current state.
 */
export async function changeArticle(
  actor: Actor,
  articleId: string,
  patch: ArticlePatch,
  ifMatch: string | null = null,
): Promise<Result<ArticleView>> {
  try {
    return await transaction(async (tx) => {
      const may = await articleFor(tx, actor, articleId, "project.edit", { lock: true });
      if (!may.ok) return may;
      const { projectId } = may.value;
      const before = await readArticle(tx, projectId, articleId);
      if (!before) return notFound();
      const late = behind(before, patch, ifMatch);
      if (late) return late;
      const next = metadataOf(before, patch);
      const faults = [
        ...checkPublishedDate(next).map((fault) => ({ ...fault, path: CAMEL[fault.path] ?? fault.path })),
        ...regionFaults(patch.regions ?? [], before.length),
        ...(await batchFaults(tx, projectId, patch.batchId ?? null, articleId)),
      ];
      if (faults.length > 0) return invalid(faults);

      const fields = Object.keys(patch).filter((name) => name !== "version");
      if (fields.length === 0) return ok(before);
      const moved = next.outlet !== before.outlet || next.url !== before.url;
      const key = moved ? duplicateKey({ text: before.text, outlet: next.outlet, url: next.url }) : null;
      await tx.$executeRaw`
        UPDATE "Article" SET "title" = ${next.title}, "outlet" = ${next.outlet}, "repostedBy" = ${next.repostedBy},
               "author" = ${next.author}, "dateline" = ${next.dateline}, "url" = ${next.url}, "published" = ${next.published},
               "publishedDate" = ${next.publishedDate}, "publishedPrecision" = ${next.publishedPrecision},
               "language" = ${next.language}, "licence" = ${next.licence}, "batchId" = ${next.batchId}::uuid,
               "single" = CASE WHEN "batchId" IS DISTINCT FROM ${next.batchId}::uuid THEN NULL ELSE "single" END,
               "searchKey" = ${searchKey(next.title, next.outlet)}, "duplicateKey" = coalesce(${key}, "duplicateKey"),
               "pageKey" = ${pageKey(next)},
               "version" = "version" + 1
         WHERE "id" = ${articleId}::uuid`;
      if (patch.regions) await replaceRegions(tx, before, patch.regions);
      if (next.batchId !== before.batchId && next.batchId !== null) await drawShare(tx, next.batchId);
      if (next.batchId !== before.batchId) await refreshDue(tx, projectId);
      await record(tx, actor, { projectId }, { type: "article.changed", articleId, fields });
      const after = await readArticle(tx, projectId, articleId);
      return after ? ok(after) : notFound();
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const message = "Another article of the project has the same text, outlet and URL.";
    return refuse("conflict", message, [{ path: "outlet", code: "duplicate", message }]);
  }
}

const CAMEL: Readonly<Record<string, string>> = {
  published_date: "publishedDate",
  published_precision: "publishedPrecision",
};

function behind(article: ArticleView, patch: ArticlePatch, ifMatch: string | null): Result<never> | null {
  const current = { version: article.version };
  const message = `The article is at version ${article.version} now. Nothing was changed.`;
  const fault = (path: string, actual: unknown): readonly Fault[] => [
    { path, code: "behind", message, expected: article.version, actual, current },
  ];
  const tags = ifMatch?.split(",").map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
  if (ifMatch !== null && !tags.includes("*") && !tags.includes(`"${article.version}"`))
    return refuse("precondition", message, fault("If-Match", ifMatch));
  if (patch.version !== undefined && patch.version !== article.version)
    return refuse("conflict", message, fault("version", patch.version));
  return null;
}

type Metadata = ArticleMetadata & { readonly title: string; readonly batchId: string | null };

const given = <T>(value: T | undefined, before: T): T => (value === undefined ? before : value);

/** A new raw date or language is read anew, unless the patch brings a person's reading. */
function metadataOf(before: ArticleView, patch: ArticlePatch): Metadata {
  const next = {
    ...NO_METADATA,
    title: given(patch.title, before.title),
    outlet: given(patch.outlet, before.outlet),
    repostedBy: given(patch.repostedBy, before.repostedBy),
    author: given(patch.author, before.author),
    dateline: given(patch.dateline, before.dateline),
    url: given(patch.url, before.url),
    published: given(patch.published, before.published),
    language: given(patch.language, before.language),
    licence: given(patch.licence, before.licence),
    batchId: given(patch.batchId, before.batchId),
  };
  const byHand = patch.publishedDate !== undefined || patch.publishedPrecision !== undefined;
  if (byHand)
    return {
      ...next,
      publishedDate: given(patch.publishedDate, before.publishedDate),
      publishedPrecision: given(patch.publishedPrecision, before.publishedPrecision),
    };
  const anew = next.published !== before.published || next.language !== before.language;
  return { ...next, ...(anew ? readPublished(next.published, next.language) : dateOf(before)) };
}

const dateOf = ({ publishedDate, publishedPrecision }: ArticleView) => ({ publishedDate, publishedPrecision });
