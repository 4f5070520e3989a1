/** How gold differs from a review, as the API answers it. Offsets are code points. */
import { z } from "zod";

const id = z.uuid();
const range = { start: z.int(), end: z.int() };
const mark = z.strictObject({
  id,
  ...range,
  label: z.string(),
  attributes: z.record(z.string(), z.string()),
  links: z.array(
    z.strictObject({
      type: z.string(),
      words: z.string().meta({ description: "the target's quote, or the words that name it" }),
      at: z
        .strictObject(range)
        .nullable()
        .meta({ description: "where it stands in this article; null: elsewhere, or only named" }),
    }),
  ),
});

export const goldDiffView = z.strictObject({
  reviewId: id,
  articleId: id,
  reviewer: z.string(),
  own: z.boolean(),
  differences: z.array(
    z.strictObject({
      ...range,
      caseId: id.nullable(),
      kind: z.enum(["same", "changed", "dropped", "missed"]).meta({
        description:
          "changed: gold says it in another way; dropped: marked and not in gold; missed: in gold and not marked",
      }),
      parts: z.array(z.enum(["number", "label", "ends", "attributes", "links"])),
      mine: z.array(mark),
      gold: z.array(mark),
      decision: z
        .strictObject({
          id,
          action: z.string(),
          reasonCode: z.string().nullable(),
          note: z.string(),
          rule: z.string().nullable(),
          at: z.iso.datetime(),
        })
        .nullable(),
    }),
  ),
  counts: z.strictObject({ same: z.int(), changed: z.int(), dropped: z.int(), missed: z.int() }),
});
