import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MakeRelease } from "@/components/releases/make-release";
import { Page, PageHead } from "@/components/ui/page";
import { formats, outputFormats } from "@/lib/formats/registry";
import { exportChoices } from "@/lib/server/exportsChoices";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { releaseOutlook } from "@/lib/server/releasesOutlook";

export const metadata: Metadata = { title: "Make a release" };

export default async function NewReleasePage({ params }: { params: Promise<{ project: string }> }) {
  const actor = await pageActor();
  const { project } = await params;
  if (!orNotFound(await projectRights(actor, project)).edit) notFound();
  return (
    <Page narrow>
      <PageHead title="Make a release" />
      <MakeRelease
        projectId={project}
        outlook={orNotFound(await releaseOutlook(actor, project))}
        formats={outputFormats.map((value) => ({ value, name: formats[value].name }))}
        choices={orNotFound(await exportChoices(actor, project))}
      />
    </Page>
  );
}
