import { route } from "@/lib/server/http";
import { statusView } from "@/lib/server/reviews.schema";
import { reopenReview } from "@/lib/server/submit";

export const POST = route({
  summary: "Opens a submitted or skipped review again; repeating it is harmless",
  who: "Its reviewer until adjudication begins; the project's editors, administrators",
  answers: { 200: statusView },
  run: ({ actor, params }) => reopenReview(actor, params.review ?? ""),
});
