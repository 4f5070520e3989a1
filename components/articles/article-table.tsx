import Link from "next/link";
import { dayOf } from "../ui/day";
import { Badge } from "../ui/page";
import { Table, Td, Th } from "../ui/table";

export type ArticleRow = {
  readonly id: string;
  readonly title: string;
  readonly outlet: string | null;
  readonly publishedDate: string | null;
  readonly published: string | null;
  readonly length: number;
  readonly state: "OPEN" | "ADJUDICATION" | "SETTLED";
  readonly textVersion: number;
  readonly superseded: boolean;
  readonly batchId: string | null;
  readonly ownReview: { readonly id: string; readonly status: string } | null;
  readonly reviews: { readonly submitted: number; readonly open: number; readonly needed: number } | null;
};

export const STATE_WORDS = { OPEN: "open", ADJUDICATION: "in adjudication", SETTLED: "settled" } as const;
const OWN_WORDS: Readonly<Record<string, string>> = {
  ASSIGNED: "assigned to me",
  IN_PROGRESS: "mine, in progress",
  SUBMITTED: "submitted",
  SKIPPED: "skipped",
};

/** Sorting and paging are links, so that the list's state is its address. */
export function ArticleTable({
  projectId,
  articles,
  hrefWith,
  sort,
  batches,
}: {
  projectId: string;
  articles: readonly ArticleRow[];
  hrefWith: (part: Record<string, string>) => string;
  sort: string;
  /** For who may put articles into them: boxes to tick, and what each article is in. */
  batches: ReadonlyMap<string, string> | null;
}) {
  const head = (key: string, name: string) => {
    const down = sort === key;
    return (
      <Th aria-sort={sort === key ? "ascending" : sort === `-${key}` ? "descending" : undefined}>
        <Link className="hover:text-ink hover:underline" href={hrefWith({ sort: down ? `-${key}` : key })}>
          {name}
          {down ? " ↑" : sort === `-${key}` ? " ↓" : ""}
        </Link>
      </Th>
    );
  };
  return (
    <Table caption="Articles">
      <thead>
        <tr>
          {batches && (
            <Th>
              <span className="sr-only">Choose</span>
            </Th>
          )}
          {head("title", "Article")}
          {head("outlet", "Outlet")}
          {head("published", "Published")}
          {head("length", "Characters")}
          <Th>Reviews</Th>
          <Th>State</Th>
        </tr>
      </thead>
      <tbody>
        {articles.map((article) => (
          <tr key={article.id} className="hover:bg-hover">
            {batches && (
              <Td className="w-8">
                <input
                  type="checkbox"
                  name="article"
                  value={article.id}
                  aria-label={`Choose ${article.title}`}
                  className="mt-1 size-4 accent-[var(--ink)]"
                />
              </Td>
            )}
            <Td className="min-w-64">
              <Link
                href={`/projects/${projectId}/articles/${article.id}`}
                className="font-serif text-[16px] leading-6 hover:underline"
              >
                {article.title}
              </Link>
              {article.textVersion > 1 && <p className="text-xs text-ink-2">version {article.textVersion}</p>}
              {batches && article.batchId && <p className="text-xs text-ink-2">in {batches.get(article.batchId)}</p>}
            </Td>
            <Td className="text-ink-2">{article.outlet}</Td>
            <Td className="whitespace-nowrap text-ink-2" title={article.published ?? undefined}>
              {article.publishedDate ? dayOf(article.publishedDate) : article.published}
            </Td>
            <Td className="text-right text-ink-2">{article.length.toLocaleString("en")}</Td>
            <Td className="whitespace-nowrap text-ink-2">
              {article.reviews
                ? `${article.reviews.submitted} of ${article.reviews.needed}${article.reviews.open > 0 ? `, ${article.reviews.open} under way` : ""}`
                : (OWN_WORDS[article.ownReview?.status ?? ""] ?? "")}
            </Td>
            <Td>
              {article.superseded ? (
                <Badge>former version</Badge>
              ) : (
                <Badge strong={article.state === "SETTLED"}>{STATE_WORDS[article.state]}</Badge>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
