import type { Metadata } from "next";
import Link from "next/link";
import { ReleaseList } from "@/components/releases/release-list";
import { ButtonLink } from "@/components/ui/button";
import { Empty, Page, PageHead } from "@/components/ui/page";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { listReleases } from "@/lib/server/releases";

export const metadata: Metadata = { title: "Releases" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<Record<string, string | string[]>> };

export default async function ReleasesPage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const { project } = await params;
  const { cursor } = await searchParams;
  const rights = orNotFound(await projectRights(actor, project));
  const { items, nextCursor } = orNotFound(
    await listReleases(actor, project, typeof cursor === "string" ? { cursor } : {}),
  );
  const make = rights.edit && (
    <ButtonLink look="primary" href={`/projects/${project}/releases/new`}>
      Make a release
    </ButtonLink>
  );
  return (
    <Page>
      <PageHead
        title="Releases"
        note="Frozen, numbered, checksummed: what was published once can be downloaded again byte for byte."
      >
        {items.length > 0 && make}
      </PageHead>
      {items.length > 0 ? (
        <ReleaseList projectId={project} releases={items} />
      ) : (
        <Empty title="No release yet" actions={make}>
          A release freezes the project as it stands: data in the formats that you choose, splits that no story leaks
          across, a data card, and what changed since the one before.
        </Empty>
      )}
      {nextCursor && (
        <p className="py-4">
          <Link className="link" href={`?cursor=${nextCursor}`}>
            Older
          </Link>
        </p>
      )}
    </Page>
  );
}
