import type { Metadata } from "next";
import { ExportPanel, type Layer } from "@/components/export/export-panel";
import { Page, PageHead } from "@/components/ui/page";
import { formats, outputFormats } from "@/lib/formats/registry";
import { exportQuerySchema } from "@/lib/server/exports";
import { exportChoices } from "@/lib/server/exportsChoices";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";

export const metadata: Metadata = { title: "Export" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<Record<string, string | string[]>> };

export default async function ExportPage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const { project } = await params;
  const rights = orNotFound(await projectRights(actor, project));
  const choices = orNotFound(await exportChoices(actor, project));
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
        note={
          rights.list || rights.aggregates
            ? "What is there now. For data that stays as it is, with splits and a data card, make a release."
            : "Your own reviews, with the texts they are of."
        }
      />
      <ExportPanel
        projectId={project}
        layers={layers}
        choices={choices}
        given={asked(await searchParams)}
        formats={outputFormats.map((value) => ({
          value,
          name: formats[value].name,
          says: formats[value].says ?? "",
          loses: formats[value].losses?.map(({ what }) => what) ?? [],
        }))}
      />
    </Page>
  );
}

/** What of an address can be asked for; the rest of it is nobody's. */
function asked(params: Record<string, string | string[]>): Record<string, string> {
  const names = Object.keys(exportQuerySchema.shape);
  const known = Object.entries(params).filter(([name, value]) => names.includes(name) && value !== "");
  return Object.fromEntries(known.map(([name, value]) => [name, String(value)]));
}
