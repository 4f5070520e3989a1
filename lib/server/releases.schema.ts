/** What releases are asked for and answered with. */
import { z } from "zod";
import { releaseSettingsSchema } from "../releases/settings";
import { pageOf, pageQuery } from "./paging";

export const createReleaseBody = releaseSettingsSchema.extend({ id: z.uuid().toLowerCase().optional() });

export const releaseQuery = z.strictObject(pageQuery);

export const diffQuery = z.strictObject({
  against: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .meta({ description: "The earlier release; the one before when not given" }),
  ...pageQuery,
});

const progress = z.object({
  step: z.string(),
  done: z.number().int(),
  total: z.number().int(),
  fault: z.string().nullable(),
});

export const releaseView = z.object({
  id: z.uuid(),
  number: z.number().int(),
  state: z.enum(["waiting", "making", "ready", "failed", "cancelled"]),
  settings: releaseSettingsSchema,
  /** null until it is ready, and while the asker reviews an article in it. */
  figures: z.record(z.string(), z.unknown()).nullable(),
  /** The asker reviews an article whose marks are in it: what is in it is not theirs to read until that is settled. */
  withheld: z.boolean(),
  progress: progress.nullable().meta({ description: "Of the job that makes it; null when that is over" }),
  manifestSha256: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.iso.datetime(),
  readyAt: z.iso.datetime().nullable(),
});

export const releaseFileView = z.object({
  name: z.string(),
  about: z.string(),
  mediaType: z.string(),
  size: z.number().int(),
  sha256: z.string(),
});

export const releaseDetail = releaseView.extend({ files: z.array(releaseFileView) });
export const releasePage = pageOf(releaseView);

const spanChange = z.object({
  kind: z.enum(["added", "removed", "relabelled", "moved"]),
  layer: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  label: z.string(),
  was: z.string().optional(),
  from: z.tuple([z.number().int(), z.number().int()]).optional(),
  /** The words; null where the text is not in the project any more. */
  quote: z.string().nullable(),
});

export const releaseDiff = z.object({
  against: z.number().int(),
  changes: z.object({
    articles: z.object({ added: z.number(), removed: z.number(), changed: z.number() }),
    spans: z.object({ added: z.number(), removed: z.number(), relabelled: z.number(), moved: z.number() }),
    splits: z.number(),
  }),
  items: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      kind: z.enum(["added", "removed", "changed"]),
      text: z.boolean(),
      split: z.tuple([z.string().nullable(), z.string().nullable()]).nullable(),
      spans: z.array(spanChange),
    }),
  ),
  nextCursor: z.string().nullable(),
});

export const outlookView = z.object({
  articles: z.int(),
  settled: z.int(),
  unknownLicences: z.int().meta({ description: "Articles of which no licence is known" }),
  stories: z.int(),
  labels: z.array(z.object({ key: z.string(), name: z.string() })),
  formats: z.array(z.string()),
});
export type Outlook = z.infer<typeof outlookView>;
