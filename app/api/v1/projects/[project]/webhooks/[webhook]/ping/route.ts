import { json, route } from "@/lib/server/http";
import { pingWebhook } from "@/lib/server/webhooks";
import { deliveryView } from "@/lib/server/webhooks.schema";

export const POST = route({
  summary: "Sends the event ping, which says nothing, also where the webhook is switched off",
  who: "The project's editors, administrators",
  answers: { 202: deliveryView },
  run: ({ actor, params }) => pingWebhook(actor, params.project ?? "", params.webhook ?? ""),
  answer: (delivery) => json(delivery, 202),
});
