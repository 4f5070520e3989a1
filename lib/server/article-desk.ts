/** All that stands on the screen on which an article's cases are settled, read in one transaction: it is read again after each decision. */
import type { Actor } from "../access/actor";
import { canArticle, canProject } from "../access/can";
import { notFound, ok, type Result } from "../result";
import type { Scheme } from "../scheme/scheme";
import { articleFor } from "./access";
import { type ArticleView, readArticle } from "./articles";
import { casesOf, nextElsewhere } from "./cases";
import type { CaseView } from "./cases-view";
import { transaction } from "./db";
import { type DecisionView, decisionsOf } from "./decisions-view";
import { schemeOf } from "./kept";
import { stampOf } from "./live";

export type ArticleDesk = {
  readonly article: ArticleView;
  readonly project: { readonly id: string; readonly name: string };
  readonly scheme: Scheme;
  /** Markdown. */
  readonly guideline: string;
  readonly cases: readonly CaseView[];
  /** Every decision of the article, in the order in which they were made. */
  readonly decisions: readonly DecisionView[];
  /** As `liveNow` has it. */
  readonly stamp: string;
  /** The first undecided case of another article. */
  readonly next: { readonly caseId: string; readonly articleId: string } | null;
  readonly may: { readonly decide: boolean; readonly list: boolean; readonly review: boolean };
};

export const articleDesk = (
  actor: Actor,
  articleId: string,
  { reveal }: { readonly reveal?: boolean | undefined } = {},
): Promise<Result<ArticleDesk>> =>
  transaction(async (tx) => {
    const found = await articleFor(tx, actor, articleId, "marks.see");
    if (!found.ok) return found;
    const { projectId } = found.value;
    // Before the cases: what changes between the two is then seen as a change.
    const stamp = await stampOf(tx, articleId);
    const article = await readArticle(tx, projectId, articleId);
    const [project] = await tx.$queryRaw<{ id: string; name: string; schemeVersion: number; guideline: string }[]>`
      SELECT p."id", p."name", p."schemeVersion", g."markdown" AS "guideline"
        FROM "Project" p JOIN "GuidelineVersion" g ON g."projectId" = p."id" AND g."version" = p."guidelineVersion"
       WHERE p."id" = ${projectId}::uuid`;
    if (!article || !project) return notFound();
    const decisions = await decisionsOf(tx, { articleId });
    return ok({
      article,
      project: { id: project.id, name: project.name },
      scheme: await schemeOf(tx, projectId, project.schemeVersion),
      guideline: project.guideline,
      cases: await casesOf(tx, actor, found.value, { reveal, decisions }),
      decisions,
      stamp,
      next: await nextElsewhere(tx, actor, found.value),
      may: {
        decide: canArticle(actor, "decide", found.value),
        list: canProject(actor, "articles.list", found.value),
        review: canProject(actor, "queue.take", found.value),
      },
    });
  });
