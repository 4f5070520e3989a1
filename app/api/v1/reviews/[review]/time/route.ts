import { route } from "@/lib/server/http";
import { addWork } from "@/lib/server/workTime";
import { workSchema, workView } from "@/lib/server/workTime.schema";

export const POST = route({
  summary: "Adds to the time worked on a review, which its reviewer alone can see",
  who: "Its reviewer, while it can be edited",
  body: workSchema,
  answers: { 200: workView },
  run: ({ actor, params, body }) => addWork(actor, params.review ?? "", body),
});
