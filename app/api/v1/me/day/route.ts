import { route } from "@/lib/server/http";
import { ownDay } from "@/lib/server/workTime";
import { daySchema, dayView } from "@/lib/server/workTime.schema";

export const GET = route({
  summary: "What the caller did today: reviews submitted, spans in them, time worked; nobody else can ask for it",
  who: "Whoever is signed in or sends a token",
  query: daySchema,
  answers: { 200: dayView },
  run: ({ actor, query }) => ownDay(actor, query),
});
