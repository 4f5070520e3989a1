import type { Metadata } from "next";
import { Meeting } from "@/components/calibration/meeting";
import { ButtonLink } from "@/components/ui/button";
import { Page, PageHead } from "@/components/ui/page";
import { rules } from "@/lib/scheme/guideline";
import { getGuideline } from "@/lib/server/guidelines";
import { getMeeting } from "@/lib/server/meetings";
import { orNotFound, pageActor } from "@/lib/server/page";
import { getScheme } from "@/lib/server/schemes";

export const metadata: Metadata = { title: "Meeting" };

export default async function MeetingPage({ params }: { params: Promise<{ project: string; batch: string }> }) {
  const actor = await pageActor();
  const { project, batch } = await params;
  const meeting = orNotFound(await getMeeting(actor, project, batch));
  const guideline = orNotFound(await getGuideline(actor, project));
  const scheme = orNotFound(await getScheme(actor, project));
  return (
    <Page narrow>
      <PageHead title={meeting.name} note="The meeting over a calibration round: one case at a time.">
        {meeting.list && <ButtonLink href={`/projects/${project}/batches/${batch}`}>The round</ButtonLink>}
      </PageHead>
      <Meeting
        projectId={project}
        first={meeting}
        rules={rules(guideline.markdown).map(({ anchor, number, title }) => ({ anchor, number, title }))}
        labels={Object.fromEntries(scheme.labels.map(({ key, name }) => [key, name]))}
      />
    </Page>
  );
}
