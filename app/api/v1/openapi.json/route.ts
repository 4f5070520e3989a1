import { describeApi } from "@/lib/server/openapi";
import { ROUTES } from "../routes";

/** The description is the same for everyone and holds nothing of anyone, so it needs no sign-in. */
export function GET(): Response {
  return new Response(JSON.stringify(describeApi(ROUTES)), {
    headers: { "Content-Type": "application/json", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache" },
  });
}
