/** How far a project is, what one may do in it, and what lies in it. */
import { z } from "zod";
import { uuid } from "../spans/schema";

const count = z.int().min(0);

export const progressView = z.object({ open: count, adjudication: count, settled: count });

export const overviewView = z.object({
  articles: progressView,
  reviews: z.object({ assigned: count, inProgress: count, submitted: count }),
  cases: z.object({ open: count, decided: count, stale: count, orphaned: count }),
  members: count,
  days: z
    .array(z.object({ day: z.iso.date(), submitted: count }))
    .meta({ description: "Reviews submitted a day, UTC, oldest first" }),
});

export const projectRightsView = z.object({
  edit: z.boolean().meta({ description: "Settings, people, scheme, imports, releases" }),
  list: z.boolean().meta({ description: "Every article and its cases" }),
  review: z.boolean().meta({ description: "The queue" }),
  aggregates: z.boolean().meta({ description: "Figures of agreement over everyone, and releases" }),
});

export const articleRightsView = z.object({ decide: z.boolean() });

export const affectedQuery = z.strictObject({
  article: uuid.optional().meta({ description: "One article of it; the whole project when not given" }),
});

export const affectedView = z.object({
  articles: count,
  openReviews: count.meta({ description: "Reviews that someone has begun or was given" }),
  people: count.meta({ description: "Whose they are" }),
  submitted: count,
  decisions: count,
  goldSpans: count,
  linksFromOthers: count.meta({ description: "Links of other articles that end in it; they keep their words" }),
  releases: count,
});

export type Progress = z.infer<typeof progressView>;
export type Overview = z.infer<typeof overviewView>;
export type ProjectRights = z.infer<typeof projectRightsView>;
export type Affected = z.infer<typeof affectedView>;
