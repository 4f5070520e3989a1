import type { Metadata } from "next";
import { FilterChip } from "@/components/ui/filter-chip";
import { Page, PageHead } from "@/components/ui/page";
import { OrphanList } from "@/components/versions/orphan-list";
import { listOrphans } from "@/lib/server/orphans";
import { orNotFound, pageActor } from "@/lib/server/page";
import { getScheme } from "@/lib/server/schemes";
import { ORPHAN_STATES, orphansQuery } from "@/lib/server/versions.schema";

export const metadata: Metadata = { title: "Marks without a place" };

const NAMES = { open: "Without a place", placed: "Placed by hand", dropped: "Dropped" } as const;

export default async function OrphansPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<Record<string, string | undefined>>;
}) {
  const actor = await pageActor();
  const { project } = await params;
  const parsed = orphansQuery.safeParse(await searchParams);
  const query = parsed.success ? parsed.data : orphansQuery.parse({});
  const { items, nextCursor } = orNotFound(await listOrphans(actor, project, { limit: 50, ...query }));
  const scheme = orNotFound(await getScheme(actor, project));
  const labels = new Map(scheme.labels.map((label) => [label.key, label.name]));
  const hrefWith = (part: Record<string, string>) => {
    const kept = {
      status: query.status,
      ...(query.article ? { article: query.article } : {}),
      ...(query.mine ? { mine: "true" } : {}),
      ...part,
    };
    return `?${new URLSearchParams(kept)}`;
  };
  return (
    <Page>
      <PageHead
        title="Marks without a place"
        note="Marks of a former version whose words the newer one does not have, or has more than once. Whoever made one places it in their review, or drops it and says why."
      />
      <nav aria-label="Show" className="flex flex-wrap gap-2 py-4">
        {ORPHAN_STATES.map((status) => (
          <FilterChip key={status} href={hrefWith({ status })} on={query.status === status}>
            {NAMES[status]}
          </FilterChip>
        ))}
      </nav>
      <OrphanList projectId={project} orphans={items} labels={labels} status={query.status} />
      {nextCursor && (
        <a className="link" href={hrefWith({ cursor: nextCursor })}>
          More
        </a>
      )}
    </Page>
  );
}
