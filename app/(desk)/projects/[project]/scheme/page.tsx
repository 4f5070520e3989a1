import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SchemeEditor } from "@/components/scheme/scheme-editor";
import { Sources } from "@/components/scheme/sources";
import { Page, PageHead, Section } from "@/components/ui/page";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { getScheme } from "@/lib/server/schemes";
import { knownValues } from "@/lib/server/values";

export const metadata: Metadata = { title: "Labels" };

export default async function SchemePage({ params }: { params: Promise<{ project: string }> }) {
  const actor = await pageActor();
  const { project } = await params;
  if (!orNotFound(await projectRights(actor, project)).edit) notFound();
  const { version, ...scheme } = orNotFound(await getScheme(actor, project));
  const { sources } = orNotFound(await knownValues(actor, project));
  return (
    <Page>
      <PageHead
        title="Labels"
        note={`The project’s scheme, version ${version}. What was ever used is archived, not removed, so that every old span keeps its meaning.`}
      />
      <SchemeEditor key={version} projectId={project} scheme={scheme} version={version} />
      <Section title="Sources">
        <Sources projectId={project} sources={sources} />
      </Section>
    </Page>
  );
}
