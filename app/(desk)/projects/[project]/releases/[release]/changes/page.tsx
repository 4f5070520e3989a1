import type { Metadata } from "next";
import Link from "next/link";
import { ReleaseChanges } from "@/components/releases/release-changes";
import { ButtonLink } from "@/components/ui/button";
import { Empty, Page, PageHead } from "@/components/ui/page";
import { orNotFound, pageActor } from "@/lib/server/page";
import { listReleases } from "@/lib/server/releases";
import { diffQuery } from "@/lib/server/releases.schema";
import { diffReleases } from "@/lib/server/releasesRead";

export const metadata: Metadata = { title: "Changes between releases" };

type Props = {
  params: Promise<{ project: string; release: string }>;
  searchParams: Promise<Record<string, string | string[]>>;
};

export default async function ReleaseChangesPage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const { project, release } = await params;
  const query = diffQuery.safeParse({ limit: 50, ...(await searchParams) });
  const asked = query.success ? query.data : {};
  const diff = orNotFound(await diffReleases(actor, project, release, asked));
  const { items } = orNotFound(await listReleases(actor, project, { limit: 50 }));
  const others = items.filter(({ number, state }) => state === "ready" && String(number) !== release);
  const at = (against: number) => `/projects/${project}/releases/${release}/changes?against=${against}`;
  return (
    <Page>
      <PageHead
        title={`Release ${release} beside release ${diff.against}`}
        note="Spans are compared by range and label; people by their pseudonyms."
      >
        <ButtonLink look="quiet" href={`/projects/${project}/releases/${release}`}>
          Release {release}
        </ButtonLink>
      </PageHead>
      {others.length > 1 && (
        <nav aria-label="Compare with" className="flex flex-wrap gap-x-4 gap-y-1 pt-4 text-ink-2">
          Compare with
          {others.map(({ number }) => (
            <Link
              key={number}
              className="link"
              href={at(number)}
              aria-current={number === diff.against ? "page" : undefined}
            >
              release {number}
            </Link>
          ))}
        </nav>
      )}
      {diff.items.length === 0 ? <Empty title="Nothing is another than it was" /> : <ReleaseChanges {...diff} />}
      {diff.nextCursor && (
        <p className="py-4">
          <Link className="link" href={`${at(diff.against)}&cursor=${diff.nextCursor}`}>
            More articles
          </Link>
        </p>
      )}
    </Page>
  );
}
