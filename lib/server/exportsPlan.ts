/** What of a project an export takes: rights, layer and conditions. The same for the file and for the count of what would be in it. */
import { setImmediate } from "node:timers/promises";
import type { Actor } from "../access/actor";
import { canProject, type ProjectFacts } from "../access/can";
import type { NativeArticle } from "../formats/native";
import { ownArticle } from "../formats/native-read";
import { selectArticle } from "../releases/select";
import { isEverything, type Selection } from "../releases/settings";
import { ok, type Result, refuse } from "../result";
import { projectFor } from "./access";
import type { Snapshot } from "./bulk";
import type { Tx } from "./db";
import { type ExportQuery, type Layer, selectionOf } from "./exports.schema";
import { exportLines, type Scope } from "./exportsLines";
import { faults } from "./http";
import { importedNames } from "./releasesPeople";

export type Plan = {
  readonly scope: Scope;
  /** null: nothing is chosen, so the database's own lines can go out as they are. */
  readonly selection: Selection | null;
  /** Reviews are read to count agreement over, and are not asked for. */
  readonly goldOnly: boolean;
};

/** Refuses: not-found; forbidden (nothing of this layer is the asker's to have); malformed (no such condition). */
export async function planOf(tx: Tx, actor: Actor, projectId: string, query: ExportQuery): Promise<Result<Plan>> {
  const parsed = selectionOf(query);
  if (!parsed.success) return refuse("malformed", "The query is not right.", faults(parsed.error));
  const may = await projectFor(tx, actor, projectId, "project.see");
  if (!may.ok) return may;
  const layered = scopeOf(actor, may.value, query.layer);
  const scope = layered && { ...layered, former: query.versions === "all" };
  if (!scope) return refuse("forbidden", `Nothing of the layer ${query.layer} is yours to export.`);
  // By how many a span is shared tells something of every review.
  if (query.agreement && !canProject(actor, "export.reviews", may.value))
    return refuse("forbidden", "Your role here does not allow the choice by agreement.");
  const goldOnly = query.agreement !== undefined && query.layer === "gold";
  return ok({
    scope: goldOnly ? { ...scope, reviews: "submitted" } : scope,
    selection: isEverything(parsed.data) ? null : parsed.data,
    goldOnly,
  });
}

/** What of the layer the actor may have; null: nothing. Several roles add up. */
function scopeOf(actor: Actor, facts: ProjectFacts, layer: Layer): Scope | null {
  const may = (action: Parameters<typeof canProject>[1]) => canProject(actor, action, facts);
  const all: Scope["reviews"] = may("export.all") ? "all" : "submitted";
  const others: Scope["reviews"] = may("export.own") ? "own" : "none";
  const reviews = may("export.reviews") ? (layer === "reviews" ? "submitted" : all) : others;
  const gold: Scope["gold"] = may("export.reviews") ? "all" : may("export.gold") ? "settled" : "none";
  const scope = {
    projectId: facts.projectId,
    userId: actor.userId,
    reviews: layer === "gold" ? "none" : reviews,
    gold: layer === "reviews" ? "none" : gold,
    suggestions: layer !== "all" ? "none" : may("export.reviews") ? "desk" : may("export.own") ? "reviewer" : "none",
  } as const;
  return scope.reviews === "none" && scope.gold === "none" ? null : scope;
}

/** The articles that fit, with what of them fits. */
export async function* chosenArticles(snapshot: Snapshot, plan: Plan): AsyncGenerator<NativeArticle> {
  const selection = plan.selection && (await importedNames(snapshot, plan.scope.projectId, plan.selection));
  for await (const { line } of exportLines(snapshot, plan.scope)) {
    // Several lines come at once, and nobody else's request may wait for all that is chosen of them.
    if (selection) await setImmediate();
    const article = ownArticle(line);
    const chosen = selection ? selectArticle(article, selection) : article;
    if (chosen && (!plan.goldOnly || chosen.gold)) yield plan.goldOnly ? { ...chosen, reviews: [] } : chosen;
  }
}
