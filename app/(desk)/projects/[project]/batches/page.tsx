import type { Metadata } from "next";
import Link from "next/link";
import { BatchForm } from "@/components/batches/batch-form";
import { BatchTable } from "@/components/batches/batch-table";
import { IdleList } from "@/components/batches/idle-list";
import { mayReview } from "@/components/batches/model";
import { TrainingTable } from "@/components/batches/training-table";
import { Button } from "@/components/ui/button";
import { Empty, Page, PageHead, Section } from "@/components/ui/page";
import { listBatches } from "@/lib/server/batches";
import { idleReviews } from "@/lib/server/idle";
import { listMembers } from "@/lib/server/members";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { trainingReviews } from "@/lib/server/training";

export const metadata: Metadata = { title: "Batches" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<{ cursor?: string }> };

export default async function BatchesPage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const { project } = await params;
  const { cursor } = await searchParams;
  const rights = orNotFound(await projectRights(actor, project));
  const batches = orNotFound(await listBatches(actor, project, cursor ? { cursor } : {}));
  const members = rights.edit ? orNotFound(await listMembers(actor, project, { limit: 200 })).items : [];
  const idle = rights.edit ? orNotFound(await idleReviews(actor, project)) : null;
  const training = rights.edit ? orNotFound(await trainingReviews(actor, project)) : null;
  const trainees = members.filter((one) => one.trainee);
  const people = members.filter(mayReview);
  return (
    <Page>
      <PageHead
        title="Batches"
        note="A batch is a named set of articles with its own people, number of reviewers, priority and deadline. An article without one follows the project."
      >
        {rights.edit && (
          <BatchForm projectId={project} people={people} trigger={<Button look="primary">New batch</Button>} />
        )}
      </PageHead>
      {batches.items.length === 0 ? (
        <Empty title="No batches yet">
          Make one for what is urgent, for a share that two people review, for a calibration round, or to train someone
          against gold. Then put articles into it from the articles’ list.
        </Empty>
      ) : (
        <div className="py-4">
          <BatchTable projectId={project} batches={batches.items} />
          <nav aria-label="Pages" className="flex gap-4 py-4">
            {cursor && (
              <Link className="link" href={`/projects/${project}/batches`}>
                First page
              </Link>
            )}
            {batches.nextCursor && (
              <Link className="link" href={`?cursor=${batches.nextCursor}`}>
                Next page
              </Link>
            )}
          </nav>
        </div>
      )}
      {training && (training.items.length > 0 || trainees.length > 0) && (
        <Section title="Trainees" note="Their reviews do not vote until you pass them.">
          <TrainingTable projectId={project} rows={training.items} trainees={trainees} />
        </Section>
      )}
      {idle && <IdleList projectId={project} rows={idle.items} days={idle.days} more={idle.nextCursor !== null} />}
    </Page>
  );
}
