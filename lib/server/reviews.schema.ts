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
