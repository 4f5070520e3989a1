/** One's own work in a project, as it is answered. */
import { z } from "zod";

const at = z.iso.datetime();

export const queueItemView = z.object({
  reviewId: z.uuid(),
  articleId: z.uuid(),
  title: z.string(),
  outlet: z.string().nullable(),
  status: z.enum(["ASSIGNED", "IN_PROGRESS", "SUBMITTED", "SKIPPED"]),
  at: at.meta({ description: "Of the latest step: assigned, begun, submitted" }),
  deadline: at.nullable(),
  batch: z.string().nullable(),
  sentBackComment: z.string().nullable(),
  skipReason: z.string().nullable(),
  settled: z.boolean().meta({ description: "Gold can be compared with what was marked" }),
  late: z.boolean().meta({
    description: "The article went on to adjudication without this review; it is no longer waited for",
  }),
  training: z.boolean().meta({ description: "It does not vote" }),
});

export const emptyReason = z.enum([
  "no-articles",
  "none-open",
  "all-taken",
  "kept-for-others",
  "all-yours",
  "not-a-reviewer",
]);

export const queueView = z.object({
  inProgress: z.array(queueItemView),
  assigned: z.array(queueItemView),
  submitted: z.array(queueItemView).meta({ description: "The newest first" }),
  skipped: z.array(queueItemView),
  submittedTotal: z.int(),
  waiting: z.int().meta({ description: "Articles that still lack a review which the caller could give" }),
  empty: emptyReason.nullable().meta({ description: "Why nothing waits; null when something does" }),
  why: z.string().nullable().meta({ description: "The same in words, with who can change it" }),
});

export type QueueItem = z.infer<typeof queueItemView>;
export type EmptyReason = z.infer<typeof emptyReason>;
export type QueueOverview = z.infer<typeof queueView>;
