/** What the doors take and give about the decisions that cite rules, and those to look at again. */
import { z } from "zod";
import { uuid } from "../spans/schema";
import { pageOf, pageQuery } from "./paging";

const at = z.iso.datetime();

const cited = {
  decisionId: z.uuid(),
  caseId: z.uuid().nullable(),
  articleId: z.uuid(),
  title: z.string(),
  action: z.string(),
  quote: z.string(),
  labels: z.array(z.string()),
  note: z.string(),
  by: z.string().nullable(),
  guidelineVersion: z.int(),
  at,
};

export const lawQuery = z.strictObject(pageQuery);
export const citingPage = pageOf(z.object({ ...cited, live: z.boolean() }));

export const ruleCounts = z.object({
  items: z.array(
    z.object({
      anchor: z.string(),
      title: z.string(),
      number: z.string().nullable(),
      section: z.string().nullable(),
      decisions: z.int(),
    }),
  ),
  nextCursor: z.null(),
});

export const recheckQuery = z.strictObject({
  ...pageQuery,
  rule: z.string().max(200).optional().meta({ description: "only because of this rule, by its anchor" }),
});
export const recheckPage = z.object({
  items: z.array(
    z.object({
      ...cited,
      cites: z.string().nullable(),
      because: z.array(
        z.object({
          anchor: z.string(),
          title: z.string(),
          kind: z.enum(["added", "changed", "removed"]),
          version: z.int(),
        }),
      ),
    }),
  ),
  nextCursor: z.string().nullable(),
  total: z.int().meta({ description: "at most 10,000 are counted" }),
});
export const keepBody = z.strictObject({ decisions: z.array(uuid).min(1).max(200) });
export const keptView = z.object({ kept: z.int(), left: z.int() });
