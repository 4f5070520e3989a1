import type { Metadata } from "next";
import Link from "next/link";
import { GoldDiff } from "@/components/adjudication/gold-diff";
import { TopBar } from "@/components/shell/top-bar";
import { FilterChip } from "@/components/ui/filter-chip";
import { Empty, Page, PageHead } from "@/components/ui/page";
import { rules } from "@/lib/scheme/guideline";
import { getArticle } from "@/lib/server/articles";
import { goldDiff } from "@/lib/server/gold-diff";
import { getGuideline } from "@/lib/server/guidelines";
import { orNotFound, pageActor } from "@/lib/server/page";
import { getProject } from "@/lib/server/projects";
import { getScheme } from "@/lib/server/schemes";

export const metadata: Metadata = { title: "How gold differs" };

const KINDS = { changed: "in another way", dropped: "not in gold", missed: "only in gold", same: "the same" } as const;
type Kind = keyof typeof KINDS;

type Props = { params: Promise<{ review: string }>; searchParams: Promise<{ kind?: string | string[] }> };

/** What a reviewer learns from after settlement. */
export default async function GoldDiffPage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const { review: id } = await params;
  const found = await goldDiff(actor, id);
  if (!found.ok && found.code === "conflict")
    return (
      <Page narrow>
        <Empty title="Not yet">{found.message} Then this page shows how gold differs from the marks.</Empty>
      </Page>
    );
  const { differences, counts, own, reviewer, articleId } = orNotFound(found);
  const article = orNotFound(await getArticle(actor, articleId));
  const { projectId } = article;
  const [project, scheme, guideline] = await Promise.all([
    getProject(actor, projectId),
    getScheme(actor, projectId),
    getGuideline(actor, projectId),
  ]);
  const asked = (await searchParams).kind;
  const kind = Object.keys(KINDS).find((one): one is Kind => one === asked) ?? null;
  const shown = differences.filter((one) => (kind ? one.kind === kind : one.kind !== "same"));
  const at = `/reviews/${id}/gold`;
  const { name } = orNotFound(project);
  return (
    <>
      <TopBar
        project={{ id: projectId, name }}
        entries={[
          { href: `/projects/${projectId}/queue`, name: "Queue" },
          { href: `/projects/${projectId}/articles`, name: "Articles" },
          { href: `/projects/${projectId}/guideline`, name: "Guideline" },
        ]}
        user={actor}
      />
      <Page>
        <PageHead
          title={own ? "How gold differs from your marks" : `How gold differs from ${reviewer}’s marks`}
          note={
            <>
              <Link href={`/reviews/${id}`} className="link">
                {article.title}
              </Link>
              {article.outlet && `, ${article.outlet}`}
            </>
          }
        />
        <nav aria-label="Filter differences" className="flex flex-wrap gap-1 py-4">
          <FilterChip href={at} on={kind === null}>
            Differences {differences.length - counts.same}
          </FilterChip>
          {(Object.keys(KINDS) as Kind[])
            .filter((one) => counts[one] > 0)
            .map((one) => (
              <FilterChip key={one} href={`${at}?kind=${one}`} on={kind === one}>
                {KINDS[one]} {counts[one]}
              </FilterChip>
            ))}
        </nav>
        {shown.length === 0 ? (
          <Empty title="Nothing differs">Gold says of this article just what {own ? "you" : reviewer} marked.</Empty>
        ) : (
          <GoldDiff
            article={{ id: articleId, projectId, text: article.text }}
            differences={shown}
            scheme={orNotFound(scheme)}
            rules={rules(orNotFound(guideline).markdown)}
            who={own ? "You" : reviewer}
          />
        )}
      </Page>
    </>
  );
}
