/** Who is where now and what was decided lately, as the API answers it. */
import { z } from "zod";
import { uuid } from "../spans/schema";

const id = z.uuid();

export const presenceSchema = z.strictObject({ articleId: uuid.nullable(), caseId: uuid.nullable().default(null) });
export type PresenceInput = z.infer<typeof presenceSchema>;

/** `article`: the one that is looked at. */
export const liveSchema = z.strictObject({ article: uuid.optional() });

export const liveView = z.strictObject({
  people: z.array(
    z.strictObject({ userId: id, name: z.string(), articleId: id, title: z.string(), caseId: id.nullable() }),
  ),
  decisions: z
    .array(
      z.strictObject({
        id,
        caseId: id.nullable(),
        articleId: id,
        action: z.string(),
        by: z.string().nullable(),
        userId: id.nullable(),
      }),
    )
    .meta({ description: "of the last minute, oldest first" }),
  stamp: z.string().nullable().meta({ description: "another one as soon as a case of the article is another" }),
});
export type Live = z.infer<typeof liveView>;
