import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { CaseFilters, CaseList } from "@/components/adjudication/case-list";
import { CaseQuery } from "@/components/adjudication/case-query";
import { QueueLive } from "@/components/adjudication/live-people";
import { AcceptUnanimous } from "@/components/adjudication/unanimous";
import { ButtonLink } from "@/components/ui/button";
import { Empty, Notice, Page, PageHead } from "@/components/ui/page";
import { caseCounts, listCases } from "@/lib/server/cases";
import { caseListSchema } from "@/lib/server/cases.schema";
import { caseFacets } from "@/lib/server/cases-facets";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { getScheme } from "@/lib/server/schemes";

export const metadata: Metadata = { title: "Adjudication" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<Record<string, string | string[]>> };

export default async function AdjudicationPage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const { project } = await params;
  if (!orNotFound(await projectRights(actor, project)).list) notFound();
  const given: Record<string, string> = Object.fromEntries(
    Object.entries(await searchParams).map(([key, value]) => [key, String(value)]),
  );
  // Whoever asks by a reviewer's name is shown that name anyway.
  const asked = given.pair || given.reviewer ? { ...given, reveal: "1" } : given;
  const parsed = caseListSchema.safeParse(asked);
  const query = parsed.success ? parsed.data : caseListSchema.parse({});
  const { cursor, limit: _limit, sort: _sort, status: _status, kind: _kind, ...about } = query;
  const [counted, listed, schemed, faceted] = await Promise.all([
    caseCounts(actor, project, about),
    listCases(actor, project, query),
    getScheme(actor, project),
    caseFacets(actor, project, query.article ?? null),
  ]);
  const [counts, list, scheme, facets] = [
    orNotFound(counted),
    orNotFound(listed),
    orNotFound(schemed),
    orNotFound(faceted),
  ];
  const narrowed = Object.keys(about).some((key) => key !== "reveal");
  const hrefWith = (part: Record<string, string | null>) => {
    const next = new URLSearchParams(given);
    next.delete("cursor");
    for (const [key, value] of Object.entries(part)) value === null ? next.delete(key) : next.set(key, value);
    return `/projects/${project}/adjudication?${next}`;
  };
  const first = list.items.find((one) => one.status !== "DECIDED");
  return (
    <Page>
      <PageHead
        title="Adjudication"
        note={counts.total > 0 ? `${counts.status.decided} of ${counts.total} cases decided` : undefined}
      >
        {counts.total > 0 && <AcceptUnanimous projectId={project} scheme={scheme} />}
        {first && (
          <ButtonLink look="primary" href={`/settle/${first.articleId}?case=${first.id}`}>
            Settle the next case
          </ButtonLink>
        )}
      </PageHead>
      <QueueLive projectId={project} />
      {!parsed.success && (
        <Notice tone="fault">The address asks for something that there is not; all are shown.</Notice>
      )}
      {counts.total === 0 && !narrowed ? (
        <Empty title="No cases yet">
          Cases appear when an article has all the reviews it needs. Articles that you still review yourself are left
          out until they are settled.
        </Empty>
      ) : (
        <>
          <CaseFilters counts={counts} query={given} hrefWith={hrefWith} />
          <CaseQuery
            base={`/projects/${project}/adjudication`}
            query={given}
            {...{ scheme, facets }}
            counts={counts.labels}
          />
          {list.items.length === 0 ? (
            <Empty
              title="None like that"
              actions={
                <ButtonLink href={`/projects/${project}/adjudication`} look="plain">
                  Show all cases
                </ButtonLink>
              }
            >
              {given.status || given.kind || !narrowed
                ? "No case matches this filter."
                : "No case that you may see matches what is asked for."}
            </Empty>
          ) : (
            <CaseList cases={list.items} scheme={scheme} />
          )}
          <nav aria-label="Pages" className="flex gap-4 py-4">
            {cursor && (
              <Link className="link" href={hrefWith({})}>
                First page
              </Link>
            )}
            {list.nextCursor && (
              <Link className="link" href={hrefWith({ cursor: list.nextCursor })}>
                Next page
              </Link>
            )}
          </nav>
        </>
      )}
    </Page>
  );
}
