/**
 * ClaimReview drafts out (schema.org/ClaimReview), a line for each gold claim: `claimReview` holds what the desk's marks say, in schema.org's terms
 * only (its types here are made from schema.org's own vocabulary, so that no other term compiles); `missing` names what a published ClaimReview
 * still needs; `of` says where the claim stands. Nothing is made up: no rating, no reviewer.
 */
import type { Claim, ClaimReview, Comment, NewsArticle, Organization, Person, WithContext } from "schema-dts";
import { indexText, type TextIndex } from "../../text/codepoints";
import type { Articles } from "../format";
import { HISTORY, type Loss, SUGGESTIONS } from "../losses";
import type { NativeArticle, NativeGold, NativeSpan } from "../native";

export const CLAIMREVIEW_LOSSES: readonly Loss[] = [
  { what: "reviews, and articles without gold claims", without: (article) => ({ ...article, reviews: [] }) },
  HISTORY,
  SUGGESTIONS,
  { what: "regions", without: (article) => ({ ...article, regions: null }) },
];

const CLAIM = "CLAIM";

export async function* writeClaimReviews(articles: Articles): AsyncGenerator<string> {
  for await (const article of articles) {
    const { gold } = article;
    if (!gold) continue;
    const index = indexText(article.text ?? "");
    for (const claim of gold.spans)
      if (claim.label === CLAIM) yield `${JSON.stringify(draftOf(article, gold, claim, index))}\n`;
  }
}

function draftOf(article: NativeArticle, gold: NativeGold, claim: NativeSpan, index: TextIndex): object {
  const pointing = (type: string) =>
    gold.links.filter((link) => link.type === type && link.to === claim.id && claim.id !== null);
  const spans = new Map(gold.spans.map((span) => [span.id, span]));
  const from = (type: string) => pointing(type).flatMap((link) => spans.get(link.from) ?? []);
  const authors = from("attributes").flatMap((span) => sourceOf(span) ?? []);
  const denials = from("denies").map((span): Comment => {
    const author = sourceOf(span);
    return { "@type": "Comment", text: index.slice(span), ...(author ? { author } : {}) };
  });
  const appearance: NewsArticle = {
    "@type": "NewsArticle",
    ...(article.title ? { headline: article.title } : {}),
    ...(article.url ? { url: article.url } : {}),
    ...(article.publishedDate ? { datePublished: article.publishedDate } : {}),
    ...(article.language ? { inLanguage: article.language } : {}),
    ...(article.outlet ? { publisher: { "@type": "Organization", name: article.outlet } } : {}),
  };
  const itemReviewed: Claim = {
    "@type": "Claim",
    text: index.slice(claim),
    ...(authors.length > 0 ? { author: oneOrAll(authors) } : {}),
    appearance,
    ...(denials.length > 0 ? { comment: oneOrAll(denials) } : {}),
  };
  const claimReview: WithContext<ClaimReview> = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    claimReviewed: index.slice(claim),
    ...(article.language ? { inLanguage: article.language } : {}),
    itemReviewed,
  };
  const missing = [
    "url: where the review is published",
    "author: who publishes the review",
    "datePublished: when the review was published",
    "reviewRating: the verdict",
    ...(authors.length === 0
      ? ["itemReviewed.author: no attribution of the claim names a source that is a person or a body"]
      : []),
    ...(from("denies").some((span) => sourceOf(span) === null)
      ? ["itemReviewed.comment.author: a denial does not say which person or body it is by"]
      : []),
    ...(article.url === null ? ["itemReviewed.appearance.url: the article has no address"] : []),
    ...(article.publishedDate === null
      ? ["itemReviewed.appearance.datePublished: the article's date is not certain"]
      : []),
  ];
  return {
    claimReview,
    missing,
    of: {
      article_id: article.id,
      text_sha256: article.textSha256,
      span_id: claim.id,
      start: claim.start,
      end: claim.end,
    },
  };
}

/** schema.org takes one value or a list of them. */
const oneOrAll = <T>(values: readonly T[]): T | readonly T[] => (values.length === 1 && values[0] ? values[0] : values);

/** Who speaks in an attribution or denial, where it is somebody: schema.org's authors are people and organisations. */
function sourceOf({ attributes: { source, sourceType } }: NativeSpan): Person | Organization | null {
  if (!source) return null;
  if (sourceType === "person") return { "@type": "Person", name: source };
  return sourceType === "body" ? { "@type": "Organization", name: source } : null;
}
