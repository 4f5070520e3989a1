/** Case law as the API answers it, and rulings on cases that are alike. Offsets are code points. */
import { z } from "zod";
import { uuid } from "../spans/schema";
import { decisionView } from "./decisions.schema";

const id = z.uuid();
const words = z.array(z.strictObject({ quote: z.string(), label: z.string() }));
const article = z.strictObject({ id, title: z.string(), outlet: z.string().nullable() });

export const precedentsView = z.strictObject({
  items: z.array(
    z.strictObject({
      caseId: id,
      article,
      quote: z.string(),
      same: z.boolean().meta({ description: "the whole case has the same words; else only what somebody marked has" }),
      decision: decisionView,
      gold: words,
      here: z
        .array(
          z.strictObject({
            start: z.int(),
            end: z.int(),
            label: z.string(),
            attributes: z.record(z.string(), z.string()),
          }),
        )
        .nullable()
        .meta({ description: "what the same ruling comes to in this case; null: its words do not stand here" }),
    }),
  ),
  alike: z
    .int()
    .meta({ description: "other undecided cases with the same words and as many votes for the same labels" }),
});

/** `cases`: those of the preview that are wanted; absent: all. */
export const alikeSchema = z.strictObject({
  dryRun: z.boolean().default(false),
  cases: z.array(uuid).max(200).optional(),
});
export type AlikeInput = z.infer<typeof alikeSchema>;

export const alikeView = z.strictObject({
  dryRun: z.boolean(),
  count: z.int(),
  cases: z.array(z.strictObject({ id, article, quote: z.string(), words })).meta({
    description: "at most 200 a request",
  }),
  left: z.int().meta({ description: "alike, but in which this ruling cannot be had" }),
  decisions: z.array(id),
});
