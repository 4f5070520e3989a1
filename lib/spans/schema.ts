/** What may come in at a door as a change. Shapes and limits only; whether a change fits a review is for apply.ts to say. */
import { z } from "zod";
import { storable, uuid } from "../text/fields";

export { storable, uuid } from "../text/fields";

export const LIMITS = {
  changes: 5_000,
  note: 10_000,
  key: 64,
  attribute: 2_000,
  attributes: 64,
  toText: 2_000,
  quote: 1_000_000,
} as const;

const key = storable(LIMITS.key).min(1);
const base = z.int().min(0);

export const attributesSchema = z
  .record(key, storable(LIMITS.attribute))
  .refine((a) => Object.keys(a).length <= LIMITS.attributes, { error: "Too many attributes." });

/** Bounds are any whole numbers here, so that apply.ts can refuse them with `outside-text` or `empty`. */
export const spanInputSchema = z.strictObject({
  id: uuid,
  base,
  start: z.int(),
  end: z.int(),
  label: key,
  quote: storable(LIMITS.quote).optional(),
  attributes: attributesSchema.optional(),
  note: storable(LIMITS.note).optional(),
  uncertain: z.boolean().optional(),
  accepted: z
    .array(key)
    .max(LIMITS.attributes)
    .optional()
    .meta({ description: "keys of the attributes whose value was taken from an offer; the others were given by hand" }),
  suggestion: uuid.optional().meta({ description: "the suggestion from outside that it was made of; absent: by hand" }),
});

export const linkInputSchema = z.strictObject({
  id: uuid,
  base,
  type: key,
  from: uuid,
  to: uuid.nullable(),
  toText: storable(LIMITS.toText).nullable().optional(),
  accepted: z.boolean().optional().meta({ description: "it was taken from an offer" }),
});

export const changeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ id: uuid, kind: z.literal("span.put"), span: spanInputSchema }),
  z.strictObject({ id: uuid, kind: z.literal("span.remove"), spanId: uuid, base }),
  z.strictObject({ id: uuid, kind: z.literal("link.put"), link: linkInputSchema }),
  z.strictObject({ id: uuid, kind: z.literal("link.remove"), linkId: uuid, base }),
  z.strictObject({
    id: uuid,
    kind: z.literal("suggestion.dismiss"),
    suggestionId: uuid,
    dismissed: z.boolean().meta({ description: "false takes the dismissal back" }),
  }),
]);

export const changesRequestSchema = z.strictObject({
  changes: z.array(changeSchema).min(1).max(LIMITS.changes),
});

export type ChangesRequest = z.infer<typeof changesRequestSchema>;
