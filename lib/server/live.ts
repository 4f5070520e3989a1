/** Two at one desk: who is on which case, and what is decided, told at once where the browser keeps a stream open, and on asking where not. */
import { Prisma } from "../../generated/prisma/client";
import { type Actor, personOf } from "../access/actor";
import type { ProjectFacts } from "../access/can";
import { ok, type Result } from "../result";
import { articleFor, projectFor } from "./access";
import { current } from "./current";
import { type Tx, transaction } from "./db";
import type { Live, PresenceInput } from "./live.schema";
import { listen, tell } from "./live-hub";
import { onShutdown } from "./shutdown";

/** Seconds after which a presence that was not told anew counts for nothing; browsers tell it every 20. */
const FRESH = 60;

/** Which articles' business the actor may hear: not of those that they are still reviewing. */
const heard = (actor: Actor, { blind }: ProjectFacts) => Prisma.sql`
  ${current} AND (a."state" = 'SETTLED' OR NOT ${blind} OR NOT EXISTS (
    SELECT 1 FROM "Review" o WHERE o."articleId" = a."id" AND o."reviewerId" = ${actor.userId}::uuid AND o."deletedAt" IS NULL
       AND o."status" IN ('ASSIGNED', 'IN_PROGRESS')))`;

/** Where the actor is now; nowhere with `articleId` null. */
export const tellPresence = (
  actor: Actor,
  projectId: string,
  { articleId, caseId }: PresenceInput,
): Promise<Result<null>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "presence.tell");
    if (!may.ok) return may;
    const userId = personOf(actor);
    if (!userId) return ok(null);
    if (articleId === null) await tx.presence.deleteMany({ where: { projectId, userId } });
    else {
      const there = await articleFor(tx, actor, articleId, "marks.see");
      if (!there.ok) return there;
      await tx.$executeRaw`
        INSERT INTO "Presence" ("projectId", "userId", "articleId", "caseId", "at")
        SELECT ${projectId}::uuid, ${userId}::uuid, a."id", (SELECT c."id" FROM "Case" c WHERE c."id" = ${caseId}::uuid AND c."articleId" = a."id"), now()
          FROM "Article" a WHERE a."id" = ${articleId}::uuid AND a."projectId" = ${projectId}::uuid
        ON CONFLICT ("projectId", "userId") DO UPDATE SET "articleId" = excluded."articleId", "caseId" = excluded."caseId", "at" = now()`;
    }
    await tx.$executeRaw(tell(projectId));
    return ok(null);
  });

/** The others who are here, what was decided in the last minute, and whether the article's cases are as they were. */
export const liveNow = (actor: Actor, projectId: string, articleId: string | undefined): Promise<Result<Live>> =>
  transaction(async (tx) => {
    const may = await projectFor(tx, actor, projectId, "articles.list");
    if (!may.ok) return may;
    const seen = heard(actor, may.value);
    const people = await tx.$queryRaw<Live["people"]>`
      SELECT p."userId", u."name", p."articleId", a."title", p."caseId"
        FROM "Presence" p JOIN "User" u ON u."id" = p."userId" JOIN "Article" a ON a."id" = p."articleId"
       WHERE p."projectId" = ${projectId}::uuid AND p."userId" <> ${actor.userId}::uuid AND p."at" > now() - make_interval(secs => ${FRESH})
         AND ${seen} ORDER BY lower(u."name"), p."userId"`;
    const decisions = await tx.$queryRaw<Live["decisions"]>`
      SELECT d."id", d."caseId", d."articleId", lower(d."action"::text) AS "action", u."name" AS "by", d."adjudicatorId" AS "userId"
        FROM "Decision" d JOIN "Article" a ON a."id" = d."articleId" LEFT JOIN "User" u ON u."id" = d."adjudicatorId"
       WHERE d."projectId" = ${projectId}::uuid AND d."at" > now() - make_interval(secs => ${FRESH}) AND ${seen}
       ORDER BY d."at", d."id" LIMIT 200`;
    const there = articleId ? await articleFor(tx, actor, articleId, "marks.see") : null;
    return ok({ people, decisions, stamp: articleId && there?.ok ? await stampOf(tx, articleId) : null });
  });

/** Another one as soon as a case of the article is another. */
export async function stampOf(tx: Tx, articleId: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ stamp: string | null }[]>`
    SELECT md5(string_agg(concat_ws(' ', c."id", c."status", md5(c."members"::text),
             (SELECT d."id" FROM "Decision" d WHERE d."caseId" = c."id" AND d."live")), ',' ORDER BY c."id")) AS "stamp"
      FROM "Case" c WHERE c."articleId" = ${articleId}::uuid AND c."status" <> 'CLOSED'`;
  return row?.stamp ?? "";
}

/** Milliseconds. The stream looks by itself as often, so that nothing that was not heard is missed for longer. */
const LOOK = 20_000;
/** A browser opens another one then, with a session that is looked at anew. */
const LONGEST = 10 * 60_000;
/** What happens within so much is told together. */
const TOGETHER = 40;

/** `liveNow` as server-sent events, whenever it has changed. It ends with the browser, with its time, and when Gloss ends. */
export async function liveStream(
  actor: Actor,
  projectId: string,
  articleId: string | undefined,
  gone: AbortSignal,
): Promise<Result<Response>> {
  const first = await liveNow(actor, projectId, articleId);
  if (!first.ok) return first;
  const stream = new LiveStream(first.value, () => liveNow(actor, projectId, articleId));
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => stream.begin(controller, projectId, gone),
    cancel: () => stream.end(),
  });
  return ok(
    new Response(body, {
      headers: {
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "private, no-store, no-transform",
        "X-Accel-Buffering": "no",
        "X-Content-Type-Options": "nosniff",
      },
    }),
  );
}

class LiveStream {
  private readonly words = new TextEncoder();
  private readonly undo: (() => void)[] = [];
  private controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  private soon: NodeJS.Timeout | null = null;
  private last: string;

  constructor(
    first: Live,
    private readonly now: () => Promise<Result<Live>>,
  ) {
    this.last = JSON.stringify(first);
  }

  begin(controller: ReadableStreamDefaultController<Uint8Array>, projectId: string, gone: AbortSignal): void {
    this.controller = controller;
    const end = () => this.end();
    const hear = () => {
      this.soon ??= setTimeout(() => void this.look(), TOGETHER);
    };
    const looking = setInterval(hear, LOOK);
    const late = setTimeout(end, LONGEST);
    gone.addEventListener("abort", end);
    this.undo.push(
      listen(projectId, hear),
      () => clearInterval(looking),
      () => clearTimeout(late),
      () => gone.removeEventListener("abort", end),
    );
    this.say(`retry: 3000\n\ndata: ${this.last}\n\n`);
    this.undo.push(onShutdown(end));
    if (gone.aborted) end();
  }

  end(): void {
    const { controller } = this;
    this.controller = null;
    if (this.soon) clearTimeout(this.soon);
    for (const undo of this.undo.splice(0)) undo();
    try {
      controller?.close();
    } catch {
      // The browser was faster.
    }
  }

  private say(text: string): void {
    this.controller?.enqueue(this.words.encode(text));
  }

  private async look(): Promise<void> {
    this.soon = null;
    const now = await this.now().catch(() => null);
    if (!this.controller) return;
    // Whoever may no longer know is told nothing more; a database that is away is asked again later.
    if (now && !now.ok && now.code !== "unavailable") {
      this.end();
      return;
    }
    const next = now?.ok ? JSON.stringify(now.value) : this.last;
    this.say(next === this.last ? ": still here\n\n" : `data: ${next}\n\n`);
    this.last = next;
  }
}
