import type { Metadata } from "next";
import Link from "next/link";
import { AuditTable } from "@/components/audit/audit-table";
import { Empty, Page, PageHead } from "@/components/ui/page";
import { listAudit } from "@/lib/server/auditLog";
import { orNotFound, pageActor } from "@/lib/server/page";
import { auditQuery } from "@/lib/server/projects.schema";

export const metadata: Metadata = { title: "Audit" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<Record<string, string | string[]>> };

export default async function AuditPage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const { project } = await params;
  const parsed = auditQuery.safeParse(
    Object.fromEntries(Object.entries(await searchParams).map(([key, value]) => [key, String(value)])),
  );
  const { items, nextCursor } = orNotFound(await listAudit(actor, project, parsed.success ? parsed.data : {}));
  return (
    <Page>
      <PageHead
        title="Audit"
        note="Who did what when, newest first. Each stream is chained by hash; the command verify checks it."
      />
      {items.length === 0 ? <Empty title="Nothing yet" /> : <AuditTable rows={items} />}
      {nextCursor && (
        <p className="py-4">
          <Link className="link" href={`?cursor=${nextCursor}`}>
            Older
          </Link>
        </p>
      )}
    </Page>
  );
}
