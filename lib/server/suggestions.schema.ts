/** What the doors take and give about suggestions from outside. */
import { z } from "zod";
import { pageOf, pageQuery } from "./paging";

const id = z.uuid();
const person = z.boolean().meta({ description: "somebody's annotation, not a machine's" });

export const suggestionView = z.strictObject({
  id,
  set: id,
  by: z.string().meta({ description: "who or what suggested it: a model, an annotator" }),
  person,
  score: z.number().nullable().meta({ description: "how sure they were, as their file says" }),
  start: z.int().meta({ description: "code points" }),
  end: z.int(),
  quote: z.string(),
  label: z.string(),
  attributes: z.record(z.string(), z.string()),
  note: z.string(),
  uncertain: z.boolean(),
  links: z
    .array(z.strictObject({ type: z.string(), to: id.nullable(), toText: z.string().nullable() }))
    .meta({ description: "those that start here; `to` is another suggestion of the article" }),
});
export const suggestionViews = z.strictObject({ items: z.array(suggestionView), nextCursor: z.null() });

export const suggestionSetQuery = z.strictObject(pageQuery);
export const suggestionSetView = z.strictObject({
  id,
  by: z.string(),
  person,
  createdAt: z.iso.datetime(),
  articles: z.int(),
  suggestions: z.int(),
});
export const suggestionSetViews = pageOf(suggestionSetView);
