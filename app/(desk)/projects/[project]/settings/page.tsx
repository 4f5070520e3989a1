import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PutInBin } from "@/components/bin/put-in-bin";
import { ProjectSettings } from "@/components/settings/project-settings";
import { Webhooks } from "@/components/settings/webhooks";
import { Page, PageHead, Section } from "@/components/ui/page";
import { affectedBy } from "@/lib/server/binProjects";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { getProject } from "@/lib/server/projects";
import { listWebhooks } from "@/lib/server/webhooks";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: { params: Promise<{ project: string }> }) {
  const actor = await pageActor();
  const { project } = await params;
  if (!orNotFound(await projectRights(actor, project)).edit) notFound();
  const settings = orNotFound(await getProject(actor, project));
  const hooks = orNotFound(await listWebhooks(actor, project));
  return (
    <Page>
      <PageHead title="Settings" />
      <ProjectSettings project={settings} />
      <Section
        title="Webhooks"
        note="Lets another program know when an article is settled, a release is ready or an import is done. It gets no texts and no marks."
      >
        <Webhooks projectId={project} switchedOn={hooks.switchedOn} hooks={hooks.items} />
      </Section>
      <Section
        title="The bin"
        note="Deleting a project puts it out of everyone’s sight. It can be restored for 30 days."
      >
        <PutInBin
          what="project"
          name={settings.name}
          path={`/projects/${project}`}
          then="/bin"
          affected={orNotFound(await affectedBy(actor, project, null))}
        />
      </Section>
    </Page>
  );
}
