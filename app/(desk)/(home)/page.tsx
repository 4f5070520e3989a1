import type { Metadata } from "next";
import { NewProject, OpenSample } from "@/components/projects/new-project";
import { ProjectList } from "@/components/projects/project-list";
import { ButtonLink } from "@/components/ui/button";
import { Empty, Page, PageHead } from "@/components/ui/page";
import { listBinnedProjects } from "@/lib/server/binProjects";
import { progressOf } from "@/lib/server/overview";
import { orThrow, pageActor } from "@/lib/server/page";
import { listProjects } from "@/lib/server/projects";

export const metadata: Metadata = { title: "Projects" };

export default async function ProjectsPage() {
  const actor = await pageActor();
  const { items } = orThrow(await listProjects(actor, { limit: 200 }));
  const binned = orThrow(await listBinnedProjects(actor));
  const progress = await progressOf(actor, items);
  return (
    <Page>
      <PageHead title="Projects">
        {binned.items.length > 0 && (
          <ButtonLink look="quiet" href="/bin">
            Bin
          </ButtonLink>
        )}
        {actor.isAdmin && items.length > 0 && <NewProject />}
      </PageHead>
      {items.length > 0 ? (
        <ProjectList projects={items.map((project) => ({ ...project, articles: progress.get(project.id) ?? null }))} />
      ) : actor.isAdmin ? (
        <Empty
          title="Begin with a project"
          actions={
            <>
              <NewProject />
              <OpenSample />
            </>
          }
        >
          A project has its articles, people, labels and guideline. The sample has eight invented articles and three
          reviewers who disagree, to play with.
        </Empty>
      ) : (
        <Empty title="No project yet">
          You belong to no project. An editor of one, or an administrator, can add you.
        </Empty>
      )}
    </Page>
  );
}
