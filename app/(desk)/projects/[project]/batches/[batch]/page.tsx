import type { Metadata } from "next";
import Link from "next/link";
import { BatchForm } from "@/components/batches/batch-form";
import { mayReview, PURPOSES, reviewersInWords } from "@/components/batches/model";
import { TrainingTable } from "@/components/batches/training-table";
import { Rounds } from "@/components/calibration/rounds";
import { ProgressBar } from "@/components/projects/project-list";
import { Button, ButtonLink } from "@/components/ui/button";
import { Empty, Page, PageHead, Section } from "@/components/ui/page";
import { Ago } from "@/components/ui/time";
import { getBatch } from "@/lib/server/batches";
import { getMeeting } from "@/lib/server/meetings";
import { listMembers } from "@/lib/server/members";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { trainingReviews } from "@/lib/server/training";

export const metadata: Metadata = { title: "Batch" };

export default async function BatchPage({ params }: { params: Promise<{ project: string; batch: string }> }) {
  const actor = await pageActor();
  const { project, batch: batchId } = await params;
  const rights = orNotFound(await projectRights(actor, project));
  const batch = orNotFound(await getBatch(actor, project, batchId));
  const members = rights.edit ? orNotFound(await listMembers(actor, project, { limit: 200 })).items : [];
  const people = members.filter(mayReview);
  const names = new Map(members.map((one) => [one.userId, one.name]));
  const training =
    rights.edit && batch.purpose === "training"
      ? orNotFound(await trainingReviews(actor, project, { batch: batchId }))
      : null;
  const meeting = batch.purpose === "calibration" ? orNotFound(await getMeeting(actor, project, batchId)) : null;
  const articles = (part = "") => `/projects/${project}/articles?batch=${batchId}${part}`;
  const purpose = PURPOSES.find((one) => one.value === batch.purpose);
  return (
    <Page>
      <PageHead title={batch.name} note={`${purpose?.name}. ${purpose?.does}`}>
        {rights.edit && (
          <BatchForm
            key={JSON.stringify(batch)}
            projectId={project}
            batch={batch}
            people={people}
            trigger={<Button>Change</Button>}
          />
        )}
        {rights.edit && (
          <ButtonLink look="primary" href={`/projects/${project}/articles?into=${batchId}`}>
            Put articles into it
          </ButtonLink>
        )}
      </PageHead>
      {batch.articles === 0 ? (
        <Empty title="No articles in it yet">
          {rights.edit
            ? "Choose articles in the articles’ list, one by one or all that a filter finds."
            : "An editor puts articles into it."}
        </Empty>
      ) : (
        <Section title="Articles" note={`${batch.settled} of ${batch.articles} settled`}>
          <ProgressBar parts={[batch.settled, batch.adjudication, batch.open]} />
          <ul className="mt-3 flex flex-wrap gap-x-8 gap-y-2">
            {(
              [
                [batch.settled, "settled", "&status=settled"],
                [batch.adjudication, "in adjudication", "&status=adjudication"],
                [batch.open, "open", "&status=open"],
              ] as const
            ).map(([count, words, part]) => (
              <li key={words}>
                <Link className="link" href={articles(part)}>
                  {count} {words}
                </Link>
              </li>
            ))}
          </ul>
          <p className="mt-3 text-ink-2">
            {batch.reviews.submitted} of {batch.reviews.wanted} reviews submitted
            {batch.reviews.underWay > 0 && `, ${batch.reviews.underWay} under way`}.{" "}
            <Link className="link" href={`/projects/${project}/agreement?batch=${batchId}`}>
              Agreement in this batch
            </Link>
          </p>
        </Section>
      )}
      <Section title="Rules">
        <dl className="grid max-w-2xl gap-x-6 gap-y-2 sm:grid-cols-[180px_1fr]">
          <dt className="text-ink-2">Reviewers an article</dt>
          <dd>{reviewersInWords(batch)}</dd>
          <dt className="text-ink-2">People</dt>
          <dd>
            {batch.people.length === 0
              ? batch.purpose === "training"
                ? "every trainee"
                : "every reviewer"
              : rights.edit
                ? batch.people.map((id) => names.get(id) ?? "someone who left").join(", ")
                : `${batch.people.length} by name`}
          </dd>
          <dt className="text-ink-2">Priority</dt>
          <dd>{batch.priority}</dd>
          <dt className="text-ink-2">Deadline</dt>
          <dd>{batch.deadline ? <Ago at={batch.deadline} /> : "none"}</dd>
        </dl>
      </Section>
      {meeting && (
        <Section
          title="Calibration"
          note="Agreement of each round, kept when its meeting began."
          actions={
            <>
              {rights.edit && !meeting.after && (
                <BatchForm
                  projectId={project}
                  people={people}
                  draft={{ purpose: "calibration", people: batch.people, priority: batch.priority, followsId: batchId }}
                  trigger={<Button>Plan the next round</Button>}
                />
              )}
              <ButtonLink href={`/projects/${project}/batches/${batchId}/meeting`}>The meeting</ButtonLink>
            </>
          }
        >
          <Rounds
            projectId={project}
            rounds={[
              ...(meeting.before ? [{ ...meeting.before, here: false }] : []),
              { id: batchId, name: batch.name, figures: meeting.figures, here: true },
              ...(meeting.after ? [{ ...meeting.after, here: false }] : []),
            ]}
          />
        </Section>
      )}
      {training && (
        <Section title="Trainees" note="Their reviews do not vote until you pass them.">
          <TrainingTable
            projectId={project}
            rows={training.items}
            trainees={members.filter(
              (one) => one.trainee && (batch.people.length === 0 || batch.people.includes(one.userId)),
            )}
          />
        </Section>
      )}
    </Page>
  );
}
