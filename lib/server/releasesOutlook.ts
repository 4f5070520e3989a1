/** What the next release would be made of, for whoever is about to ask for it. */
import type { Actor } from "../access/actor";
import { outputFormats } from "../formats/registry";
import { ok, type Result } from "../result";
import { projectFor } from "./access";
import { transaction } from "./db";
import { schemeOf } from "./kept";
import type { Outlook } from "./releases.schema";

export const releaseOutlook = (actor: Actor, projectId: string): Promise<Result<Outlook>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.oversee");
    if (!may.ok) return may;
    const { schemeVersion } = await tx.project.findUniqueOrThrow({
      where: { id: projectId },
      select: { schemeVersion: true },
    });
    const scheme = await schemeOf(tx, projectId, schemeVersion);
    const [row] = await tx.$queryRaw<Omit<Outlook, "labels" | "formats">[]>`
      SELECT count(*)::int AS "articles", count(*) FILTER (WHERE "state" = 'SETTLED')::int AS "settled",
             count(*) FILTER (WHERE coalesce("licence", '') = '')::int AS "unknownLicences", count(DISTINCT "story")::int AS "stories"
        FROM "Article" WHERE "projectId" = ${projectId}::uuid AND "deletedAt" IS NULL AND NOT "superseded"`;
    return ok({
      ...(row ?? { articles: 0, settled: 0, unknownLicences: 0, stories: 0 }),
      labels: scheme.labels.map(({ key, name }) => ({ key, name })),
      formats: [...outputFormats],
    });
  });
