/** What the doors take for decisions: lib/cases says what a ruling is, this adds what only a server needs to know. */
import { z } from "zod";
import { creationSchema, decisionSchema } from "../cases/schema";
import { storable, uuid } from "../spans/schema";

/** Whether the adjudicator had the reviewers' names before them; the decision keeps it. */
const revealed = z.boolean().optional();

export const caseDecisionSchema = decisionSchema.extend({ revealed });

/** `create`, or taking back what was created. */
export const articleDecisionSchema = z.discriminatedUnion("action", [
  creationSchema.extend({ revealed }),
  z.strictObject({
    id: uuid,
    action: z.literal("reopen"),
    supersedes: uuid,
    note: storable(10_000).optional(),
    revealed,
  }),
]);

export const unanimousSchema = z.strictObject({ dryRun: z.boolean().default(false) });

export type CaseDecisionInput = z.infer<typeof caseDecisionSchema>;
export type ArticleDecisionInput = z.infer<typeof articleDecisionSchema>;

const id = z.uuid();
const goldSpan = z.strictObject({
  id,
  start: z.int(),
  end: z.int(),
  label: z.string(),
  attributes: z.record(z.string(), z.string()),
});
const target = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("case"),
    caseId: id,
    near: z.strictObject({ start: z.int(), end: z.int() }),
  }),
  z.strictObject({ kind: z.literal("span"), spanId: id }),
  z.strictObject({ kind: z.literal("text"), text: z.string() }),
]);

export const decisionView = z.strictObject({
  id,
  caseId: id.nullable(),
  articleId: id,
  action: z.string(),
  spans: z.array(goldSpan),
  links: z.array(z.strictObject({ id, type: z.string(), from: id, target })),
  reasonCode: z.string().nullable(),
  note: z.string(),
  rule: z.string().nullable(),
  by: z.string().nullable().meta({ description: "the adjudicator; null: the project's policy" }),
  adjudicatorId: id.nullable(),
  alsoReviewed: z.boolean(),
  anonymous: z.boolean().meta({ description: "the reviewers were lanes, not names" }),
  submitted: z.int().meta({ description: "reviews submitted then" }),
  schemeVersion: z.int(),
  guidelineVersion: z.int(),
  supersedes: id.nullable(),
  follows: id.nullable().meta({ description: "the decision on another case whose ruling it took over" }),
  live: z.boolean(),
  mergedInto: id.nullable(),
  at: z.iso.datetime(),
});

export const decisionMadeView = decisionView.extend({
  lacks: z
    .array(z.strictObject({ spanId: id, path: z.string(), code: z.string(), message: z.string() }))
    .meta({ description: "what the scheme asks for and gold does not say; never refused" }),
  articleState: z.enum(["OPEN", "ADJUDICATION", "SETTLED"]),
});

export const unanimousView = z.strictObject({
  dryRun: z.boolean(),
  count: z.int(),
  cases: z.array(id),
  decisions: z.array(id),
});

export const goldView = z.strictObject({
  articleId: id,
  state: z.enum(["OPEN", "ADJUDICATION", "SETTLED"]),
  spans: z.array(
    goldSpan.extend({
      quote: z.string(),
      note: z.string(),
      uncertain: z.boolean(),
      schemeVersion: z.int(),
      guidelineVersion: z.int(),
      decisionId: id,
      caseId: id.nullable(),
    }),
  ),
  links: z.array(
    z.strictObject({
      id,
      type: z.string(),
      from: id,
      to: id.nullable(),
      toText: z.string().nullable(),
      decisionId: id,
    }),
  ),
});
