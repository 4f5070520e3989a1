import { route } from "@/lib/server/http";
import { pageOf } from "@/lib/server/paging";
import { listDeliveries } from "@/lib/server/webhooks";
import { deliveryQuery, deliveryView } from "@/lib/server/webhooks.schema";

export const GET = route({
  summary: "What it was told in the last month and what still waits, newest first",
  who: "The project's editors, administrators",
  query: deliveryQuery,
  answers: { 200: pageOf(deliveryView) },
  run: ({ actor, params, query }) => listDeliveries(actor, params.project ?? "", params.webhook ?? "", query),
});
