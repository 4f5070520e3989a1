/** The project's register of sources as cases and agreement compare names by it (lib/cases/rules.ts). */
import type { SourceNames } from "../cases/case";
import { fold } from "../text/fold";
import type { Tx } from "./db";

export async function sourceNames(tx: Tx, projectId: string): Promise<SourceNames> {
  const rows = await tx.sourceAlias.findMany({ where: { projectId }, select: { folded: true, name: true } });
  return new Map(rows.map(({ folded, name }) => [folded, fold(name)]));
}
