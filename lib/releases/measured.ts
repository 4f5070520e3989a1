/** Agreement over what a release holds: its own articles, as `gloss agreement` would measure its file. */
import type { AgreementArticle, AgreementReview } from "../agreement/article";
import type { AgreementReport } from "../agreement/report";
import type { NativeArticle, NativeReview } from "../formats/native";
import type { RegionRole } from "../regions/roles";
import { scopeRanges } from "../regions/scope";
import type { AgreementFigure, AgreementFigures } from "./figures";

/** The newest blind submission (docs/decisions/006): the review as it stands, unless it was changed after others' marks could be seen. */
function blind(review: NativeReview): Pick<NativeReview, "spans" | "links"> {
  if (!review.notBlind) return review;
  const [newest] = review.submissions.filter((one) => one.blind).sort((a, b) => b.number - a.number);
  return newest ?? review;
}

function reviewOf(review: NativeReview): AgreementReview {
  const { spans, links } = blind(review);
  return {
    reviewer: review.reviewer,
    spans: spans.map(({ id, start, end, label, attributes, accepted, suggestion }, n) => ({
      ...{ id: id ?? `${review.reviewer} ${n}`, start, end, label, attributes, accepted, suggestion },
    })),
    links: links.map(({ type, from, to, toText }) => ({ type, from, to, toText })),
  };
}

export const measuredArticle = (article: NativeArticle, scope: readonly RegionRole[]): AgreementArticle => ({
  id: article.id ?? "",
  length: article.length,
  text: article.text,
  scope: scopeRanges(article.regions ?? [], scope, article.length),
  cluster: article.story,
  reviews: article.reviews.filter(({ status }) => status === "submitted").map(reviewOf),
});

/** null when no article has two reviews. */
export function agreementFigures(report: AgreementReport): AgreementFigures | null {
  if (report.articles === 0) return null;
  const { layered, f1 } = report;
  const figure = (label: string | null): AgreementFigure => {
    const alpha = label === null ? layered.pooled : layered.labels[label];
    const interval = label === null ? layered.interval : layered.intervals[label];
    const of = ({ micro, labels }: (typeof f1)["strict"]) => (label === null ? micro : labels[label])?.value ?? null;
    return {
      label,
      alpha: alpha?.value ?? null,
      reason: alpha?.reason ?? null,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      strictF1: of(f1.strict),
      overlapF1: of(f1.overlap),
    };
  };
  return {
    articles: report.articles,
    reviewers: report.reviewers.length,
    seed: layered.interval.seed,
    replicates: layered.interval.replicates,
    unit: layered.interval.unit,
    pooled: figure(null),
    labels: report.labels.map(figure),
  };
}
