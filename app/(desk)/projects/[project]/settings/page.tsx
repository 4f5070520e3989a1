import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ProjectSettings } from "@/components/settings/project-settings";
import { Page, PageHead } from "@/components/ui/page";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { getProject } from "@/lib/server/projects";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: { params: Promise<{ project: string }> }) {
  const actor = await pageActor();
  const { project } = await params;
  if (!orNotFound(await projectRights(actor, project)).edit) notFound();
  return (
    <Page>
      <PageHead title="Settings" />
      <ProjectSettings project={orNotFound(await getProject(actor, project))} />
    </Page>
  );
}
