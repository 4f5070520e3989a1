/** What the doors take and give for an article's versions, and for marks that could not be carried over. */
import { z } from "zod";
import { CARRIED_KINDS } from "../formats/native";
import { storable, uuid } from "../spans/schema";
import { pageOf, pageQuery } from "./paging";

const count = z.int().min(0);
const range = { start: z.int(), end: z.int() };

/** Of the marks that the asker may see; null where there is none of theirs to be seen. */
const carriedCounts = z.object({ exact: count, drifted: count, open: count, placed: count, dropped: count }).meta({
  description: "marks of the version before, of those that the asker may see: open, placed and dropped are orphans",
});

/** Of the reviews that went over to a new version when it was made. `left`: reviews that stay with the former one. */
export const carriedOver = z.object({ reviews: count, exact: count, drifted: count, orphans: count, left: count });

export const versionView = z.object({
  id: z.uuid(),
  textVersion: z.int(),
  superseded: z.boolean(),
  title: z.string(),
  url: z.string().nullable(),
  state: z.enum(["OPEN", "ADJUDICATION", "SETTLED"]),
  textSha256: z.string(),
  length: z.int().meta({ description: "Unicode code points" }),
  createdAt: z.iso.datetime(),
  createdBy: z
    .string()
    .nullable()
    .meta({ description: "the name of whoever brought it in; for editors and adjudicators" }),
  carried: carriedCounts.nullable(),
});

/** The newest first. */
export const versionList = z.object({ items: z.array(versionView), nextCursor: z.null() });

export const diffQuery = z.strictObject({
  /** The number of the earlier version; when not given, the one before. */
  from: z.coerce.number().int().min(1).optional(),
});

const pieces = z.array(z.object({ kind: z.enum(["same", "out", "in"]), text: z.string() }));

export const carriedSpanView = z.object({
  id: z.uuid().meta({ description: "of the span in the new review; an orphan's, once it is placed" }),
  reviewId: z.uuid(),
  mine: z.boolean().meta({ description: "of the asker's own review" }),
  reviewer: z.string().nullable().meta({ description: "null where names are not to be known" }),
  kind: z.enum(CARRIED_KINDS),
  state: z.enum(["standing", "open", "placed", "dropped", "removed"]),
  score: z.number(),
  label: z.string(),
  quote: z.string(),
  now: z.string().nullable().meta({ description: "the words that it stands on now" }),
  start: z.int().nullable(),
  end: z.int().nullable(),
});

export const diffView = z.object({
  from: versionView,
  to: versionView,
  paragraphs: z.array(
    z.object({ kind: z.enum(["same", "changed", "out", "in"]), pieces, was: z.object(range), is: z.object(range) }),
  ),
  words: z.object({ in: count, out: count }),
  carried: carriedCounts.nullable(),
  /** Marks that did not go over as they were: drifted ones and orphans. */
  spans: z.array(carriedSpanView),
});

export const ORPHAN_STATES = ["open", "placed", "dropped"] as const;
export const orphansQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(ORPHAN_STATES).default("open"),
  article: uuid.optional(),
  /** Of one's own reviews only. */
  mine: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional(),
});

const content = z.object({
  label: z.string(),
  attributes: z.record(z.string(), z.string()),
  note: z.string(),
  uncertain: z.boolean(),
  accepted: z.array(z.string()).optional(),
  suggestion: z.uuid().optional().meta({ description: "that it was made of" }),
});
const waitingLink = z.object({
  id: z.uuid(),
  type: z.string(),
  from: z.uuid(),
  to: z.uuid().nullable(),
  toText: z.string().nullable(),
  accepted: z.boolean().optional(),
});

export const orphanView = z.object({
  id: z.uuid().meta({ description: "the id that its span has once it is placed" }),
  reviewId: z.uuid(),
  articleId: z.uuid(),
  title: z.string(),
  textVersion: z.int(),
  reviewer: z.string().nullable(),
  mine: z.boolean(),
  state: z.enum(ORPHAN_STATES),
  fromId: z.uuid(),
  fromArticleId: z.uuid(),
  ...range,
  quote: z.string(),
  before: z.string(),
  after: z.string(),
  content,
  candidates: z.array(z.object({ ...range, score: z.number(), quote: z.string() })),
  links: z.array(waitingLink),
  dropReason: z.string().nullable(),
  droppedAt: z.iso.datetime().nullable(),
});
export const orphanPage = pageOf(orphanView);

/** Where it stands now; what else it says is as it was. */
export const placeBody = z.strictObject({ ...range, quote: storable(100_000).optional() });
export const placedView = z.object({ id: z.uuid(), version: z.int(), links: count });

export const dropBody = z.strictObject({
  reason: storable(2_000).refine((words) => words.trim() !== "", { error: "Say why.", params: { code: "empty" } }),
});

export type CarriedOver = z.infer<typeof carriedOver>;
export type VersionView = z.infer<typeof versionView>;
export type DiffView = z.infer<typeof diffView>;
export type OrphanView = z.infer<typeof orphanView>;
export type OrphansQuery = z.infer<typeof orphansQuery>;
