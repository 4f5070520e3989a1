"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { z } from "zod";
import type { Fault, Result } from "@/lib/result";
import { acceptInvitation, acceptReset, acceptSetup, joinProject } from "@/lib/server/accept";
import { type From, fromOf, type SignedIn } from "@/lib/server/auth";
import { faults } from "@/lib/server/http";
import { accepted, newAccount, newPassword } from "@/lib/server/people.schema";
import { currentActor, sessionCookie } from "@/lib/server/session";

export type DoorState = { readonly message: string; readonly errors: readonly Fault[] } | null;

type Accept<T> = (secret: string, input: T, from: From) => Promise<Result<SignedIn>>;

/** Parses the form, runs the use case, and comes in with the session that it opened. */
async function enter<T>(schema: z.ZodType<T>, accept: Accept<T>, secret: string, form: FormData): Promise<DoorState> {
  const entries = Object.fromEntries([...form].filter(([name]) => !name.startsWith("$")));
  const input = schema.safeParse(entries);
  if (!input.success) return { message: "Something in the form is not right.", errors: faults(input.error) };
  const result = await accept(secret, input.data, fromOf(await headers()));
  if (!result.ok) return { message: result.message, errors: result.errors };
  (await cookies()).set(await sessionCookie(result.value.sessionId, result.value.userId));
  redirect("/");
}

export const setUp = async (secret: string, _: DoorState, form: FormData) =>
  enter(newAccount, acceptSetup, secret, form);
export const invited = async (secret: string, _: DoorState, form: FormData) =>
  enter(accepted, acceptInvitation, secret, form);
export const reset = async (secret: string, _: DoorState, form: FormData) =>
  enter(newPassword, acceptReset, secret, form);

/** For someone who has an account already and is signed in. */
export async function join(secret: string, _: DoorState): Promise<DoorState> {
  const actor = await currentActor();
  if (!actor) redirect(`/sign-in?next=${encodeURIComponent(`/invitation/${secret}`)}`);
  const result = await joinProject(actor, secret);
  if (!result.ok) return { message: result.message, errors: result.errors };
  redirect(`/projects/${result.value.projectId}`);
}
