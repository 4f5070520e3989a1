/** Everything that the review screen opens with, in one read: the review, its article, and the rules it is made by. */
import type { Actor } from "../access/actor";
import { canArticle, canReview } from "../access/can";
import type { Region, RegionRole } from "../regions/roles";
import { notFound, ok, type Result } from "../result";
import type { Scheme } from "../scheme/scheme";
import type { Span } from "../spans/model";
import type { Origin, Suggestion } from "../spans/suggested";
import { reviewFacts } from "./access";
import { type ArticleView, readArticle } from "./articles";
import { type Tx, transaction } from "./db";
import { type GuidelineView, getGuideline } from "./guidelines";
import { type CarriedInReview, carriedIn, originsOfOrphans } from "./orphans";
import { getReview, type ReviewView } from "./reviews";
import { getScheme } from "./schemes";
import { suggestionsOf } from "./suggestions";
import { targetsById } from "./targets";
import type { Target } from "./targets.schema";

export type ReviewOpened = {
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly tours: readonly string[];
  };
  readonly project: { readonly id: string; readonly name: string; readonly sample: boolean };
  readonly progress: { readonly submitted: number; readonly total: number };
  readonly article: Pick<ArticleView, "id" | "title" | "text" | "language" | "outlet"> & {
    readonly regions: readonly Region[];
  };
  readonly scope: readonly RegionRole[];
  readonly forbidOutsideScope: boolean;
  readonly scheme: Scheme;
  readonly guideline: GuidelineView;
  readonly review: Omit<ReviewView, "spans"> & {
    readonly spans: readonly Span[];
    readonly mine: boolean;
    readonly mayReopen: boolean;
  };
  /** What was carried over from the version before of the article, and where the two can be compared. */
  readonly carried: CarriedInReview;
  readonly version: { readonly number: number; readonly superseded: boolean; readonly newest: string | null };
  /** What the review's links end in outside of it, as far as the reader may know of it. */
  readonly targets: readonly Target[];
  /** From outside, for whoever edits the review, where the project shows them. */
  readonly suggestions: readonly Suggestion[];
  /** Of the spans and the orphans that were made of a suggestion, also of one that is gone. */
  readonly origins: readonly Origin[];
};

type Head = {
  readonly email: string | null;
  readonly name: string;
  readonly sample: boolean;
  readonly tours: readonly string[] | null;
  readonly scope: RegionRole[];
  readonly forbidOutsideScope: boolean;
  readonly submitted: number;
  readonly total: number;
};

/** Refuses with not-found whoever may not see the review (`getReview`). */
export async function readReviewPage(actor: Actor, reviewId: string): Promise<Result<ReviewOpened>> {
  const found = await getReview(actor, reviewId);
  if (!found.ok) return found;
  const { projectId, articleId } = found.value;
  const [scheme, guideline] = await Promise.all([getScheme(actor, projectId), getGuideline(actor, projectId)]);
  if (!scheme.ok) return scheme;
  if (!guideline.ok) return guideline;
  return transaction(async (tx) => {
    const facts = await reviewFacts(tx, actor, reviewId);
    const article = await readArticle(tx, projectId, articleId);
    // Of one's own reviews here: how many are submitted, of those that are or will be. Of others' work nothing.
    const [head] = await tx.$queryRaw<Head[]>`
      SELECT p."name", p."extra" ? 'sample' AS "sample", p."scope", p."forbidOutsideScope",
             (SELECT u."email" FROM "User" u WHERE u."id" = ${actor.userId}::uuid) AS "email",
             (SELECT u."tours" FROM "User" u WHERE u."id" = ${actor.userId}::uuid) AS "tours",
             (SELECT count(*)::int FROM "Review" r WHERE r."projectId" = p."id" AND r."reviewerId" = ${actor.userId}::uuid
                 AND r."deletedAt" IS NULL AND r."status" = 'SUBMITTED') AS "submitted",
             (SELECT count(*)::int FROM "Review" r WHERE r."projectId" = p."id" AND r."reviewerId" = ${actor.userId}::uuid
                 AND r."deletedAt" IS NULL AND r."status" <> 'SKIPPED') AS "total"
        FROM "Project" p WHERE p."id" = ${projectId}::uuid AND p."deletedAt" IS NULL`;
    if (!facts || !article || !head) return notFound();
    const within = new Set(found.value.spans.map((s) => s.id));
    const far = found.value.links.flatMap((l) => (l.to === null || within.has(l.to) ? [] : [l.to]));
    const carried = await carriedIn(tx, reviewId);
    const waiting = (await originsOfOrphans(tx, reviewId)).map(({ origin }) => origin);
    const newest = article.superseded ? await newestReview(tx, actor, articleId) : null;
    const targets = await targetsById(tx, actor, projectId, far);
    const mine = canReview(actor, "annotate", facts);
    const suggested = mine && canArticle(actor, "suggestions.see", facts) ? await suggestionsOf(tx, articleId) : [];
    const { version: _version, ...rules } = scheme.value;
    const { id, title, text, language, outlet, regions } = article;
    return ok({
      user: { id: actor.userId, name: actor.name, email: head.email ?? "", tours: head.tours ?? [] },
      project: { id: projectId, name: head.name, sample: head.sample },
      progress: { submitted: head.submitted, total: head.total },
      article: {
        ...{ id, title, text, language, outlet },
        regions: regions.map(({ start, end, role, reason }) => ({ start, end, role, reason })),
      },
      carried,
      version: { number: article.textVersion, superseded: article.superseded, newest },
      scope: head.scope,
      forbidOutsideScope: head.forbidOutsideScope,
      scheme: rules,
      guideline: guideline.value,
      review: {
        ...found.value,
        // The text is there already; a quote a span would send it twice.
        spans: found.value.spans.map(
          ({ quote: _quote, schemeVersion: _scheme, guidelineVersion: _guideline, suggestion, ...span }) => ({
            ...span,
            ...(suggestion?.id ? { suggestion: suggestion.id } : {}),
          }),
        ),
        mine,
        mayReopen: canReview(actor, "review.reopen", facts) && !article.superseded,
      },
      targets,
      suggestions: suggested.map(({ quote: _quote, set: _set, person: _person, ...suggestion }) => suggestion),
      origins: [...found.value.spans.flatMap(({ suggestion }) => suggestion ?? []), ...waiting],
    });
  });
}

/** The actor's own review of the version that took the article's place. */
async function newestReview(tx: Tx, actor: Actor, articleId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT o."id" FROM "Article" a
      JOIN "Article" v ON v."projectId" = a."projectId" AND v."chainId" = a."chainId" AND NOT v."superseded" AND v."deletedAt" IS NULL
      JOIN "Review" o ON o."articleId" = v."id" AND o."reviewerId" = ${actor.userId}::uuid AND o."deletedAt" IS NULL
     WHERE a."id" = ${articleId}::uuid`;
  return rows[0]?.id ?? null;
}
