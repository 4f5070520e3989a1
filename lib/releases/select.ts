/** What of an article a selection takes. Pure: the article comes back with less in it, or not at all. */
import { atLeastHalf, iou } from "../cases/overlap-ratio";
import type { NativeArticle, NativeGold, NativeLink, NativeReview, NativeSpan } from "../formats/native";
import { choosesSpans, isEverything, type Selection } from "./settings";

/** null: the article is not asked for. Its text, hash and regions stay whole. */
export function selectArticle(article: NativeArticle, selection: Selection): NativeArticle | null {
  if (isEverything(selection)) return article;
  if (!articleFits(article, selection)) return null;
  const reviews = article.reviews.filter(
    ({ reviewer }) => selection.reviewers === undefined || selection.reviewers.includes(reviewer),
  );
  if (!choosesSpans(selection)) return { ...article, reviews };
  const fits = spanFits(article, selection);
  return {
    ...article,
    reviews: reviews.map((review) => reviewOf(review, fits)),
    gold: article.gold && goldOf(article.gold, fits),
    ...(article.suggestions
      ? { suggestions: article.suggestions.map((set) => ({ ...set, ...marksOf(set, fits) })) }
      : {}),
  };
}

/** A date fits a bound of any precision when the shorter of the two is where the longer begins, or lies on the right side of it. */
const notBefore = (date: string, from: string) => date.slice(0, from.length) >= from.slice(0, date.length);
const notAfter = (date: string, to: string) => date.slice(0, to.length) <= to.slice(0, date.length);

function articleFits({ outlet, publishedDate }: NativeArticle, { outlets, from, to }: Selection): boolean {
  if (outlets !== undefined && !outlets.includes(outlet ?? "")) return false;
  if (from !== undefined && (publishedDate === null || !notBefore(publishedDate, from))) return false;
  return to === undefined || (publishedDate !== null && notAfter(publishedDate, to));
}

type Fits = (span: NativeSpan) => boolean;

function spanFits(article: NativeArticle, { labels, regions, agreement, uncertain }: Selection): Fits {
  const places = regions && (article.regions ?? []).filter(({ role }) => regions.includes(role));
  const agreed = agreement && agreeing(article.reviews, agreement);
  return (span) => {
    if (labels !== undefined && !labels.includes(span.label)) return false;
    if (places && !places.some((region) => region.start <= span.start && span.end <= region.end)) return false;
    if (uncertain !== undefined && span.uncertain !== (uncertain === "only")) return false;
    return agreed === undefined || agreed(span);
  };
}

/** With one submitted review nothing is agreed on, nor disputed. */
function agreeing(reviews: readonly NativeReview[], wanted: "unanimous" | "majority" | "disputed"): Fits {
  const submitted = reviews.filter(({ status }) => status === "submitted");
  if (submitted.length < 2) return () => false;
  const have = submitted.map(({ spans }) => alikeIn(spans));
  return (span) => {
    const votes = have.filter((has) => has(span)).length;
    if (wanted === "majority") return 2 * votes > submitted.length;
    return (votes === submitted.length) === (wanted === "unanimous");
  };
}

/**
 * Whether one of the spans has the label of the one asked about and shares half of it. Such a one is at most twice as long and at least half as
 * long, and begins at most its length before and half its length after: only those are compared. O(n log n) once.
 */
function alikeIn(spans: readonly NativeSpan[]): Fits {
  const groups = new Map<string, NativeSpan[]>();
  const size = ({ start, end }: NativeSpan) => Math.floor(Math.log2(end - start));
  const keyOf = (label: string, exponent: number) => `${exponent} ${label}`;
  for (const span of spans) {
    const key = keyOf(span.label, size(span));
    const group = groups.get(key);
    if (group) group.push(span);
    else groups.set(key, [span]);
  }
  for (const group of groups.values()) group.sort((a, b) => a.start - b.start);
  return (span) => {
    const length = span.end - span.start;
    return [0, -1, 1].some((step) => {
      const group = groups.get(keyOf(span.label, size(span) + step)) ?? [];
      for (let i = firstFrom(group, span.start - length); i < group.length; i++) {
        const other = group[i];
        if (!other || other.start > span.start + length / 2) return false;
        if (atLeastHalf(iou(other, span))) return true;
      }
      return false;
    });
  };
}

/** The place of the first that begins there or later. */
function firstFrom(spans: readonly NativeSpan[], start: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Links whose start is kept; an end in this article that is not kept takes the link with it. */
function marksOf(
  { spans, links }: { readonly spans: readonly NativeSpan[]; readonly links: readonly NativeLink[] },
  fits: Fits,
) {
  const kept = spans.filter(fits);
  const stays = new Set(kept);
  const gone = new Set(spans.filter((span) => !stays.has(span)).map(({ id }) => id));
  return { spans: kept, links: links.filter(({ from, to }) => !gone.has(from) && !gone.has(to)) };
}

/**
 * Earlier submissions and decisions are records of the whole: with a part of the spans they would say what nobody did. What was carried over
 * is told of the spans that are kept; an orphan stands nowhere, so nothing can be asked of it.
 */
function reviewOf({ carried, ...review }: NativeReview, fits: Fits): NativeReview {
  const marks = marksOf(review, fits);
  const kept = new Set(marks.spans.map(({ id }) => id));
  const told = carried?.filter(({ span }) => kept.has(span)) ?? [];
  return { ...review, ...marks, submissions: [], ...(told.length > 0 ? { carried: told } : {}) };
}

const goldOf = (gold: NativeGold, fits: Fits): NativeGold => ({ ...gold, ...marksOf(gold, fits), decisions: [] });
