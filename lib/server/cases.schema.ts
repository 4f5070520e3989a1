/** What the doors take for cases. */
import { z } from "zod";
import { FLAGS } from "../cases/case";
import { LIMITS, storable, uuid } from "../spans/schema";
import { pageQuery } from "./paging";

/** The kinds of disagreement, each the primary flags that belong to it. */
export const CASE_KINDS = {
  existence: ["MISSING", "SINGLE_REVIEWER"],
  label: ["LABEL"],
  extent: ["SPLIT", "BOUNDARY", "BOUNDARY_MINOR"],
  detail: ["ATTRIBUTE", "LINK"],
  agreed: ["AGREEMENT"],
} as const;
export type CaseKind = keyof typeof CASE_KINDS;
const KINDS = Object.keys(CASE_KINDS) as [CaseKind, ...CaseKind[]];

export const CASE_STATUSES = ["open", "decided", "stale", "orphaned", "undecided"] as const;

const flag = z.stringbool({ truthy: ["true", "1"], falsy: ["false", "0"] });

/** `true`: the reviewers' names instead of lanes. */
export const revealQuery = z.strictObject({ reveal: flag.optional() });

export const caseListSchema = z.strictObject({
  ...pageQuery,
  /** `undecided`: open, stale and orphaned. Without one every case that is not closed, articles with undecided ones first. */
  status: z.enum(CASE_STATUSES).optional(),
  label: storable(LIMITS.key).optional(),
  kind: z.union([z.enum(KINDS), z.enum(FLAGS)]).optional(),
  article: uuid.optional(),
  outlet: storable(300).optional(),
  /** A batch's id, or `none`. */
  batch: z.union([z.literal("none"), uuid]).optional(),
  /** Whose marks are in it; only together with `reveal`, as it names who marked. */
  reviewer: uuid.optional(),
  reveal: flag.optional(),
  /** `worth`: article by article, by what is undecided there and what that is worth; `position`: as imported; `newest`: as found. */
  sort: z.enum(["worth", "position", "newest"]).default("worth"),
});

export const articleCasesSchema = z.strictObject({ ...pageQuery, reveal: flag.optional() });

export type CaseListQuery = z.infer<typeof caseListSchema>;
export type ArticleCasesQuery = z.infer<typeof articleCasesSchema>;
