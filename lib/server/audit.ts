/**
 * Who did what when. Every act of anyone is one entry, written in the act's own transaction; the database chains each stream by hash
 * (trigger AuditEntry_chain) and refuses updates and deletions. No text of articles or notes in it: ids, names of things, counts.
 */
import { Prisma } from "../../generated/prisma/client";
import { type Actor, personOf } from "../access/actor";
import type { Bulk } from "./bulk";
import type { Tx } from "./db";
import { tellWebhooks } from "./webhooksTell";

/** The stream decides what is serialised: changes of one review, acts on one project, acts on the instance. */
export type AuditStream =
  | { readonly reviewId: string; readonly projectId: string }
  | { readonly projectId: string }
  | "instance";

export type AuditEvent =
  | {
      readonly type: "review.changed";
      readonly changes: number;
      readonly version: number;
      readonly ids: readonly string[];
    }
  | {
      readonly type:
        | "review.assigned"
        | "review.unassigned"
        | "review.reclaimed"
        | "review.started"
        | "review.reopened"
        | "review.sent-back"
        | "review.skipped";
      readonly reviewId: string;
      readonly articleId: string;
      readonly reviewerId: string;
      readonly reason?: string;
      readonly notBlind?: boolean;
      readonly training?: boolean;
    }
  | {
      readonly type: "review.submitted";
      readonly reviewId: string;
      readonly articleId: string;
      readonly version: number;
      readonly spans: number;
    }
  | {
      readonly type:
        | "article.created"
        | "article.changed"
        | "article.deleted"
        | "article.restored"
        | "article.purged"
        | "article.closed-early"
        | "article.settled"
        | "article.third-reviewer";
      readonly articleId: string;
      readonly fields?: readonly string[];
      readonly textSha256?: string;
    }
  | {
      readonly type: "article.version";
      readonly articleId: string;
      readonly of: string;
      readonly number: number;
      readonly reviews: number;
    }
  | {
      readonly type: "orphan.dropped" | "orphan.restored";
      readonly orphanId: string;
      readonly reviewId: string;
      readonly articleId: string;
    }
  | {
      readonly type: "articles.imported";
      readonly suggestions?: number;
      readonly format: string;
      readonly as: string;
      readonly created: number;
      readonly duplicate: number;
      readonly versions?: number;
      readonly spans: number;
      readonly rejected: number;
      /** Where Gloss fetched it. */
      readonly url?: string;
    }
  | { readonly type: "suggestions.deleted"; readonly by: string; readonly suggestions: number }
  | {
      readonly type: "decision.made";
      readonly decisionId: string;
      readonly caseId: string | null;
      readonly articleId: string;
      readonly action: string;
      readonly reasonCode: string | null;
      readonly supersedes: string | null;
    }
  | {
      readonly type: "project.created" | "project.changed" | "project.deleted" | "project.restored" | "project.purged";
      readonly projectId: string;
      readonly fields?: readonly string[];
    }
  | { readonly type: "scheme.changed" | "guideline.changed"; readonly version: number }
  | { readonly type: "meeting.started" | "meeting.ended"; readonly batchId: string }
  | { readonly type: "meeting.revealed"; readonly batchId: string; readonly caseId: string; readonly articleId: string }
  | { readonly type: "decision.kept"; readonly decisionId: string; readonly articleId: string }
  | { readonly type: "source.changed"; readonly aliases: number }
  | { readonly type: "competence.fitted"; readonly reviewers: number; readonly cases: number }
  | {
      readonly type: "member.added" | "member.changed" | "member.removed";
      readonly userId: string;
      readonly roles: readonly string[];
      readonly trainee?: boolean;
    }
  | { readonly type: "batch.created" | "batch.changed"; readonly batchId: string; readonly articles?: number }
  | {
      readonly type: "thread.opened" | "thread.resolved" | "thread.reopened" | "thread.posted" | "thread.invited";
      readonly threadId: string;
      readonly articleId: string;
      readonly userId?: string;
    }
  | {
      readonly type:
        | "webhook.created"
        | "webhook.changed"
        | "webhook.deleted"
        | "webhook.disabled"
        | "webhook.pinged"
        | "webhook.replayed";
      readonly webhookId: string;
    }
  | { readonly type: "export.made"; readonly format: string; readonly layer: string }
  | { readonly type: "release.asked" | "release.failed" | "release.cancelled"; readonly number: number }
  | {
      readonly type: "release.made";
      readonly number: number;
      readonly manifestSha256: string;
      readonly articles: number;
    }
  | { readonly type: "release.downloaded"; readonly number: number; readonly file: string }
  | {
      readonly type: "user.created" | "user.changed" | "user.disabled" | "user.enabled";
      readonly userId: string;
      readonly fields?: readonly string[];
    }
  | {
      readonly type: "user.signed-in" | "user.signed-out" | "user.signed-out-everywhere" | "password.changed";
      readonly userId: string;
    }
  | { readonly type: "link.made" | "link.used" | "link.withdrawn"; readonly linkId: string; readonly kind: string }
  | { readonly type: "token.created" | "token.revoked"; readonly tokenId: string; readonly userId: string };

export function streamOf(stream: AuditStream): { readonly stream: string; readonly projectId: string | null } {
  if (stream === "instance") return { stream: "instance", projectId: null };
  if ("reviewId" in stream) return { stream: `review:${stream.reviewId}`, projectId: stream.projectId };
  return { stream: `project:${stream.projectId}`, projectId: stream.projectId };
}

/** `actor` null: the start of the app or a command of the machine's owner. */
export async function record(tx: Tx, actor: Actor | null, stream: AuditStream, event: AuditEvent): Promise<void> {
  const { type, ...data } = event;
  const to = streamOf(stream);
  await tx.$executeRaw`INSERT INTO "AuditEntry" ("stream", "projectId", "actorId", "type", "data")
    VALUES (${to.stream}, ${to.projectId}::uuid, ${actor && personOf(actor)}::uuid, ${type}, ${JSON.stringify(data)}::jsonb)`;
  await tellWebhooks((sql) => tx.$executeRaw(sql), [{ projectId: to.projectId, event }]);
}

/** Many entries in one statement, in their order. */
export async function recordAll(
  bulk: Bulk,
  actor: Actor | null,
  entries: readonly { readonly stream: AuditStream; readonly event: AuditEvent }[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ stream, event: { type, ...data } }) => ({ ...streamOf(stream), type, data }));
  await bulk.run(Prisma.sql`
    INSERT INTO "AuditEntry" ("stream", "projectId", "actorId", "type", "data")
    SELECT x ->> 'stream', (x ->> 'projectId')::uuid, ${actor && personOf(actor)}::uuid, x ->> 'type', x -> 'data'
      FROM jsonb_array_elements(${JSON.stringify(rows)}::jsonb) WITH ORDINALITY AS e(x, n) ORDER BY n`);
  await tellWebhooks(
    bulk.run,
    entries.map(({ stream, event }) => ({ projectId: streamOf(stream).projectId, event })),
  );
}
