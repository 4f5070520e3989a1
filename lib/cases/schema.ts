/** What may come in at a door as a decision (interface.md). Shapes and limits only; what it comes to is for decide.ts to say. */
import { z } from "zod";
import { attributesSchema, LIMITS, storable, uuid } from "../spans/schema";

export const REASON_CODES = [
  "boundary",
  "label",
  "missed",
  "spurious",
  "split",
  "source",
  "target",
  "hedge",
  "link",
  "guideline-gap",
  "other",
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export const CASE_ACTIONS = [
  "suggestion",
  "member",
  "union",
  "intersection",
  "edit",
  "nothing",
  "split",
  "merge",
  "reopen",
] as const;
export type CaseAction = (typeof CASE_ACTIONS)[number];

const MOST = 1_000;
const key = storable(LIMITS.key).min(1);

/** Bounds are any whole numbers here, so that decide.ts can refuse them with `outside-text` or `empty`. */
const goldSpanSchema = z.strictObject({
  id: uuid.optional(),
  start: z.int(),
  end: z.int(),
  label: key,
  quote: storable(LIMITS.quote).optional(),
  attributes: attributesSchema.optional(),
});

/**
 * `from` is one of the decision's own spans, or a member of the case, which stands for the gold that comes of it. `to` is one of the
 * same, a member of another case, a gold span, or a span of another article.
 */
const goldLinkSchema = z.strictObject({
  id: uuid.optional(),
  type: key,
  from: uuid,
  to: uuid.nullable().optional(),
  toText: storable(LIMITS.toText).nullable().optional(),
});

const common = {
  /** The decision's own, made by the client. */
  id: uuid,
  spans: z.array(goldSpanSchema).max(MOST).optional(),
  /** Absent: what the reviewers linked, by majority. `[]`: none. */
  links: z.array(goldLinkSchema).max(MOST).optional(),
  reasonCode: z.enum(REASON_CODES).optional(),
  note: storable(LIMITS.note).optional(),
  /** The guideline rule that it rests on, by its anchor. */
  rule: storable(200).optional(),
  /** The live decision that this one replaces. */
  supersedes: uuid.optional(),
  /** The decision on another case with the same words whose ruling this one takes over. */
  follows: uuid.optional(),
};

/** `POST /cases/{c}/decisions` */
export const decisionSchema = z.strictObject({
  ...common,
  action: z.enum(CASE_ACTIONS),
  /** `member`: a span of the reading that is taken; with `union` and `intersection`: whose label and attributes are. */
  member: uuid.optional(),
  /** `merge`: the other case. */
  mergeWith: uuid.optional(),
});
export type DecisionRequest = z.infer<typeof decisionSchema>;

/** `POST /articles/{a}/decisions` */
export const creationSchema = z.strictObject({ ...common, action: z.literal("create") });
export type CreationRequest = z.infer<typeof creationSchema>;
