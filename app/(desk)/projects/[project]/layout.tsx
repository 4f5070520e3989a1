import type { ReactNode } from "react";
import { TopBar } from "@/components/shell/top-bar";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { getProject } from "@/lib/server/projects";

/** The pages of one project. What is not one's own to see is not in the bar; the use cases refuse it too. */
export default async function ProjectLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ project: string }>;
}) {
  const actor = await pageActor();
  const { project: id } = await params;
  const project = orNotFound(await getProject(actor, id));
  const rights = orNotFound(await projectRights(actor, id));
  const at = (path: string, name: string) => ({ href: `/projects/${id}/${path}`, name });
  const entries = [
    ...(rights.review ? [at("queue", "Queue")] : []),
    at("articles", "Articles"),
    ...(rights.list ? [at("batches", "Batches"), at("adjudication", "Adjudication")] : []),
    at("discussion", "Discussion"),
    at("agreement", "Agreement"),
    at("guideline", "Guideline"),
    at("export", "Export"),
    ...(rights.aggregates ? [at("releases", "Releases")] : []),
    ...(rights.edit
      ? [at("people", "People"), at("scheme", "Labels"), at("settings", "Settings"), at("audit", "Audit")]
      : []),
  ];
  return (
    <>
      <TopBar project={project} entries={entries} user={actor} />
      {children}
    </>
  );
}
