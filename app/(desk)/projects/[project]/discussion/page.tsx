import type { Metadata } from "next";
import Link from "next/link";
import { ThreadTable } from "@/components/discussion/thread-table";
import { FilterChip } from "@/components/ui/filter-chip";
import { Empty, Page, PageHead } from "@/components/ui/page";
import { orNotFound, pageActor } from "@/lib/server/page";
import { listThreads } from "@/lib/server/threads";
import { threadQuery } from "@/lib/server/threads.schema";

export const metadata: Metadata = { title: "Discussion" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<Record<string, string | string[]>> };

export default async function DiscussionPage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const { project } = await params;
  const given = Object.fromEntries(Object.entries(await searchParams).map(([key, value]) => [key, String(value)]));
  const parsed = threadQuery.safeParse(given);
  const query = parsed.success ? parsed.data : {};
  const list = orNotFound(await listThreads(actor, project, query));
  const href = (part: Record<string, string>) => `/projects/${project}/discussion?${new URLSearchParams(part)}`;
  return (
    <Page>
      <PageHead title="Discussion" note="Threads about cases and places that you may see." />
      <nav aria-label="Which threads" className="flex flex-wrap gap-1.5 py-4">
        <FilterChip href={href({})} on={!query.status && !query.mine}>
          All
        </FilterChip>
        <FilterChip href={href({ status: "open" })} on={query.status === "open" && !query.mine}>
          Open
        </FilterChip>
        <FilterChip href={href({ status: "resolved" })} on={query.status === "resolved"}>
          Resolved
        </FilterChip>
        <FilterChip href={href({ mine: "true" })} on={query.mine !== undefined}>
          Those I take part in
        </FilterChip>
      </nav>
      {list.items.length === 0 ? (
        <Empty title="No threads">
          A thread is opened on the adjudication screen, in the card of a case, by whoever settles it.
        </Empty>
      ) : (
        <>
          <ThreadTable rows={list.items} />
          {list.nextCursor && (
            <nav aria-label="Pages" className="py-4">
              <Link className="link" href={href({ ...given, cursor: list.nextCursor })}>
                Next page
              </Link>
            </nav>
          )}
        </>
      )}
    </Page>
  );
}
