/**
 * Agreement by what articles have in common: their outlet, when they were submitted, under which scheme or guideline, and apart from that by
 * role of region and by reviewer. Every article's contribution is the one that the whole is made of (section.ts).
 */
import type { RegionRole } from "../regions/roles";
import { scopeRanges } from "../regions/scope";
import type { AgreementArticle, AgreementReview } from "./article";
import { type PairMatches, pairsOf } from "./pairs";
import { type Names, type Prepared, prepare } from "./prepare";
import { type Contribution, contribution, contributionOf, Section } from "./section";

export const BREAKDOWNS = ["outlet", "reviewer", "region", "month", "week", "scheme", "guideline"] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];

type Versions = "schemeVersion" | "guidelineVersion";

/**
 * The key of an article's section: an outlet's name; "2026-11"; the Monday "2026-11-16"; "3", or "2, 3" where its reviews were made under
 * different versions. null: not known. An article belongs to the day on which the last of its reviews was submitted, in UTC.
 */
const KEYS: Readonly<Record<Exclude<Breakdown, "reviewer" | "region">, (article: AgreementArticle) => string | null>> =
  {
    outlet: ({ outlet }) => outlet || null,
    month: (article) => lastDay(article)?.slice(0, 7) ?? null,
    week: (article) => mondayOf(lastDay(article)),
    scheme: (article) => versions(article, "schemeVersion"),
    guideline: (article) => versions(article, "guidelineVersion"),
  };

function lastDay({ reviews }: AgreementArticle): string | null {
  const times = reviews.map((r) => Date.parse(r.submittedAt ?? ""));
  return times.length === 0 || times.some(Number.isNaN)
    ? null
    : new Date(Math.max(...times)).toISOString().slice(0, 10);
}

const DAY_MS = 86_400_000;

function mondayOf(day: string | null): string | null {
  if (day === null) return null;
  const at = Date.parse(day);
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7;
  return new Date(at - sinceMonday * DAY_MS).toISOString().slice(0, 10);
}

function versions({ reviews }: AgreementArticle, of: Versions): string | null {
  const found = reviews.map((review) => versionOf(review, of));
  if (found.length === 0 || found.includes(null)) return null;
  return [...new Set(found.map(Number))].sort((a, b) => a - b).join(", ");
}

/** The newest that a span of the review was made under; of a review without a span the one in force when it was submitted. */
function versionOf(review: AgreementReview, of: Versions): number | null {
  const known = review.spans.flatMap((span) => span[of] ?? []);
  return known.length > 0 ? Math.max(...known) : (review[of] ?? null);
}

export class Sections {
  readonly #sections = new Map<string | null, Section>();

  constructor(readonly by: Breakdown) {}

  add(article: Prepared, whole: Contribution, pairs: readonly PairMatches[], reviewers: Names, labels: Names): void {
    if (this.by === "reviewer") {
      for (const { reviewer } of article.lanes)
        this.#section(reviewers.list[reviewer] ?? null).add(contributionOf(reviewer, article, pairs));
    } else if (this.by === "region") {
      for (const [role, part] of regionsOf(article, reviewers, labels))
        this.#section(role).add(contribution(part, pairsOf(part)));
    } else this.#section(KEYS[this.by](article.article)).add(whole);
  }

  #section(key: string | null): Section {
    const known = this.#sections.get(key);
    if (known) return known;
    const made = new Section();
    this.#sections.set(key, made);
    return made;
  }

  /** Times and versions in their order, the rest by how many articles there are; what is not known comes last. */
  list(): readonly (readonly [string | null, Section])[] {
    const inOrder = this.by !== "outlet" && this.by !== "region" && this.by !== "reviewer";
    return [...this.#sections].sort(
      ([a, one], [b, two]) =>
        Number(a === null) - Number(b === null) ||
        (inOrder ? 0 : two.articles - one.articles) ||
        (a ?? "").localeCompare(b ?? "", "en", { numeric: true }) ||
        ((a ?? "") < (b ?? "") ? -1 : 1),
    );
  }
}

/** The article as if only the regions of one role counted, for each role that it has; an article without regions is in no role. */
function regionsOf(
  { article, index }: Prepared,
  reviewers: Names,
  labels: Names,
): readonly (readonly [RegionRole | null, Prepared])[] {
  const { regions = [] } = article;
  if (regions.length === 0) return [[null, prepare(article, reviewers, labels, index)]];
  const all = regions.map((region) => ({ ...region, reason: null }));
  return [...new Set(regions.map((region) => region.role))].map((role) => [
    role,
    prepare({ ...article, scope: scopeRanges(all, [role], article.length) }, reviewers, labels, index),
  ]);
}
