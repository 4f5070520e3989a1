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
  const submitted = article.reviews.filter(({ status }) => status === "submitted");
  return (span) => {
    if (labels !== undefined && !labels.includes(span.label)) return false;
    if (places && !places.some((region) => region.start <= span.start && span.end <= region.end)) return false;
    if (uncertain !== undefined && span.uncertain !== (uncertain === "only")) return false;
    return agreement === undefined || agrees(span, submitted, agreement);
  };
}

/** With one submitted review nothing is agreed on, nor disputed. */
function agrees(span: NativeSpan, reviews: readonly NativeReview[], wanted: "unanimous" | "majority" | "disputed") {
  if (reviews.length < 2) return false;
  const same = (other: NativeSpan) => other.label === span.label && atLeastHalf(iou(other, span));
  const votes = reviews.filter((review) => review.spans.some(same)).length;
  if (wanted === "majority") return 2 * votes > reviews.length;
  return (votes === reviews.length) === (wanted === "unanimous");
}

/** Links whose start is kept; an end in this article that is not kept takes the link with it. */
function marksOf(
  { spans, links }: { readonly spans: readonly NativeSpan[]; readonly links: readonly NativeLink[] },
  fits: Fits,
) {
  const kept = spans.filter(fits);
  const gone = new Set(spans.filter((span) => !kept.includes(span)).map(({ id }) => id));
  return { spans: kept, links: links.filter(({ from, to }) => !gone.has(from) && !gone.has(to)) };
}

/** Earlier submissions and decisions are records of the whole: with a part of the spans they would say what nobody did. */
const reviewOf = (review: NativeReview, fits: Fits): NativeReview => ({
  ...review,
  ...marksOf(review, fits),
  submissions: [],
});

const goldOf = (gold: NativeGold, fits: Fits): NativeGold => ({ ...gold, ...marksOf(gold, fits), decisions: [] });
