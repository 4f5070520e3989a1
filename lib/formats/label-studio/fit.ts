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
const KEPT = ["results"] as const;
/** The same of a prediction: whatever else the task says of it. */
const KEPT_OF_PREDICTIONS = ["prediction", ...KEPT] as const;

const some = (extra: Extra, names: readonly string[]): Extra =>
  Object.fromEntries(names.flatMap((name) => (name in extra ? [[name, extra[name] ?? null]] : [])));

const LS_EXTRA: Loss = {
  what: EXTRA.what,
  without: (article) => {
    const bare = EXTRA.without(article);
    const kept = mapReviews(bare, (review) => ({
      ...review,
      extra: some(article.reviews.find((one) => one.reviewer === review.reviewer)?.extra ?? {}, KEPT),
    }));
    if (!kept.suggestions) return kept;
    const was = new Map(article.suggestions?.map((set) => [set.by, set.extra]));
    return {
      ...kept,
      suggestions: kept.suggestions.map((set) => ({ ...set, extra: some(was.get(set.by) ?? {}, KEPT_OF_PREDICTIONS) })),
    };
  },
};

const PERSONS: Loss = {
  what: "which suggestions are somebody's",
  without: (article) =>
    article.suggestions
      ? { ...article, suggestions: article.suggestions.map(({ person: _, ...set }) => set) }
      : article,
};

/** Order: a task has its annotations first, then drafts. */
const ORDER: Loss = {
  what: "the order of reviews",
  without: (article) => ({
    ...article,
    reviews: [
      ...article.reviews.filter((one) => one.status !== "in_progress"),
      ...article.reviews.filter((one) => one.status === "in_progress"),
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
    what: "when reviews in progress were made",
    without: (article) =>
      mapReviews(article, (one) => (one.status === "in_progress" ? { ...one, submittedAt: null } : one)),
  },
  LS_EXTRA,
  PERSONS,
  ...TARGETS,
  NAMED_SPANS,
  LINK_IDS,
  ORDER,
];

export const fitLabelStudio = (article: NativeArticle): NativeArticle => fitTo(article, LABEL_STUDIO_LOSSES).article;
