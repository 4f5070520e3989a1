import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Overview } from "@/components/projects/overview";
import { Page, PageHead } from "@/components/ui/page";
import { projectOverview, projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { getProject } from "@/lib/server/projects";

export const metadata: Metadata = { title: "Project" };

/** Editors and adjudicators see how far it is; reviewers go to their queue, viewers to the articles. */
export default async function ProjectPage({ params }: { params: Promise<{ project: string }> }) {
  const actor = await pageActor();
  const { project: id } = await params;
  const project = orNotFound(await getProject(actor, id));
  const rights = orNotFound(await projectRights(actor, id));
  if (!rights.list) redirect(`/projects/${id}/${rights.review ? "queue" : "articles"}`);
  const overview = orNotFound(await projectOverview(actor, id));
  return (
    <Page>
      <PageHead title={project.name} note={project.description || undefined} />
      <Overview projectId={id} overview={overview} mayEdit={rights.edit} />
    </Page>
  );
}
