import { clientOf } from "@/lib/client/typescript";
import { describeApi } from "@/lib/server/openapi";
import { ROUTES } from "../routes";

/** The typed client: for everyone, like the description that it is made from. */
export function GET(): Response {
  return new Response(clientOf(describeApi(ROUTES)), {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Cache-Control": "no-cache",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
