import { z } from "zod";
import { created, route } from "@/lib/server/http";
import { pageOf } from "@/lib/server/paging";
import { createTokenBody, tokenView } from "@/lib/server/people.schema";
import { listQuery } from "@/lib/server/projects.schema";
import { createToken, listTokens } from "@/lib/server/tokens";

const newToken = tokenView.extend({ secret: z.string().nullable().meta({ description: "Shown this once" }) });

export const GET = route({
  summary: "One's own tokens that are not revoked, newest first",
  who: "Whoever is signed in, or a token that is bound to no project",
  query: listQuery,
  answers: { 200: pageOf(tokenView) },
  run: ({ actor, query }) => listTokens(actor, query),
});

export const POST = route({
  summary: "Makes a token; the answer holds its secret, which is shown this once",
  who: "Whoever is signed in, or a token that may write and is bound to no project",
  body: createTokenBody,
  answers: { 201: newToken, 200: newToken },
  run: ({ actor, body }) => createToken(actor, body),
  answer: created,
});
