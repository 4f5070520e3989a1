/** What the doors take for cases. */
import { z } from "zod";
import { FLAGS } from "../cases/case";
import { REASON_CODES } from "../cases/schema";
import { REGION_ROLES } from "../regions/roles";
import { LIMITS, storable, uuid } from "../spans/schema";
import { decisionView } from "./decisions.schema";
import { pageOf, pageQuery } from "./paging";

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

const flag = z.enum(["true", "1", "false", "0"]).transform((given) => given === "true" || given === "1");

/** `true`: the reviewers' names instead of lanes. */
export const revealQuery = z.strictObject({ reveal: flag.optional() });

/** Two reviewers' ids with a comma between; in either order. */
const pair = z
  .string()
  .regex(/^[0-9a-fA-F-]{36},[0-9a-fA-F-]{36}$/, "Two ids with a comma between.")
  .transform((text) => text.toLowerCase().split(","))
  .pipe(z.tuple([uuid, uuid]))
  .refine(([one, other]) => one !== other, "They are one reviewer.");

/** "3", or "2, 3" where the article's reviews were made under different ones. */
const versions = z
  .string()
  .max(100)
  .regex(/^\d{1,9}(, \d{1,9})*$/);

/** What a case is asked for besides its state and kind. */
const about = {
  label: storable(LIMITS.key).optional(),
  article: uuid.optional(),
  outlet: storable(300).optional(),
  /** A batch's id, or `none`. */
  batch: z.union([z.literal("none"), uuid]).optional(),
  /** Whose marks are in it; only together with `reveal`, as it names who marked. */
  reviewer: uuid.optional(),
  /** Two who both submitted the article, and of whom at least one marked something in it; only together with `reveal`. */
  pair: pair.optional(),
  /** Of the decision that lives. */
  reason: z.enum(REASON_CODES).optional(),
  /** With a decision of one's own that lives. */
  mine: flag.optional(),
  /** The role of the region in which it begins. */
  region: z.enum(REGION_ROLES).optional(),
  /** Agreement's own keys (lib/agreement/by.ts) of the article: when its last review was submitted, and what its reviews were made under. */
  week: z.iso.date().optional(),
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional(),
  guideline: versions.optional(),
  scheme: versions.optional(),
  reveal: flag.optional(),
};

export const caseCountsSchema = z.strictObject(about);

export const caseListSchema = z.strictObject({
  ...pageQuery,
  ...about,
  /** `undecided`: open, stale and orphaned. Without one every case that is not closed, articles with undecided ones first. */
  status: z.enum(CASE_STATUSES).optional(),
  kind: z.union([z.enum(KINDS), z.enum(FLAGS)]).optional(),
  /**
   * `worth`: article by article, by what is undecided there and what that is worth; `position`: as imported; `unsure`: case by case, the
   * least sure first; `newest`: as found.
   */
  sort: z.enum(["worth", "position", "unsure", "newest"]).default("worth"),
});

export const articleCasesSchema = z.strictObject({ ...pageQuery, reveal: flag.optional() });

export type CaseCountsQuery = z.infer<typeof caseCountsSchema>;
export type CaseListQuery = z.infer<typeof caseListSchema>;
export type ArticleCasesQuery = z.infer<typeof articleCasesSchema>;

const id = z.uuid();
const range = { start: z.int(), end: z.int() };
const attributes = z.record(z.string(), z.string());
const lane = z
  .string()
  .meta({ description: '"A", "B", …: a reviewer, in an order of its own for each adjudicator and article' });
const action = z.enum(["accept", "reject", "undecided"]);

const member = z.strictObject({
  lane,
  spanId: id,
  ...range,
  label: z.string(),
  quote: z.string(),
  attributes,
  note: z.string(),
  uncertain: z.boolean(),
  links: z.array(
    z.strictObject({ type: z.string(), to: id.nullable(), toText: z.string().nullable(), words: z.string() }),
  ),
});

const suggestion = z.object({
  rules: z.string(),
  action,
  label: z.string().nullable(),
  spans: z.array(z.tuple([z.int(), z.int()])),
  votes: z.record(z.string(), z.array(lane)),
  existence: z.string(),
  attributes,
  open: z.array(z.string()),
  links: z.array(
    z.object({ type: z.string(), to: id.nullable(), toText: z.string().nullable(), votes: z.array(lane), action }),
  ),
  weights: z.record(lane, z.number()).nullable(),
});

const said = z.strictObject({
  ...range,
  label: z.string(),
  quote: z.string(),
  attributes,
  links: z.array(z.strictObject({ type: z.string(), words: z.string() })),
});

export const caseView = z.strictObject({
  id,
  projectId: id,
  articleId: id,
  ...range,
  quote: z.string(),
  labels: z.array(z.string()),
  primary: z.string(),
  flags: z.array(z.string()),
  status: z.enum(["OPEN", "DECIDED", "STALE", "ORPHANED", "CLOSED"]),
  words: z.string(),
  members: z.array(member),
  missing: z.array(lane),
  lanes: z.array(z.strictObject({ lane, reviewerId: id.optional(), name: z.string().optional() })),
  anonymous: z.boolean(),
  suggestion: suggestion.nullable(),
  decision: decisionView.nullable(),
  stale: z
    .strictObject({
      added: z.array(id),
      removed: z.array(id),
      changed: z.array(id),
      reviews: z.strictObject({ was: z.int(), now: z.int() }).nullable(),
      words: z.string(),
      changes: z
        .array(z.strictObject({ lane, was: said.nullable(), now: said.nullable() }))
        .optional()
        .meta({ description: "members then and now; not in a project's list" }),
    })
    .nullable(),
  foundAt: z.iso.datetime(),
});

export const casePage = pageOf(caseView);
export const caseItem = caseView.extend({
  article: z.strictObject({ id, title: z.string(), outlet: z.string().nullable() }),
});
export const caseItemPage = pageOf(caseItem);
export const caseWithHistory = caseView.extend({ decisions: z.array(decisionView) });

const count = z.int();
export const caseCountsView = z.strictObject({
  total: count,
  status: z.strictObject({ open: count, decided: count, stale: count, orphaned: count }),
  kinds: z.strictObject({ existence: count, label: count, extent: count, detail: count, agreed: count }),
  labels: z.record(z.string(), count),
});

export const caseFacetsQuery = z.strictObject({ article: uuid.optional() });

export const caseFacetsView = z.object({
  outlets: z.array(z.string()),
  reviewers: z
    .array(z.object({ id: z.uuid(), name: z.string() }))
    .meta({ description: "Whoever has submitted a review; filtering by them shows names" }),
  article: z.string().nullable().meta({ description: "Title of the article that was asked for" }),
});
export type CaseFacets = z.infer<typeof caseFacetsView>;
