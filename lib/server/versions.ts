/** An article's versions: listed, compared, and made by hand. A new one by import: importsVersions.ts. */
import { Prisma } from "../../generated/prisma/client";
import type { Actor } from "../access/actor";
import { type ArticleFacts, blinded, canArticle, canProject } from "../access/can";
import { notFound, ok, type Result } from "../result";
import { articleFacts, articleFor } from "./access";
import { type ArticleMade, readArticle, storeOne } from "./articles";
import type { VersionCreate } from "./articles.schema";
import { type Tx, transaction } from "./db";
import { differenceOf } from "./kept";
import { carriedSpans, countCarried } from "./orphans";
import type { DiffView, VersionView } from "./versions.schema";

/**
 * Another text for an article, by an editor's word. What is not given of its metadata is as in the article named. Refuses: not-found;
 * forbidden; too-large; invalid; conflict (the id belongs to something else).
 */
export async function createVersion(
  actor: Actor,
  articleId: string,
  input: VersionCreate,
): Promise<Result<ArticleMade>> {
  const before = await transaction(async (tx) => {
    const may = await articleFor(tx, actor, articleId, "project.edit");
    if (!may.ok) return may;
    const view = await readArticle(tx, may.value.projectId, articleId);
    return view ? ok(view) : notFound();
  });
  if (!before.ok) return before;
  const { projectId, title, outlet, repostedBy, author, dateline, url, published, language, licence } = before.value;
  const known = { title, outlet, repostedBy, author, dateline, url, published, language, licence };
  return storeOne(actor, projectId, { ...known, ...input }, { kind: "after", articleId });
}

type Row = Omit<VersionView, "createdAt" | "carried"> & { readonly createdAt: Date; readonly textId: string };

/** Those that the actor may read, the newest first. Refuses: not-found. */
export const listVersions = (
  actor: Actor,
  articleId: string,
): Promise<Result<{ readonly items: VersionView[]; readonly nextCursor: null }>> =>
  transaction(async (tx) => {
    const may = await articleFor(tx, actor, articleId, "article.read");
    if (!may.ok) return may;
    const found = await versionsOf(tx, actor, may.value);
    return ok({ items: found.map(({ textId: _text, ...view }) => view), nextCursor: null });
  });

type Version = VersionView & { readonly textId: string };

async function versionsOf(
  tx: Tx,
  actor: Actor,
  { projectId, articleId }: ArticleFacts & { readonly articleId: string },
): Promise<readonly Version[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT v."id", v."textId", v."textVersion", v."superseded", v."title", v."url", v."state"::text AS "state", t."sha256" AS "textSha256",
           t."length", v."createdAt", u."name" AS "createdBy"
      FROM "Article" a
      JOIN "Article" v ON v."projectId" = a."projectId" AND (v."id" = a."id" OR v."chainId" = a."chainId") AND v."deletedAt" IS NULL
      JOIN "ArticleText" t ON t."id" = v."textId" LEFT JOIN "User" u ON u."id" = v."createdBy"
     WHERE a."id" = ${articleId}::uuid AND a."projectId" = ${projectId}::uuid ORDER BY v."textVersion" DESC`;
  const seen: Version[] = [];
  for (const row of rows) {
    const facts = await articleFacts(tx, actor, row.id);
    if (!facts || !canArticle(actor, "article.read", facts)) continue;
    const hidden = blinded(facts) && row.state !== "SETTLED";
    seen.push({
      ...row,
      state: hidden ? "OPEN" : row.state,
      createdAt: row.createdAt.toISOString(),
      createdBy: canProject(actor, "articles.list", facts) ? row.createdBy : null,
      carried: await countCarried(tx, actor, facts),
    });
  }
  return seen;
}

/** The article against an earlier version of it (the one before, when not said which). Refuses: not-found, also where there is no earlier one. */
export const diffVersions = (
  actor: Actor,
  articleId: string,
  { from: number }: { readonly from?: number | undefined } = {},
): Promise<Result<DiffView>> =>
  transaction(async (tx) => {
    const may = await articleFor(tx, actor, articleId, "article.read");
    if (!may.ok) return may;
    const versions = await versionsOf(tx, actor, may.value);
    const to = versions.find((version) => version.id === articleId);
    const earlier = versions.filter((version) => to && version.textVersion < to.textVersion);
    const from = number === undefined ? earlier[0] : earlier.find((version) => version.textVersion === number);
    if (!from || !to) return notFound();
    const { paragraphs, words } = await differenceOf(tx, from.textId, to.textId);
    const bare = ({ textId: _text, ...view }: Version): VersionView => view;
    return ok({
      from: bare(from),
      to: bare(to),
      paragraphs: paragraphs.map((one) => ({ ...one, pieces: [...one.pieces] })),
      words,
      carried: to.carried,
      spans: await carriedSpans(tx, actor, may.value, Prisma.sql`o."kind" <> 'exact'`),
    });
  });
