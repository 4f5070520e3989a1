import { route } from "@/lib/server/http";
import { getOriginal } from "@/lib/server/originals";

export const GET = route({
  summary: "The file that the article's text was read from, as it came; its SHA-256 is in Repr-Digest",
  who: "Whoever may read the article's text",
  answers: { 200: { file: "*/*", says: "The file" } },
  run: ({ actor, params }) => getOriginal(actor, params.article ?? ""),
});
