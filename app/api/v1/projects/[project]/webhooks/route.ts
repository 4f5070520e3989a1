import { created, route } from "@/lib/server/http";
import { createWebhook, listWebhooks } from "@/lib/server/webhooks";
import { createWebhookBody, newWebhookView, webhooksView } from "@/lib/server/webhooks.schema";

const who = "The project's editors, administrators";

export const GET = route({
  summary: "Where the project's events are told to",
  who,
  answers: { 200: webhooksView },
  run: ({ actor, params }) => listWebhooks(actor, params.project ?? ""),
});

export const POST = route({
  summary: "Tells events to an address from now on, signed with a secret that is shown once",
  who,
  body: createWebhookBody,
  answers: { 201: newWebhookView, 200: newWebhookView },
  run: ({ actor, params, body }) => createWebhook(actor, params.project ?? "", body),
  answer: created,
});
