import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ImportFiles } from "@/components/articles/import-files";
import { PasteArticle } from "@/components/articles/paste-article";
import { Page, PageHead, Section } from "@/components/ui/page";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";

export const metadata: Metadata = { title: "Import" };

export default async function ImportPage({ params }: { params: Promise<{ project: string }> }) {
  const actor = await pageActor();
  const { project } = await params;
  if (!orNotFound(await projectRights(actor, project)).edit) notFound();
  return (
    <Page narrow>
      <PageHead
        title="Import articles"
        note="The text that comes in is the text that is kept: only a byte order mark is dropped and CRLF made LF, and the report says so. Regions of the page are proposed for you to look over."
      />
      <Section title="Files">
        <ImportFiles projectId={project} />
      </Section>
      <Section title="Paste one">
        <PasteArticle projectId={project} />
      </Section>
    </Page>
  );
}
