/** What the doors take and give about batches, and about reviews that lie idle. */
import { z } from "zod";
import { storable, uuid } from "../spans/schema";
import { pageQuery } from "./paging";
import { line } from "./people.schema";

const at = z.iso.datetime();

const batch = {
  name: line(200),
  purpose: z.enum(["ordinary", "calibration", "training"]).meta({
    description:
      "calibration: everyone named in people reviews every article; training: reviews of settled articles that do not vote, shown against gold when submitted",
  }),
  share: z.int().min(0).max(100).nullable().meta({
    description: "per cent of the articles that get reviewersPerArticle, drawn at random; the rest get one. null: all",
  }),
  followsId: uuid.nullable().meta({ description: "the calibration round before this one" }),
  reviewersPerArticle: z.int().min(1).max(20).nullable(),
  priority: z.int().min(-1_000_000).max(1_000_000),
  deadline: z.iso.datetime({ offset: true }).nullable(),
  people: z
    .array(uuid)
    .max(1_000)
    .transform((given) => [...new Set(given)])
    .meta({ description: "User ids of the members who review it; empty: every reviewer" }),
};

export const createBatchBody = z.strictObject({
  id: uuid.optional(),
  name: batch.name,
  purpose: batch.purpose.default("ordinary"),
  share: batch.share.default(null),
  followsId: batch.followsId.default(null),
  reviewersPerArticle: batch.reviewersPerArticle.default(null),
  priority: batch.priority.default(0),
  deadline: batch.deadline.default(null),
  people: batch.people.default([]),
});

export const changeBatchBody = z.strictObject(batch).partial();

export const batchView = z.object({
  id: z.uuid(),
  name: z.string(),
  purpose: z.enum(["ordinary", "calibration", "training"]),
  share: z.int().nullable(),
  followsId: z.uuid().nullable(),
  reviewersPerArticle: z.int().nullable(),
  priority: z.int(),
  deadline: at.nullable(),
  people: z.array(z.uuid()),
  createdAt: at,
  articles: z.int(),
  /** Of them, by state. */
  open: z.int(),
  adjudication: z.int(),
  settled: z.int(),
  /** Reviews that vote (of a training batch: that do not): wanted, submitted, under way. */
  reviews: z.object({ wanted: z.int(), submitted: z.int(), underWay: z.int() }),
});

/** Articles by id, or all that a filter of the list finds. */
export const fillBatchBody = z
  .strictObject({
    articles: z.array(uuid).min(1).max(1_000).optional(),
    filter: z
      .strictObject({
        q: storable(300).optional(),
        status: z.enum(["open", "adjudication", "settled"]).optional(),
        outlet: storable(300).optional(),
        batch: z.union([z.literal("none"), uuid]).optional(),
      })
      .optional(),
    remove: z.boolean().default(false).meta({ description: "take them out instead; they follow the project again" }),
    dryRun: z.boolean().default(false).meta({ description: "only count" }),
  })
  .refine((given) => (given.articles === undefined) !== (given.filter === undefined), {
    error: "Give articles or filter, one of them.",
    params: { code: "one-of" },
  });

export const filledView = z.object({
  dryRun: z.boolean(),
  moved: z.int().meta({ description: "those that were elsewhere before" }),
  refused: z.int().meta({ description: "not settled, and so nothing to train on" }),
});

const idleReview = z.object({
  id: z.uuid(),
  articleId: z.uuid(),
  title: z.string(),
  reviewerId: z.uuid(),
  reviewer: z.string(),
  status: z.enum(["ASSIGNED", "IN_PROGRESS"]),
  lastAt: at,
  days: z.int().meta({ description: "whole days without a change" }),
});
export const idleQuery = z.strictObject({
  ...pageQuery,
  days: z.coerce.number().int().min(1).max(365).optional().meta({ description: "instead of the project's policy" }),
});
export const idlePage = z.object({
  items: z.array(idleReview),
  nextCursor: z.string().nullable(),
  days: z.int().nullable(),
});
export const reclaimBody = z.strictObject({ reviews: z.array(uuid).min(1).max(500) });
export const reclaimedView = z.object({
  reclaimed: z.array(z.uuid()),
  kept: z.array(z.uuid()).meta({ description: "changed, submitted or gone meanwhile" }),
});

export const batchQuery = z.strictObject({
  ...pageQuery,
  q: z.string().max(200).optional().meta({ description: "Words in the name" }),
});

export const trainingQuery = z.strictObject({ ...pageQuery, batch: uuid.optional() });
export const trainingPage = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      articleId: z.uuid(),
      title: z.string(),
      reviewerId: z.uuid(),
      reviewer: z.string(),
      status: z.enum(["ASSIGNED", "IN_PROGRESS", "SUBMITTED", "SKIPPED"]),
      at,
      counts: z
        .object({ same: z.int(), changed: z.int(), dropped: z.int(), missed: z.int() })
        .nullable()
        .meta({ description: "against gold; null until the review is submitted and the article settled" }),
    }),
  ),
  nextCursor: z.string().nullable(),
});
