import { json, route } from "@/lib/server/http";
import { changeWebhook, deleteWebhook } from "@/lib/server/webhooks";
import { changeWebhookBody, webhookView } from "@/lib/server/webhooks.schema";

const who = "The project's editors, administrators";

export const PATCH = route({
  summary: "Changes its address or events, or switches it off and on",
  who,
  body: changeWebhookBody,
  answers: { 200: webhookView },
  run: ({ actor, params, body }) => changeWebhook(actor, params.project ?? "", params.webhook ?? "", body),
});

export const DELETE = route({
  summary: "Removes it, with what it was told and what still waits",
  who,
  answers: { 204: "Removed" },
  run: ({ actor, params }) => deleteWebhook(actor, params.project ?? "", params.webhook ?? ""),
  answer: () => json(null, 204),
});
