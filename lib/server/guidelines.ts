/** A project's guideline: Markdown, versioned. Every span records under which version it was made. */
import { type Actor, personOf } from "../access/actor";
import { notFound, ok, type Result } from "../result";
import { ruleChanges } from "../scheme/rule-changes";
import { projectFor } from "./access";
import { record } from "./audit";
import { type Tx, transaction } from "./db";
import { schemeOf } from "./kept";
import { checkIfMatch } from "./schemes";

export type GuidelineView = { readonly version: number; readonly markdown: string };

async function read(tx: Tx, projectId: string, version: number | null): Promise<Result<GuidelineView>> {
  const rows = await tx.$queryRaw<GuidelineView[]>`
    SELECT g."version", g."markdown" FROM "GuidelineVersion" g JOIN "Project" p ON p."id" = g."projectId"
     WHERE g."projectId" = ${projectId}::uuid AND g."version" = coalesce(${version}::int, p."guidelineVersion")`;
  return rows[0] ? ok(rows[0]) : notFound();
}

/** The newest version, or an older one. */
export const getGuideline = (
  actor: Actor,
  projectId: string,
  version: number | null = null,
): Promise<Result<GuidelineView>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.see");
    return may.ok ? read(tx, projectId, version) : may;
  });

/** Makes the next version. The same words again make none. */
export const putGuideline = (
  actor: Actor,
  projectId: string,
  ifMatch: string | null,
  markdown: string,
): Promise<Result<GuidelineView>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.edit", { lock: true });
    if (!may.ok) return may;
    const before = await read(tx, projectId, null);
    if (!before.ok) return before;
    const behind = checkIfMatch(ifMatch, before.value.version);
    if (behind) return behind;
    if (before.value.markdown === markdown) return before;
    const version = before.value.version + 1;
    await tx.guidelineVersion.create({ data: { projectId, version, markdown, createdBy: personOf(actor) } });
    const { schemeVersion } = await tx.project.update({
      where: { id: projectId },
      data: { guidelineVersion: version },
      select: { schemeVersion: true },
    });
    const changes = ruleChanges(before.value.markdown, markdown, await schemeOf(tx, projectId, schemeVersion));
    if (changes.length > 0)
      await tx.ruleChange.createMany({
        data: changes.map(({ labels, ...change }) => ({ ...change, labels: [...labels], projectId, version })),
      });
    await record(tx, actor, { projectId }, { type: "guideline.changed", version });
    return ok({ version, markdown });
  });
