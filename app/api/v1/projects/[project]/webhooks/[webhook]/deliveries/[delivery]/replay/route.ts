import { json, route } from "@/lib/server/http";
import { replayDelivery } from "@/lib/server/webhooks";
import { deliveryView } from "@/lib/server/webhooks.schema";

export const POST = route({
  summary: "Sends the same again, under the same id, whether it had arrived or not",
  who: "The project's editors, administrators",
  answers: { 202: deliveryView },
  run: ({ actor, params }) => replayDelivery(actor, params.project ?? "", params.webhook ?? "", params.delivery ?? ""),
  answer: (delivery) => json(delivery, 202),
});
