/** Accepting AGREEMENT cases together: by an adjudicator, or by the project's policy as soon as they are found. */
import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "../access/actor";
import { canArticle } from "../access/can";
import type { CaseLink } from "../cases/case";
import { decide } from "../cases/decide";
import type { DecisionRequest } from "../cases/schema";
import { ok, type Result, refuse } from "../result";
import { articleFacts, projectFor } from "./access";
import { type ArticleFile, filesOf, lockArticles } from "./cases-file";
import { linksOf } from "./cases-marks";
import { settle } from "./cases-settle";
import { current } from "./current";
import { type Tx, transaction } from "./db";
import { contextOf, type Made, type Making, recordDecisions, writeDecisions } from "./decisions-write";

type By = {
  /** null: the project's policy. */
  readonly actor: Actor | null;
  readonly alsoReviewed?: boolean;
  readonly links: readonly CaseLink[];
};

export type Accepted = { readonly caseId: string; readonly decisionId: string };

const isUnanimous = ({ status, primary }: ArticleFile["cases"][number]) => status === "OPEN" && primary === "AGREEMENT";

/**
 * Accepts every open AGREEMENT case of one article, a decision each. The article's lock is held; the caller settles it. What does not
 * come to a decision (a value that the scheme no longer takes) is left for a person.
 */
export async function acceptUnanimousIn(tx: Tx, file: ArticleFile, { actor, alsoReviewed = false, links }: By) {
  const context = await contextOf(tx, file, links);
  const made = file.cases.filter(isUnanimous).flatMap((c): Made[] => {
    const request: DecisionRequest = { id: randomUUID(), action: "suggestion" };
    const decided = decide(c, request, context);
    return decided.ok ? [{ case: c, request, decided: decided.value }] : [];
  });
  const making: Making = { adjudicatorId: actor && personOf(actor), alsoReviewed, anonymous: true };
  if (!(await writeDecisions(tx, file, made, making, links, context.foreign)))
    throw new Error("a unanimous case was decided under the article's lock");
  await recordDecisions(tx, actor, file, made);
  return made.map(({ case: c, request }): Accepted => ({ caseId: c?.id ?? "", decisionId: request.id }));
}

export type UnanimousAnswer = {
  readonly dryRun: boolean;
  readonly count: number;
  readonly cases: readonly string[];
  readonly decisions: readonly string[];
};

/**
 * Every open AGREEMENT case in articles that the actor may decide; a transaction an article. With `dryRun` only counts them. Refuses
 * whoever may decide nothing here.
 */
export async function acceptUnanimous(
  actor: Actor,
  projectId: string,
  { dryRun }: { readonly dryRun: boolean },
): Promise<Result<UnanimousAnswer>> {
  const open = await transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "articles.list");
    if (!may.ok) return may;
    const decides = canArticle(actor, "decide", { ...may.value, state: "ADJUDICATION", ownReview: null });
    if (!decides) return refuse("forbidden", "Only adjudicators decide cases.");
    return ok(
      await tx.$queryRaw<{ articleId: string; cases: string[] }[]>`
        SELECT a."id" AS "articleId", array_agg(c."id" ORDER BY c."start", c."end", c."id") AS "cases"
          FROM "Case" c JOIN "Article" a ON a."id" = c."articleId" AND ${current} AND a."state" = 'ADJUDICATION'
          LEFT JOIN "Review" own ON own."articleId" = a."id" AND own."reviewerId" = ${actor.userId}::uuid AND own."deletedAt" IS NULL
         WHERE c."projectId" = ${projectId}::uuid AND c."status" = 'OPEN' AND c."primaryFlag" = 'AGREEMENT'
           AND (own."id" IS NULL OR own."status" = 'SKIPPED' OR (own."status" = 'SUBMITTED' AND (own."training" OR ${may.value.adjudicateOwn})))
         GROUP BY a."id", a."position" ORDER BY a."position"`,
    );
  });
  if (!open.ok) return open;
  if (dryRun) {
    const cases = open.value.flatMap((article) => article.cases);
    return ok({ dryRun, count: cases.length, cases, decisions: [] });
  }
  const accepted: Accepted[] = [];
  for (const { articleId } of open.value) {
    const done = await acceptInArticle(actor, articleId);
    if (!done.ok) return done;
    accepted.push(...done.value);
  }
  return ok({
    dryRun,
    count: accepted.length,
    cases: accepted.map((one) => one.caseId),
    decisions: accepted.map((one) => one.decisionId),
  });
}

const acceptInArticle = (actor: Actor, articleId: string): Promise<Result<readonly Accepted[]>> =>
  transaction(async (tx) => {
    await lockArticles(tx, [articleId]);
    const facts = await articleFacts(tx, actor, articleId);
    const file = (await filesOf(tx, [articleId])).get(articleId);
    if (!facts || !file || file.state !== "ADJUDICATION" || !canArticle(actor, "decide", facts)) return ok([]);
    const links = await linksOf(tx, articleId);
    const accepted = await acceptUnanimousIn(tx, file, { actor, alsoReviewed: facts.ownReview === "SUBMITTED", links });
    await settle(tx, articleId);
    return ok(accepted);
  });
