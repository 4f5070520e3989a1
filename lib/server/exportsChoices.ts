/** What an export or a release can be narrowed to, for a screen's choices. */
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { canProject } from "../access/can";
import { ok, type Result } from "../result";
import { projectFor } from "./access";
import { outletsOf } from "./articleList";
import { submittersOf } from "./cases-facets";
import { transaction } from "./db";
import type { choicesView } from "./exports.schema";
import { schemeOf } from "./kept";

type Choices = z.infer<typeof choicesView>;

export const exportChoices = (actor: Actor, projectId: string): Promise<Result<Choices>> =>
  transaction<Choices>(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "project.see");
    if (!may.ok) return may;
    const { schemeVersion } = await tx.project.findUniqueOrThrow({
      where: { id: projectId },
      select: { schemeVersion: true },
    });
    const { labels } = await schemeOf(tx, projectId, schemeVersion);
    const all = canProject(actor, "export.reviews", may.value);
    return ok({
      labels: labels.map(({ key, name }) => ({ key, name })),
      outlets: canProject(actor, "articles.list", may.value) ? await outletsOf(tx, projectId) : [],
      reviewers: all ? await submittersOf(tx, projectId) : [],
      agreement: all,
    });
  });
