import Link from "next/link";
import type { Scheme } from "@/lib/scheme/scheme";
import { LabelSwatch } from "../scheme/label-editor";
import { FilterChip } from "../ui/filter-chip";
import { Badge } from "../ui/page";
import { Table, Td, Th } from "../ui/table";
import { KINDS, type Kind } from "./model";

export type ListedCase = {
  readonly id: string;
  readonly articleId: string;
  readonly article: { readonly title: string; readonly outlet: string | null };
  readonly quote: string;
  readonly words: string;
  readonly labels: readonly string[];
  readonly status: string;
};

const STATUSES = ["undecided", "open", "stale", "orphaned", "decided"] as const;

/** Counts that are filters, each an address. */
export function CaseFilters({
  counts,
  query,
  hrefWith,
}: {
  counts: {
    readonly total: number;
    readonly status: Readonly<Record<string, number>>;
    readonly kinds: Readonly<Record<string, number>>;
  };
  query: Readonly<Record<string, string | undefined>>;
  hrefWith: (part: Record<string, string | null>) => string;
}) {
  const { open = 0, stale = 0, orphaned = 0 } = counts.status;
  const numbers: Readonly<Record<string, number>> = { ...counts.status, undecided: open + stale + orphaned };
  return (
    <nav aria-label="Filter cases" className="flex flex-wrap gap-x-6 gap-y-2 py-4">
      <div className="flex flex-wrap gap-1">
        <FilterChip href={hrefWith({ status: null })} on={!query.status}>
          All {counts.total}
        </FilterChip>
        {STATUSES.filter((status) => (numbers[status] ?? 0) > 0 || query.status === status).map((status) => (
          <FilterChip key={status} href={hrefWith({ status })} on={query.status === status}>
            {status} {numbers[status] ?? 0}
          </FilterChip>
        ))}
      </div>
      <div className="flex flex-wrap gap-1">
        {(Object.keys(KINDS) as Kind[])
          .filter((kind) => (counts.kinds[kind] ?? 0) > 0 || query.kind === kind)
          .map((kind) => (
            <FilterChip
              key={kind}
              href={hrefWith({ kind: query.kind === kind ? null : kind })}
              on={query.kind === kind}
            >
              {KINDS[kind].name.toLowerCase()} {counts.kinds[kind] ?? 0}
            </FilterChip>
          ))}
      </div>
    </nav>
  );
}

/** Cases in the order in which they are best settled: article by article. */
export function CaseList({ cases, scheme }: { cases: readonly ListedCase[]; scheme: Scheme }) {
  return (
    <Table caption="Cases">
      <thead className="max-md:sr-only">
        <tr>
          <Th>Words</Th>
          <Th>What happened</Th>
          <Th>Labels</Th>
          <Th>State</Th>
        </tr>
      </thead>
      <tbody>
        {cases.map((one, place) => {
          const first = cases[place - 1]?.articleId !== one.articleId;
          return [
            first && (
              <tr key={`${one.id}-article`}>
                <th colSpan={4} scope="colgroup" className="pt-5 pb-1 text-left font-normal text-ink-2">
                  <span className="font-medium text-ink">{one.article.title}</span>
                  {one.article.outlet && `, ${one.article.outlet}`}
                </th>
              </tr>
            ),
            // On a phone what happened stands below the words.
            <tr
              key={one.id}
              className="hover:bg-hover max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:gap-y-1 max-md:border-b max-md:border-rule max-md:py-3"
            >
              <Td className="max-md:w-full max-md:border-0 max-md:p-0 md:max-w-[36ch] md:min-w-56">
                <Link
                  href={`/settle/${one.articleId}?case=${one.id}`}
                  className="line-clamp-2 font-serif text-[16px] leading-6 hover:underline"
                >
                  {one.quote}
                </Link>
              </Td>
              <Td className="max-md:w-full max-md:border-0 max-md:p-0 md:min-w-48">{one.words}</Td>
              <Td className="max-md:border-0 max-md:p-0">
                <span className="flex flex-wrap gap-1">
                  {one.labels.map((key) => {
                    const label = scheme.labels.find((each) => each.key === key);
                    return label ? <LabelSwatch key={key} label={label} /> : <span key={key}>{key}</span>;
                  })}
                </span>
              </Td>
              <Td className="max-md:border-0 max-md:p-0">
                <Badge strong={one.status !== "DECIDED"}>{one.status.toLowerCase()}</Badge>
              </Td>
            </tr>,
          ];
        })}
      </tbody>
    </Table>
  );
}
