/** What Label Studio's tasks cannot hold. */
import {
  EXTRA,
  fitTo,
  LINK_IDS,
  type Loss,
  mapReviews,
  NAMED_SPANS,
  RECORD_BUT_TIME,
  REGIONS,
  TARGETS,
} from "../losses";
import type { Extra, NativeArticle } from "../native";

/** What the reader keeps of a task under a review's `extra` because Gloss has no place for it; it comes out again. */
export const KEPT = ["prediction", "results"] as const;

const LS_EXTRA: Loss = {
  what: EXTRA.what,
  without: (article) => {
    const bare = EXTRA.without(article);
    return mapReviews(bare, (review) => {
      const was = article.reviews.find((one) => one.reviewer === review.reviewer)?.extra ?? {};
      const kept = Object.fromEntries(KEPT.flatMap((name) => (name in was ? [[name, was[name]]] : []))) as Extra;
      return { ...review, extra: kept };
    });
  },
};

const isPrediction = ({ extra }: { readonly extra: Extra }) => "prediction" in extra;

/** Order: a task has its annotations first, then drafts, then predictions. */
const ORDER: Loss = {
  what: "the order of reviews",
  without: (article) => ({
    ...article,
    reviews: [
      ...article.reviews.filter((one) => one.status !== "in_progress" && !isPrediction(one)),
      ...article.reviews.filter((one) => one.status === "in_progress" && !isPrediction(one)),
      ...article.reviews.filter(isPrediction),
    ],
  }),
};

export const LABEL_STUDIO_LOSSES: readonly Loss[] = [
  REGIONS,
  ...RECORD_BUT_TIME,
  {
    what: "reviews that were only assigned",
    without: (article) => ({ ...article, reviews: article.reviews.filter((one) => one.status !== "assigned") }),
  },
  {
    what: "when reviews in progress and predictions were made",
    without: (article) =>
      mapReviews(article, (one) => (one.status === "in_progress" ? { ...one, submittedAt: null } : one)),
  },
  LS_EXTRA,
  ...TARGETS,
  NAMED_SPANS,
  LINK_IDS,
  ORDER,
];

export const fitLabelStudio = (article: NativeArticle): NativeArticle => fitTo(article, LABEL_STUDIO_LOSSES).article;
