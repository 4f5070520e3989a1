import type { Metadata } from "next";
import { Queue } from "@/components/queue/queue";
import { Page, PageHead } from "@/components/ui/page";
import { orNotFound, pageActor } from "@/lib/server/page";
import { queueOverview } from "@/lib/server/queue";

export const metadata: Metadata = { title: "Queue" };

export default async function QueuePage({ params }: { params: Promise<{ project: string }> }) {
  const actor = await pageActor();
  const { project } = await params;
  const { inProgress, assigned, submitted, skipped, waiting, why } = orNotFound(await queueOverview(actor, project));
  return (
    <Page>
      <PageHead title="Queue" />
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
