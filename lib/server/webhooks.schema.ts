/** What the doors take and give about webhooks. */
import { z } from "zod";
import { uuid } from "../spans/schema";
import { pageQuery } from "./paging";

export const WEBHOOK_EVENTS = ["article.settled", "release.ready", "import.done"] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

const at = z.iso.datetime();

/** Whether it may be reached is looked at when it is connected to. */
const url = z
  .string()
  .trim()
  .max(2_000)
  .refine((given) => URL.canParse(given) && /^https?:$/.test(new URL(given).protocol) && !new URL(given).username, {
    error: "An http or https address, without a user name in it.",
    params: { code: "bad-url" },
  });

const events = z
  .array(z.enum(WEBHOOK_EVENTS))
  .min(1)
  .max(WEBHOOK_EVENTS.length)
  .transform((given) => WEBHOOK_EVENTS.filter((event) => given.includes(event)));

export const createWebhookBody = z.strictObject({ id: uuid.optional(), url, events });
export const changeWebhookBody = z.strictObject({ url, events, enabled: z.boolean() }).partial();
export const deliveryQuery = z.strictObject(pageQuery);

export const webhookView = z.object({
  id: z.uuid(),
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  enabled: z.boolean(),
  failingSince: at.nullable().meta({ description: "Since when nothing arrived" }),
  disabledAt: at.nullable().meta({ description: "When Gloss switched it off, as nothing had arrived for days" }),
  createdAt: at,
});

export const newWebhookView = webhookView.extend({
  secret: z.string().nullable().meta({ description: "Shown once; null when the same was asked for again" }),
});

export const webhooksView = z.object({
  switchedOn: z.boolean().meta({ description: "Whether whoever runs this Gloss lets it send any (GLOSS_WEBHOOKS)" }),
  items: z.array(webhookView),
  nextCursor: z.null(),
});

export const deliveryView = z.object({
  id: z.uuid().meta({ description: "The header webhook-id, the same at every attempt" }),
  event: z.string(),
  state: z.enum(["waiting", "delivered", "given-up"]),
  attempts: z.int(),
  status: z.int().nullable().meta({ description: "Of the last answer" }),
  fault: z.string().nullable().meta({ description: "Why there was none, in words" }),
  body: z.string().meta({ description: "What is signed and sent" }),
  createdAt: at,
  lastAt: at.nullable(),
  dueAt: at.nullable().meta({ description: "When it is tried next; null when it is not" }),
});
