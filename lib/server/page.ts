/** What server components need of the doors: who is asking, and what to do with a refusal. */
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { Actor } from "../access/actor";
import type { Refusal, Result } from "../result";
import { currentActor } from "./session";

const actorOfRequest = cache(currentActor);

/** The signed-in person, or null; asked once a request however many components ask. */
export const pageActorOrNull = (): Promise<Actor | null> => actorOfRequest();

/**
 * The signed-in person; otherwise goes to the sign-in page, which comes back to `next` (a path of this site; when not given, the path that
 * proxy.ts names in x-path).
 */
export async function pageActor(next?: string): Promise<Actor> {
  const actor = await actorOfRequest();
  if (actor) return actor;
  const path = next ?? (await headers()).get("x-path") ?? "/";
  redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}

/** A refusal that no page expects; the nearest error boundary shows its words. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
    this.name = "Refused";
  }
}

export function orThrow<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refused(result);
}

/** What is not there, not theirs to see, or asked for by an address that makes no sense is the page "not found". */
export function orNotFound<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  if (["not-found", "forbidden", "malformed", "invalid"].includes(result.code)) notFound();
  if (result.code === "unauthenticated") redirect("/sign-in");
  throw new Refused(result);
}
