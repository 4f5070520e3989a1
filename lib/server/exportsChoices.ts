/** What an export or a release can be narrowed to, for a screen's choices. */
import type { Actor } from "../access/actor";
import { canProject } from "../access/can";
import { ok, type Result } from "../result";
import { projectFor } from "./access";
import { outletsOf } from "./articleList";
import { submittersOf } from "./cases-facets";
import { transaction } from "./db";
import { schemeOf } from "./kept";

export type Choices = {
  readonly labels: readonly { readonly key: string; readonly name: string }[];
  /** Empty for whoever does not see every article. */
  readonly outlets: readonly string[];
  /** Whoever has submitted a review, for whoever may have everyone's; others are not asked. */
  readonly reviewers: readonly { readonly id: string; readonly name: string }[];
  /** Whether by agreement may be chosen. */
  readonly agreement: boolean;
};

export const exportChoices = (actor: Actor, projectId: string): Promise<Result<Choices>> =>
  transaction(async (tx) => {
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
