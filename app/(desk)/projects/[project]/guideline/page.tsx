import type { Metadata } from "next";
import { GuidelineEditor } from "@/components/guideline/guideline-editor";
import { GuidelineText } from "@/components/guideline/markdown";
import { Page, PageHead } from "@/components/ui/page";
import { getGuideline } from "@/lib/server/guidelines";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";

export const metadata: Metadata = { title: "Guideline" };

export default async function GuidelinePage({ params }: { params: Promise<{ project: string }> }) {
  const actor = await pageActor();
  const { project } = await params;
  const rights = orNotFound(await projectRights(actor, project));
  const { version, markdown } = orNotFound(await getGuideline(actor, project));
  return (
    <Page>
      <PageHead title="Guideline" note={`Version ${version}. Every span records the version it was made under.`} />
      {rights.edit ? (
        <GuidelineEditor key={version} projectId={project} markdown={markdown} version={version} />
      ) : (
        <div className="py-6">
          <GuidelineText markdown={markdown} />
        </div>
      )}
    </Page>
  );
}
