/** What the doors take for reviews and assignments. Changes have their schema in lib/spans/schema.ts. */
import { z } from "zod";
import { storable, uuid } from "../spans/schema";

const reason = storable(2_000).refine((text) => text.trim() !== "", {
  error: "Say why, in a few words.",
  params: { code: "empty" },
});

/** `version`: the review's, as last seen; a submit that is behind is refused. */
export const submitSchema = z.strictObject({ version: z.int().min(0) });
export const skipSchema = z.strictObject({ reason });
export const sendBackSchema = z.strictObject({ comment: reason });
export const assignSchema = z.strictObject({ id: uuid.optional(), reviewerId: uuid });

export type AssignInput = z.infer<typeof assignSchema>;

const status = z.enum(["ASSIGNED", "IN_PROGRESS", "SUBMITTED", "SKIPPED"]);
const time = z.iso.datetime();
const id = z.uuid();
const attributes = z.record(z.string(), z.string());
const tombstones = z.array(z.strictObject({ id, version: z.int() }));

export const spanView = z.strictObject({
  id,
  version: z.int(),
  start: z.int().meta({ description: "code points" }),
  end: z.int(),
  quote: z.string(),
  label: z.string(),
  attributes,
  note: z.string(),
  uncertain: z.boolean(),
  accepted: z
    .array(z.string())
    .meta({ description: "keys of the attributes whose value was taken from an offer; the others were given by hand" }),
  suggestion: z
    .strictObject({
      id,
      by: z.string(),
      score: z.number().nullable(),
      changed: z.boolean().meta({ description: "range, label or attributes are no longer the suggested ones" }),
      person: z.boolean().optional(),
    })
    .nullable()
    .meta({ description: "what it was made of; null: made by hand. A put names it by its id" }),
  schemeVersion: z.int(),
  guidelineVersion: z.int(),
});

export const linkView = z.strictObject({
  id,
  version: z.int(),
  type: z.string(),
  from: id,
  to: id.nullable(),
  toText: z.string().nullable(),
  accepted: z.boolean().meta({ description: "it was taken from an offer" }),
});

export const reviewView = z.strictObject({
  id,
  projectId: id,
  articleId: id,
  reviewerId: id,
  status,
  version: z.int().meta({ description: "one more with each applied request" }),
  notBlind: z.boolean().meta({ description: "made or reopened when gold or others' marks could be seen" }),
  assignedAt: time,
  startedAt: time.nullable(),
  submittedAt: time.nullable(),
  submittedVersion: z.int().nullable(),
  skipReason: z.string().nullable(),
  sentBackComment: z.string().nullable(),
  spans: z.array(spanView),
  links: z.array(linkView),
  removed: z
    .strictObject({ spans: tombstones, links: tombstones })
    .meta({ description: "a put on one of these versions brings it back; the reviewer's own only" }),
  dismissed: z.array(id).meta({ description: "suggestions that the reviewer will not have; the reviewer's own only" }),
});

export const changesView = z.strictObject({
  version: z.int().meta({ description: "of the review" }),
  applied: z.array(z.strictObject({ id, version: z.int() })).meta({
    description: "each change's id, and the version of its span or link after it",
  }),
});

export const statusView = z.strictObject({
  id,
  status,
  version: z.int(),
  submittedAt: time.nullable(),
  notBlind: z.boolean(),
});

export const reviewItem = z.strictObject({
  id,
  articleId: id,
  reviewerId: id,
  reviewer: z.string(),
  status,
  training: z
    .boolean()
    .meta({ description: "it does not vote: it counts in no case, no agreement and no number of reviewers" }),
  notBlind: z.boolean(),
  assignedAt: time,
  submittedAt: time.nullable(),
});

export const nextView = z.strictObject({ id, articleId: id, status, version: z.int() });

export const closeSchema = z.strictObject({ closed: z.boolean().default(true) });
export const closedView = z.strictObject({
  id,
  state: z.enum(["OPEN", "ADJUDICATION", "SETTLED"]),
  closedEarly: z.boolean(),
});
