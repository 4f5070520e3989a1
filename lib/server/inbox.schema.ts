/** What the doors take and give about a person's inbox. */
import { z } from "zod";

export const INBOX_KINDS = ["sent-back", "mention", "thread", "stale", "calibration", "meeting", "recheck"] as const;

export const inboxQuery = z.strictObject({
  count: z.literal("true").optional().meta({ description: "only how many are unread, without the entries" }),
});
export const readBody = z
  .strictObject({ keys: z.array(z.string().max(120)).max(500).optional(), all: z.literal(true).optional() })
  .refine((given) => (given.keys === undefined) !== (given.all === undefined), {
    error: "Give keys or all, one of them.",
    params: { code: "one-of" },
  });

export const inboxView = z.object({
  items: z.array(
    z.object({
      key: z.string().meta({ description: "for marking it as read" }),
      kind: z.enum(INBOX_KINDS),
      at: z.iso.datetime(),
      unread: z.boolean(),
      projectId: z.uuid(),
      project: z.string(),
      title: z.string().meta({ description: "of the article, or the batch's name" }),
      words: z.string(),
      by: z.string().nullable(),
      href: z.string().meta({ description: "where it is dealt with" }),
    }),
  ),
  unread: z.int(),
});
export const unreadView = z.object({ unread: z.int() });
