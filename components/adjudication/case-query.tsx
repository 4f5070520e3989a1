"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ROLE_NAMES } from "@/components/reader/role-names";
import { REGION_ROLES } from "@/lib/regions/roles";
import type { Scheme } from "@/lib/scheme/scheme";
import { FilterChip } from "../ui/filter-chip";
import { MORE_REASONS, REASONS } from "./model";

type Query = Readonly<Record<string, string | undefined>>;
type Facets = {
  readonly outlets: readonly string[];
  readonly reviewers: readonly { readonly id: string; readonly name: string }[];
  readonly article: string | null;
};

const SORTS = [
  ["worth", "Most worth first"],
  ["unsure", "Least sure first"],
  ["position", "As imported"],
  ["newest", "Newest first"],
] as const;

const CONTROL = "h-8 max-w-44 rounded-md border border-ink-3 bg-surface px-2 max-sm:h-10";

/** What the queue is narrowed to besides state and kind, and its order. Everything stands in the address. */
export function CaseQuery({
  base,
  query,
  scheme,
  facets,
  counts,
}: {
  base: string;
  query: Query;
  scheme: Scheme;
  facets: Facets;
  /** Undecided cases by label. */
  counts: Readonly<Record<string, number>>;
}) {
  const router = useRouter();
  const href = (part: Query) => {
    const next = new URLSearchParams();
    for (const [key, value] of Object.entries({ ...query, cursor: undefined, ...part }))
      if (value) next.set(key, value);
    return `${base}?${next}`;
  };
  const choice = (key: string, name: string, any: string, options: readonly (readonly [string, string])[]) => (
    <select
      aria-label={name}
      value={query[key] ?? ""}
      onChange={(event) => router.push(href({ [key]: event.target.value || undefined }))}
      className={CONTROL}
    >
      <option value="">{any}</option>
      {options.map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </select>
  );
  const labels = scheme.labels.filter((each) => !each.archived || counts[each.key] || query.label === each.key);
  const outlets = query.outlet && !facets.outlets.includes(query.outlet) ? [query.outlet] : [];
  return (
    <fieldset className="flex flex-wrap items-center gap-2 pb-4">
      <legend className="sr-only">Narrow the cases and order them</legend>
      {choice(
        "label",
        "Label",
        "any label",
        labels.map((each) => [each.key, `${each.name} ${counts[each.key] ?? 0}`]),
      )}
      {facets.outlets.length + outlets.length > 0 &&
        choice(
          "outlet",
          "Outlet",
          "any outlet",
          [...facets.outlets, ...outlets].map((outlet) => [outlet, outlet]),
        )}
      {choice(
        "region",
        "Part of the page",
        "any part",
        REGION_ROLES.map((role) => [role, ROLE_NAMES[role]]),
      )}
      {choice("reason", "Reason of the decision", "any reason", [
        ...REASONS.map(([code, words]) => [code, words] as const),
        ...MORE_REASONS.map(([code, words]) => [code, words] as const),
      ])}
      {facets.reviewers.length > 1 && (
        <Pair
          key={query.pair ?? ""}
          pair={query.pair ?? ""}
          reviewers={facets.reviewers}
          onPair={(pair) => router.push(href({ pair }))}
        />
      )}
      <FilterChip href={href({ mine: query.mine ? undefined : "1" })} on={query.mine !== undefined}>
        decided by me
      </FilterChip>
      {narrowedTo(query, facets).map(([key, words]) => (
        <FilterChip key={key} href={href({ [key]: undefined })} on>
          <span className="max-w-60 truncate">{words}</span>
          <span aria-hidden className="ml-1.5">
            ×
          </span>
          <span className="sr-only">, show all</span>
        </FilterChip>
      ))}
      <span className="grow" />
      <select
        aria-label="Order"
        value={query.sort ?? "worth"}
        onChange={(event) =>
          router.push(href({ sort: event.target.value === "worth" ? undefined : event.target.value }))
        }
        className={CONTROL}
      >
        {SORTS.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </fieldset>
  );
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** What there is no list to choose from: whoever comes from an article's page or from a mark of agreement. */
function narrowedTo(query: Query, facets: Facets): readonly (readonly [string, string])[] {
  const { article, reviewer, week, month, guideline, scheme } = query;
  const when = (format: Intl.DateTimeFormat, day: string) =>
    Number.isNaN(Date.parse(day)) ? day : format.format(Date.parse(day));
  const found = {
    article: article && (facets.article ?? "one article"),
    reviewer: reviewer && `marks of ${facets.reviewers.find((one) => one.id === reviewer)?.name ?? "one reviewer"}`,
    week: week && `week of ${when(DAY, week)}`,
    month: month && `submitted in ${when(MONTH, month)}`,
    guideline: guideline && `under guideline ${guideline}`,
    scheme: scheme && `under scheme ${scheme}`,
  };
  return Object.entries(found).flatMap(([key, words]) => (words ? [[key, words] as const] : []));
}

/** Two reviewers; the list follows when both are named. */
function Pair({
  pair,
  reviewers,
  onPair,
}: {
  pair: string;
  reviewers: Facets["reviewers"];
  onPair: (pair: string | undefined) => void;
}) {
  const [first = "", second = ""] = pair.split(",");
  const [one, setOne] = useState(first);
  const [other, setOther] = useState(second);
  const change = (a: string, b: string) => {
    setOne(a);
    setOther(a ? b : "");
    if (a && b) onPair(`${a},${b}`);
    else if (pair) onPair(undefined);
  };
  const options = (without: string) =>
    reviewers
      .filter((each) => each.id !== without)
      .map((each) => (
        <option key={each.id} value={each.id}>
          {each.name}
        </option>
      ));
  return (
    <span className="flex items-center gap-1">
      <select
        aria-label="One reviewer of a pair"
        value={one}
        onChange={(event) => change(event.target.value, other)}
        className={CONTROL}
      >
        <option value="">any pair</option>
        {options(other)}
      </select>
      {one && (
        <>
          <span className="text-ink-2">with</span>
          <select
            aria-label="The other reviewer of the pair"
            value={other}
            onChange={(event) => change(one, event.target.value)}
            className={CONTROL}
          >
            <option value="">whom</option>
            {options(one)}
          </select>
        </>
      )}
    </span>
  );
}
