/** What the doors take and give about discussion. */
import { z } from "zod";
import { storable, uuid } from "../spans/schema";
import { pageOf, pageQuery } from "./paging";

const at = z.iso.datetime();
const who = z.object({ id: z.uuid(), name: z.string() });

const body = storable(10_000)
  .refine((text) => text.trim() !== "", { error: "Say something.", params: { code: "empty" } })
  .meta({ description: "Markdown; @ and a member's whole name mentions them, if they may see the thread" });

export const newThreadBody = z
  .strictObject({
    id: uuid.optional(),
    caseId: uuid.optional(),
    start: z.int().min(0).optional(),
    end: z.int().min(1).optional(),
    body,
  })
  .refine(
    (given) =>
      given.caseId === undefined
        ? given.start !== undefined && given.end !== undefined
        : given.start === undefined && given.end === undefined,
    { error: "Give caseId, or start and end.", params: { code: "one-of" } },
  );
export const postBody = z.strictObject({ id: uuid.optional(), body });
export const changeThreadBody = z.strictObject({ resolved: z.boolean() });
export const inviteBody = z.strictObject({ userId: uuid });

export const threadQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(["open", "resolved"]).optional(),
  mine: z.literal("true").optional().meta({ description: "only those that one takes part in" }),
});
export const articleThreadQuery = z.strictObject({
  case: uuid.optional().meta({ description: "only those of a case" }),
});

const item = {
  id: z.uuid(),
  projectId: z.uuid(),
  articleId: z.uuid(),
  title: z.string(),
  caseId: z.uuid().nullable(),
  start: z.int().meta({ description: "code points" }),
  end: z.int(),
  quote: z.string(),
  createdAt: at,
  lastAt: at,
  resolvedAt: at.nullable(),
  posts: z.int(),
  by: z.string().nullable(),
};
export const threadItem = z.object(item);
export const threadPage = pageOf(threadItem);

export const threadView = z.object({
  ...item,
  posts: z.array(
    z.object({ id: z.uuid(), author: who.nullable(), body: z.string(), mentions: z.array(z.uuid()), createdAt: at }),
  ),
  context: z.string().meta({ description: "the sentences around the words" }),
  contextStart: z.int(),
  guests: z.array(who),
  people: z.array(who).meta({ description: "who sees the thread, and so can be mentioned" }),
  invitable: z
    .array(who)
    .meta({ description: "reviewers of the article who have submitted; for editors and adjudicators" }),
  mayWrite: z.boolean(),
  maySettle: z.boolean().meta({ description: "the case itself may be opened" }),
});
export const threadViews = pageOf(threadView).extend({
  people: z.array(who).meta({ description: "who would see a thread that is opened here" }),
});
