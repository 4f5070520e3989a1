import type { Metadata } from "next";
import Link from "next/link";
import { Queue } from "@/components/queue/queue";
import { Notice, Page, PageHead } from "@/components/ui/page";
import { listOrphans } from "@/lib/server/orphans";
import { orNotFound, pageActor } from "@/lib/server/page";
import { queueOverview } from "@/lib/server/queue";

export const metadata: Metadata = { title: "Queue" };

export default async function QueuePage({ params }: { params: Promise<{ project: string }> }) {
  const actor = await pageActor();
  const { project } = await params;
  const { inProgress, assigned, submitted, skipped, waiting, why } = orNotFound(await queueOverview(actor, project));
  // Whoever does not review has none, and is refused the list.
  const listed = await listOrphans(actor, project, { status: "open", mine: true, limit: 100 });
  const { items: orphans, nextCursor } = listed.ok ? listed.value : { items: [], nextCursor: null };
  return (
    <Page>
      <PageHead title="Queue" />
      {orphans.length > 0 && (
        <div className="pt-4">
          <Notice>
            {orphans.length === 1
              ? "1 mark of yours has"
              : `${orphans.length}${nextCursor ? " or more" : ""} marks of yours have`}{" "}
            no place in a new version of an article.{" "}
            <Link className="link text-ink" href={`/projects/${project}/orphans?mine=true`}>
              See which
            </Link>
          </Notice>
        </div>
      )}
      <Queue
        projectId={project}
        mine={[...inProgress, ...assigned]}
        done={[...submitted, ...skipped]}
        waiting={waiting}
        why={why}
      />
    </Page>
  );
}
