import { ready } from "@/lib/server/health";
import { json, problem } from "@/lib/server/http";

export const dynamic = "force-dynamic";

export async function GET() {
  const result = await ready();
  return result.ok ? json(result.value) : problem(result);
}
