import { route } from "@/lib/server/http";
import { retryRelease } from "@/lib/server/releases";
import { releaseView } from "@/lib/server/releases.schema";

export const POST = route({
  summary: "Makes a failed or cancelled release after all",
  who: "The project's editors, administrators",
  names: ["release"],
  answers: { 200: releaseView },
  run: ({ actor, params }) => retryRelease(actor, params.project ?? "", params.release ?? ""),
});
