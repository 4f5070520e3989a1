import { z } from "zod";
import { created, route } from "@/lib/server/http";
import { pageOf } from "@/lib/server/paging";
import { createUserBody, userQuery, userView } from "@/lib/server/people.schema";
import { createUser, listUsers } from "@/lib/server/users";

const newUser = userView.extend({
  url: z.url().nullable().meta({ description: "One-time link with which the person sets a password" }),
  expiresAt: z.iso.datetime().nullable(),
});

export const GET = route({
  summary: "The accounts of the desk, and the reviewers known from imports",
  who: "Administrators",
  query: userQuery,
  answers: { 200: pageOf(userView) },
  run: ({ actor, query }) => listUsers(actor, query),
});

export const POST = route({
  summary: "Makes an account; the answer holds a one-time link with which the person sets a password",
  who: "Administrators",
  body: createUserBody,
  answers: { 201: newUser, 200: newUser },
  run: ({ actor, body }) => createUser(actor, body),
  answer: created,
});
