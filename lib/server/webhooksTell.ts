/**
 * An event of the audit that webhooks are told of becomes a row to be delivered, in the transaction that writes the audit: either both are
 * there, or neither. Ids and counts only: whoever hears of it asks by the API for what they may see.
 */
import { Prisma } from "../../generated/prisma/client";
import type { AuditEvent } from "./audit";
import { isOn } from "./switches";
import type { WebhookEvent } from "./webhooks.schema";

/** The operator's switch, off unless told: Gloss reaches nobody by itself. */
export const webhooksOn = (): boolean => isOn("GLOSS_WEBHOOKS");

/** As the Standard Webhooks specification lays a payload out. */
export const bodyOf = (type: string, at: Date, data: object): string =>
  JSON.stringify({ type, timestamp: at.toISOString(), data });

/** What an event of the audit is to those outside; null: nothing of theirs. */
function told(projectId: string, event: AuditEvent): { readonly type: WebhookEvent; readonly data: object } | null {
  if (event.type === "article.settled")
    return { type: "article.settled", data: { projectId, articleId: event.articleId } };
  if (event.type === "release.made") return { type: "release.ready", data: { projectId, release: event.number } };
  if (event.type !== "articles.imported") return null;
  const { created, duplicate, spans } = event;
  return { type: "import.done", data: { projectId, articles: { created, duplicate }, spans: { created: spans } } };
}

/** Costs a statement only where one of the events is told. `run` is the transaction's. */
export async function tellWebhooks(
  run: (sql: Prisma.Sql) => Promise<unknown>,
  events: readonly { readonly projectId: string | null; readonly event: AuditEvent }[],
): Promise<void> {
  if (!webhooksOn()) return;
  const now = new Date();
  const rows = events.flatMap(({ projectId, event }) => {
    const said = projectId === null ? null : told(projectId, event);
    return said ? [{ projectId, event: said.type, body: bodyOf(said.type, now, said.data) }] : [];
  });
  if (rows.length === 0) return;
  await run(Prisma.sql`
    INSERT INTO "WebhookDelivery" ("id", "projectId", "webhookId", "event", "body")
    SELECT gen_random_uuid(), w."projectId", w."id", x."event", x."body"
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS x("projectId" uuid, "event" text, "body" text)
      JOIN "Webhook" w ON w."projectId" = x."projectId" AND w."enabled" AND x."event" = ANY (w."events")`);
}
