import type { Metadata } from "next";
import Link from "next/link";
import { ArticleFilter } from "@/components/articles/article-filter";
import { ArticleTable } from "@/components/articles/article-table";
import { BatchBar } from "@/components/articles/batch-bar";
import { BinTable } from "@/components/bin/bin-table";
import { ButtonLink } from "@/components/ui/button";
import { Empty, Page, PageHead } from "@/components/ui/page";
import { type ArticleItem, listArticles, listOutlets } from "@/lib/server/articleList";
import { type ArticleListQuery, articleListSchema } from "@/lib/server/articles.schema";
import { listBatches } from "@/lib/server/batches";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";

export const metadata: Metadata = { title: "Articles" };

const inBin = ({ id, title, outlet, reviews, deletedAt, createdAt }: ArticleItem) => ({
  id,
  name: title,
  about: [outlet, reviews && `${reviews.submitted} ${reviews.submitted === 1 ? "review" : "reviews"} submitted`]
    .filter(Boolean)
    .join(", "),
  deletedAt: deletedAt ?? createdAt,
});

type Props = { params: Promise<{ project: string }>; searchParams: Promise<Record<string, string | string[]>> };

export default async function ArticlesPage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const { project } = await params;
  const { into, ...asked } = Object.fromEntries(
    Object.entries(await searchParams).map(([key, value]) => [key, String(value)]),
  );
  const given: Record<string, string> = asked;
  const parsed = articleListSchema.safeParse(given);
  const query = parsed.success ? parsed.data : articleListSchema.parse({});
  const rights = orNotFound(await projectRights(actor, project));
  const list = orNotFound(await listArticles(actor, project, query));
  const outlets = rights.list ? orNotFound(await listOutlets(actor, project)) : [];
  const batches = rights.list ? orNotFound(await listBatches(actor, project, { limit: 200 })).items : [];
  const hrefWith = (part: Record<string, string>) => {
    const { cursor: _, ...rest } = given;
    return `/projects/${project}/articles?${new URLSearchParams({ ...rest, ...part, ...(into ? { into } : {}) })}`;
  };
  const table = { projectId: project, articles: list.items, hrefWith, sort: query.sort ?? "position" };
  const filtered = Boolean(query.q || query.status || query.outlet || query.batch || query.cursor);
  return (
    <Page>
      <PageHead title="Articles">
        {rights.edit && (
          <ButtonLink look="primary" href={`/projects/${project}/import`}>
            Import articles
          </ButtonLink>
        )}
      </PageHead>
      <ArticleFilter
        q={query.q ?? ""}
        status={query.status ?? ""}
        outlet={query.outlet ?? ""}
        outlets={outlets}
        batch={query.batch ?? ""}
        batches={batches}
        mayBin={rights.edit}
      />
      {list.items.length > 0 ? (
        <>
          {query.status === "bin" ? (
            <BinTable caption="Articles in the bin" path="/articles" rows={list.items.map(inBin)} now={Date.now()} />
          ) : rights.edit && batches.length > 0 ? (
            <BatchBar projectId={project} batches={batches} into={into ?? null} filter={filterOf(query)}>
              <ArticleTable {...table} batches={new Map(batches.map(({ id, name }) => [id, name]))} />
            </BatchBar>
          ) : (
            <ArticleTable {...table} batches={null} />
          )}
          <nav aria-label="Pages" className="flex gap-4 py-4">
            {query.cursor && (
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
      ) : query.status === "bin" ? (
        <Empty title="Nothing in the bin">What is deleted lies here for 30 days and can be restored.</Empty>
      ) : filtered ? (
        <Empty title="Nothing like that">No article matches. Try fewer words, or another state.</Empty>
      ) : rights.edit ? (
        <Empty
          title="No articles yet"
          actions={
            <ButtonLink look="primary" href={`/projects/${project}/import`}>
              Import articles
            </ButtonLink>
          }
        >
          Paste a text, drop files, or send them by the API.
        </Empty>
      ) : (
        <Empty title="Nothing to see yet">
          Articles appear here when they are in your queue, or when they are settled.
        </Empty>
      )}
    </Page>
  );
}

const filterOf = ({ q, status, outlet, batch }: ArticleListQuery) => ({
  ...(q === undefined ? {} : { q }),
  ...(status === undefined ? {} : { status }),
  ...(outlet === undefined ? {} : { outlet }),
  ...(batch === undefined ? {} : { batch }),
});
