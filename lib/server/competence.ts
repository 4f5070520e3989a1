/**
 * Keeps reviewers' competence for what it is used for: ties of suggestions, and the order of the queue. An editor asks for it, so that
 * suggestions do not change by themselves; it never overrides a majority.
 */
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { ok, type Result, refuse } from "../result";
import { projectFor } from "./access";
import { projectAgreement } from "./agreement";
import { agreementSchema, type competenceView } from "./agreement.schema";
import { record } from "./audit";
import { bulkOf } from "./bulk";
import { refreshCases } from "./cases-refresh";
import { current } from "./current";
import { transaction } from "./db";

/** Refuses: not-found; forbidden; conflict below 50 cases or 3 reviewers. */
export async function keepCompetence(actor: Actor, projectId: string): Promise<Result<z.infer<typeof competenceView>>> {
  const may = await transaction((tx) => projectFor(tx, actor, projectId, "project.edit"));
  if (!may.ok) return may;
  const found = await projectAgreement(actor, projectId, agreementSchema.parse({}));
  if (!found.ok) return found;
  const { reviewers, cases } = found.value.report.competence;
  if (!reviewers)
    return refuse("conflict", `Competence is fitted from 50 cases and 3 reviewers up; there are ${cases} cases.`);
  const rows = Object.entries(reviewers).flatMap(([name, { value, low, high, cases: of }]) => {
    const reviewerId = found.value.ids[name];
    return reviewerId ? [{ projectId, reviewerId, value: Math.min(1, value), low, high, cases: of }] : [];
  });
  return transaction(async (tx) => {
    const still = await projectFor(tx, actor, projectId, "project.edit", { lock: true });
    if (!still.ok) return still;
    await tx.competence.deleteMany({ where: { projectId } });
    await tx.competence.createMany({ data: rows });
    await record(tx, actor, { projectId }, { type: "competence.fitted", reviewers: rows.length, cases });
    // Only where labels tie, or a tie was broken before, can a suggestion come out otherwise.
    const tied = await tx.$queryRaw<{ articleId: string }[]>`
      SELECT DISTINCT c."articleId" FROM "Case" c JOIN "Article" a ON a."id" = c."articleId"
       WHERE c."projectId" = ${projectId}::uuid AND c."status" IN ('OPEN', 'STALE') AND cardinality(c."labels") > 1
         AND a."state" = 'ADJUDICATION' AND ${current}`;
    await refreshCases(
      bulkOf(tx),
      tied.map(({ articleId }) => articleId),
    );
    return ok({ reviewers: rows.length, cases });
  });
}
