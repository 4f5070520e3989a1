/** What the door takes for agreement. What it answers is lib/agreement/report.ts. */
import { z } from "zod";
import { storable, uuid } from "../spans/schema";

export const MOST_REPLICATES = 10_000;

export const agreementSchema = z.strictObject({
  /** Of the bootstrap; the same seed gives the same intervals. */
  seed: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(1),
  replicates: z.coerce.number().int().min(0).max(MOST_REPLICATES).default(2_000),
  /** `false`: attribute values that were taken from an offer count as not given. */
  accepted: z.enum(["true", "false"]).default("true"),
  outlet: storable(300).optional(),
  /** A batch's id, or `none`. */
  batch: z.union([z.literal("none"), uuid]).optional(),
});

export type AgreementQuery = z.infer<typeof agreementSchema>;
