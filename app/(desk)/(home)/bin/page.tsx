import type { Metadata } from "next";
import { BinTable } from "@/components/bin/bin-table";
import { ButtonLink } from "@/components/ui/button";
import { Empty, Page, PageHead } from "@/components/ui/page";
import { listBinnedProjects } from "@/lib/server/binProjects";
import { orThrow, pageActor } from "@/lib/server/page";

export const metadata: Metadata = { title: "Bin" };

export default async function BinPage() {
  const actor = await pageActor();
  const { items } = orThrow(await listBinnedProjects(actor));
  const rows = items.map(({ articles, ...project }) => ({
    ...project,
    about: `${articles} ${articles === 1 ? "article" : "articles"}`,
  }));
  return (
    <Page>
      <PageHead title="Projects in the bin" note="Each is kept as it was for 30 days.">
        <ButtonLink look="quiet" href="/">
          All projects
        </ButtonLink>
      </PageHead>
      {rows.length > 0 ? (
        <BinTable caption="Projects in the bin" path="/projects" rows={rows} now={Date.now()} />
      ) : (
        <Empty title="Nothing in the bin">A project is put here at the end of its settings.</Empty>
      )}
    </Page>
  );
}
