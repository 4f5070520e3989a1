/** What the door takes for agreement. What it answers is lib/agreement/report.ts. */
import { z } from "zod";
import { BREAKDOWNS } from "../agreement/by";
import { storable, uuid } from "../spans/schema";
import { listOf } from "../text/fields";

export const MOST_REPLICATES = 10_000;

export const agreementSchema = z.strictObject({
  /** Of the bootstrap; the same seed gives the same intervals. */
  seed: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(1),
  replicates: z.coerce.number().int().min(0).max(MOST_REPLICATES).default(2_000),
  /** `false`: attribute values and links that were taken from an offer count as not given. */
  accepted: z.enum(["true", "false"]).default("true"),
  /** `true`: spans that were made of a suggestion from outside count too. */
  suggestions: z.enum(["true", "false"]).default("false"),
  /** Names with commas between: what the figures are also given by, under `by`. */
  by: z
    .string()
    .max(200)
    .regex(listOf(BREAKDOWNS), `Some of ${BREAKDOWNS.join(", ")}, with commas between.`)
    .transform((names) => [...new Set(names.split(",").map((name) => name.trim()))])
    .pipe(z.array(z.enum(BREAKDOWNS)))
    .optional()
    .meta({ description: `Any of ${BREAKDOWNS.join(", ")}, with commas between` }),
  outlet: storable(300).optional(),
  /** A batch's id, or `none`. */
  batch: z.union([z.literal("none"), uuid]).optional(),
});

/** Every measure, as the command prints it; lib/agreement/report.ts says what is in it. */
export const agreementReport = z
  .record(z.string(), z.unknown())
  .meta({ description: "One object, as `npm run gloss -- agreement` prints it" });

export type AgreementQuery = z.infer<typeof agreementSchema>;

export const progressView = z.strictObject({
  /** `none`: it was not asked for, or is not kept any more. */
  state: z.enum(["none", "waiting", "reading", "drawing", "done"]),
  /** Articles read, or rows of replicates drawn. */
  done: z.int(),
  of: z.int(),
});

export const competenceView = z.strictObject({ reviewers: z.int(), cases: z.int() });
