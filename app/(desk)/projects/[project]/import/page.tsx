import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ImportFiles } from "@/components/articles/import-files";
import { ImportUrl } from "@/components/articles/import-url";
import { PasteArticle } from "@/components/articles/paste-article";
import { SuggestionSets } from "@/components/articles/suggestion-sets";
import { Page, PageHead, Section } from "@/components/ui/page";
import { formats, inputFormats } from "@/lib/formats/registry";
import { importsByUrl } from "@/lib/server/importsUrl";
import { listMembers } from "@/lib/server/members";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { getScheme } from "@/lib/server/schemes";
import { suggestionSets } from "@/lib/server/suggestions";

export const metadata: Metadata = { title: "Import" };

export default async function ImportPage({ params }: { params: Promise<{ project: string }> }) {
  const actor = await pageActor();
  const { project } = await params;
  if (!orNotFound(await projectRights(actor, project)).edit) notFound();
  const scheme = orNotFound(await getScheme(actor, project));
  const labels = scheme.labels.filter((label) => !label.archived).map(({ key, name }) => ({ value: key, name }));
  const members = orNotFound(await listMembers(actor, project, { limit: 200 })).items.map((member) => ({
    value: member.userId,
    name: member.name,
  }));
  const sets = orNotFound(await suggestionSets(actor, project, { limit: 200 })).items;
  return (
    <Page narrow>
      <PageHead
        title="Import articles"
        note="The text that comes in is the text that is kept: only a byte order mark is dropped and CRLF made LF, and the report says so. Regions of the page are proposed for you to look over."
      />
      <Section title="Files">
        <ImportFiles
          projectId={project}
          formats={inputFormats.map((value) => ({
            value,
            name: formats[value].name,
            oneArticle: formats[value].oneArticle,
          }))}
          labels={labels}
          members={members}
        />
      </Section>
      {importsByUrl() && (
        <Section title="From the web">
          <ImportUrl projectId={project} />
        </Section>
      )}
      {sets.length > 0 && (
        <Section
          title="Suggestions"
          note="What was imported as suggestions. Whether reviewers see them is in the settings."
        >
          <SuggestionSets projectId={project} sets={sets} />
        </Section>
      )}
      <Section title="Paste one">
        <PasteArticle projectId={project} />
      </Section>
    </Page>
  );
}
