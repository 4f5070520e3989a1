import type { Metadata } from "next";
import { ExportPanel, type Layer } from "@/components/export/export-panel";
import { Page, PageHead } from "@/components/ui/page";
import { formats, outputFormats } from "@/lib/formats/registry";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";

export const metadata: Metadata = { title: "Export" };

export default async function ExportPage({ params }: { params: Promise<{ project: string }> }) {
  const actor = await pageActor();
  const { project } = await params;
  const rights = orNotFound(await projectRights(actor, project));
  const layers: Layer[] = rights.edit
    ? ["all", "reviews", "gold"]
    : rights.list
      ? ["reviews", "gold"]
      : rights.aggregates
        ? ["gold"]
        : ["reviews"];
  return (
    <Page narrow>
      <PageHead
        title="Export"
        note={rights.list || rights.aggregates ? undefined : "Your own reviews, with the texts they are of."}
      />
      <ExportPanel
        projectId={project}
        layers={layers}
        formats={outputFormats.map((value) => ({ value, name: formats[value].name, says: formats[value].says ?? "" }))}
      />
    </Page>
  );
}
