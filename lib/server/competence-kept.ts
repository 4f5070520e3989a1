/** Reviewers' competence as an editor last had it fitted (competence.ts), by their ids. */
import type { Tx } from "./db";

export async function keptCompetences(tx: Tx, projectId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.competence.findMany({ where: { projectId }, select: { reviewerId: true, value: true } });
  return new Map(rows.map(({ reviewerId, value }) => [reviewerId, value]));
}
