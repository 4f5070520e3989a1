/**
 * ClaimReview drafts out (schema.org/ClaimReview), a line for each gold claim: `claimReview` holds what the desk's marks say, in schema.org's terms
 * only; `missing` names what a published ClaimReview still needs; `of` says where the claim stands. Nothing is made up: no rating, no reviewer.
 */
import { indexText, type TextIndex } from "../../text/codepoints";
import type { Articles } from "../format";
import type { Loss } from "../losses";
import type { NativeArticle, NativeGold, NativeSpan } from "../native";

export const CLAIMREVIEW_LOSSES: readonly Loss[] = [
  { what: "reviews, and articles without gold claims", without: (article) => ({ ...article, reviews: [] }) },
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
  const authors = from("attributes").flatMap((span) => authorOf(span) ?? []);
  const denials = from("denies").map((span) => ({
    "@type": "Comment",
    text: index.slice(span),
    ...(span.attributes.source ? { author: { "@type": "Thing", name: span.attributes.source } } : {}),
  }));
  const item = {
    "@type": "Claim",
    text: index.slice(claim),
    ...one("author", authors),
    appearance: {
      "@type": "NewsArticle",
      ...said("headline", article.title),
      ...said("url", article.url),
      ...said("datePublished", article.publishedDate),
      ...said("inLanguage", article.language),
      ...(article.outlet === null ? {} : { publisher: { "@type": "Organization", name: article.outlet } }),
    },
    ...one("comment", denials),
  };
  const missing = [
    "url: where the review is published",
    "author: who publishes the review",
    "datePublished: when the review was published",
    "reviewRating: the verdict",
    ...(authors.length === 0 ? ["itemReviewed.author: no attribution of the claim names a source"] : []),
    ...(article.url === null ? ["itemReviewed.appearance.url: the article has no address"] : []),
    ...(article.publishedDate === null
      ? ["itemReviewed.appearance.datePublished: the article's date is not certain"]
      : []),
  ];
  return {
    claimReview: {
      "@context": "https://schema.org",
      "@type": "ClaimReview",
      claimReviewed: index.slice(claim),
      ...said("inLanguage", article.language),
      itemReviewed: item,
    },
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

const said = (name: string, value: string | null): object => (value === null || value === "" ? {} : { [name]: value });

/** schema.org takes one value or a list of them. */
const one = (name: string, values: readonly object[]): object =>
  values.length === 0 ? {} : { [name]: values.length === 1 ? values[0] : values };

const PEOPLE: Readonly<Record<string, string>> = { person: "Person", body: "Organization" };

function authorOf(attribution: NativeSpan): object | null {
  const { source, sourceType } = attribution.attributes;
  if (!source || sourceType === "anonymous" || sourceType === "unresolved") return null;
  const type = PEOPLE[sourceType ?? ""];
  return type ? { "@type": type, name: source } : null;
}
