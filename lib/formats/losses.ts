/**
 * What a format cannot hold. Each loss is a step that takes something away; a writer writes what is left after all of its format's steps, so
 * that what is read back differs from what was written by exactly the steps that changed something, and those are what is said.
 */
import { isDeepStrictEqual } from "node:util";
import type { NativeArticle, NativeLink, NativeReview, NativeSpan } from "./native";
import { NO_EXTRA, NO_METADATA } from "./native";

export type Loss = { readonly what: string; readonly without: (article: NativeArticle) => NativeArticle };

export type Marks = { readonly spans: readonly NativeSpan[]; readonly links: readonly NativeLink[] };

export type Fitted = { readonly article: NativeArticle; readonly lost: readonly string[] };

export function fitTo(article: NativeArticle, losses: readonly Loss[]): Fitted {
  const lost: string[] = [];
  let left = article;
  for (const { what, without } of losses) {
    const next = without(left);
    if (!isDeepStrictEqual(next, left)) lost.push(what);
    left = next;
  }
  return { article: left, lost };
}

/** The marks of every review, of the gold and of every set of suggestions, each changed by itself. */
export const mapMarks = (article: NativeArticle, change: <T extends Marks>(marks: T) => T): NativeArticle => ({
  ...article,
  reviews: article.reviews.map(change),
  gold: article.gold && change(article.gold),
  ...(article.suggestions ? { suggestions: article.suggestions.map(change) } : {}),
});

export const mapSpans = (article: NativeArticle, change: (span: NativeSpan) => NativeSpan): NativeArticle =>
  mapMarks(article, (marks) => ({ ...marks, spans: marks.spans.map(change) }));

export const mapReviews = (article: NativeArticle, change: (review: NativeReview) => NativeReview): NativeArticle => ({
  ...article,
  reviews: article.reviews.map(change),
});

/** Spans that are not kept take their links with them. */
export const keepSpans = (article: NativeArticle, keep: (span: NativeSpan) => boolean): NativeArticle =>
  mapMarks(article, (marks) => {
    const gone = new Set(marks.spans.filter((span) => !keep(span)).map((span) => span.id));
    if (gone.size === 0) return marks;
    const links = marks.links.filter((link) => !gone.has(link.from) && (link.to === null || !gone.has(link.to)));
    return { ...marks, spans: marks.spans.filter(keep), links };
  });

const plain = <T extends { readonly extra: unknown }>(one: T): T => ({ ...one, extra: NO_EXTRA });
const withoutOrigin = <T extends { readonly suggestion?: unknown }>({ suggestion: _, ...rest }: T) => rest;
const withoutAccepted = <T extends { readonly accepted?: unknown }>({ accepted: _, ...rest }: T) => rest;

const withoutCarried = ({ carried: _, ...rest }: NativeReview): NativeReview => rest;

export const REGIONS: Loss = { what: "regions", without: (article) => ({ ...article, regions: null }) };

export const DECISIONS: Loss = {
  what: "decisions",
  without: (article) => ({ ...article, gold: article.gold && { ...article.gold, decisions: [] } }),
};
export const SUBMISSIONS: Loss = {
  what: "earlier submissions",
  without: (article) => mapReviews(article, (one) => ({ ...one, submissions: [] })),
};
export const HOW: Loss = {
  what: "why reviews were skipped, and which were not blind",
  without: (article) => mapReviews(article, (one) => ({ ...one, notBlind: false, skipReason: null })),
};
export const HISTORY: Loss = {
  what: "which version of an article each is, and what became of marks carried over from the one before",
  without: ({ versionOf: _of, textVersion: _number, ...article }) => mapReviews(article, withoutCarried),
};
const VERSIONS: Loss = {
  what: "the versions of scheme and guideline that spans were made under",
  without: (article) => mapSpans(article, (span) => ({ ...span, schemeVersion: null, guidelineVersion: null })),
};
const OFFERS: Loss = {
  what: "which values were taken from an offer",
  without: (article) =>
    mapMarks(article, (marks) => ({
      ...marks,
      spans: marks.spans.map(withoutAccepted),
      links: marks.links.map(withoutAccepted),
    })),
};
/** Which reviewers' spans were made of a suggestion. */
export const ORIGINS: Loss = {
  what: "which spans were made of a suggestion",
  without: (article) => mapSpans(article, withoutOrigin),
};
export const SUGGESTIONS: Loss = {
  what: "suggestions from outside",
  without: ({ suggestions: _, ...article }) => article,
};
export const WHEN: Loss = {
  what: "when reviews were submitted",
  without: (article) => mapReviews(article, (one) => ({ ...one, submittedAt: null })),
};

/** What only Gloss's own format tells of how reviews and gold came to be. */
export const RECORD_BUT_TIME: readonly Loss[] = [DECISIONS, SUBMISSIONS, HOW, HISTORY, VERSIONS, OFFERS, ORIGINS];
export const RECORD: readonly Loss[] = [...RECORD_BUT_TIME, SUGGESTIONS, WHEN];

export const STATUS: Loss = {
  what: "whether a review was submitted",
  without: (article) => mapReviews(article, (one) => ({ ...one, status: "submitted" })),
};

export const EXTRA: Loss = {
  what: "members under extra",
  without: (article) => ({
    ...mapMarks(mapReviews(article, plain), (marks) => ({
      ...marks,
      spans: marks.spans.map(plain),
      links: marks.links.map(plain),
    })),
    gold: article.gold && {
      ...plain(article.gold),
      spans: article.gold.spans.map(plain),
      links: article.gold.links.map(plain),
    },
    ...(article.suggestions
      ? {
          suggestions: article.suggestions.map((set) => ({
            ...plain(set),
            spans: set.spans.map(plain),
            links: set.links.map(plain),
          })),
        }
      : {}),
    extra: NO_EXTRA,
  }),
};

/** A link of most tools leads from one span of a document to another of it. */
export const TARGETS: readonly Loss[] = [
  {
    what: "links to words instead of a span",
    without: (article) =>
      mapMarks(article, (marks) => ({ ...marks, links: marks.links.filter((link) => link.to !== null) })),
  },
  {
    what: "links to spans of other articles",
    without: (article) =>
      mapMarks(article, (marks) => {
        const here = new Set(marks.spans.map((span) => span.id));
        return { ...marks, links: marks.links.filter((link) => link.to === null || here.has(link.to)) };
      }),
  },
];

export const LINK_IDS: Loss = {
  what: "the ids of links",
  without: (article) =>
    mapMarks(article, (marks) => ({ ...marks, links: marks.links.map((link) => ({ ...link, id: null })) })),
};

/** A span that has no id gets one, where a tool knows spans by their ids. */
export const NAMED_SPANS: Loss = {
  what: "that some spans had no id",
  without: (article) =>
    mapMarks(article, (marks) => ({
      ...marks,
      spans: marks.spans.map((span, i) => (span.id === null ? { ...span, id: `s${i + 1}` } : span)),
    })),
};

/** Spans and links get other ids: `s1`, `s2`, … and `l1`, … of each set of marks stand for whatever the format makes of them. */
export const IDS: Loss = {
  what: "the ids of spans and links (they are numbered anew)",
  without: (article) =>
    mapMarks(article, (marks) => {
      const ids = new Map(marks.spans.map((span, i) => [span.id, `s${i + 1}`]));
      return {
        ...marks,
        spans: marks.spans.map((span) => ({ ...span, id: ids.get(span.id) ?? null })),
        links: marks.links.map((link, i) => ({
          ...link,
          id: `l${i + 1}`,
          from: ids.get(link.from) ?? link.from,
          to: link.to === null ? null : (ids.get(link.to) ?? link.to),
        })),
      };
    }),
};

export const ATTRIBUTES: Loss = {
  what: "attributes",
  without: (article) => mapSpans(article, (span) => ({ ...span, attributes: {} })),
};
export const NOTES: Loss = {
  what: "notes",
  without: (article) => mapSpans(article, (span) => ({ ...span, note: "" })),
};
export const UNCERTAIN: Loss = {
  what: "which spans are uncertain",
  without: (article) => mapSpans(article, (span) => ({ ...span, uncertain: false })),
};
export const LINKS: Loss = { what: "links", without: (article) => mapMarks(article, (m) => ({ ...m, links: [] })) };

type Told = "title" | "story" | "split" | keyof typeof NO_METADATA;
const TOLD: readonly Told[] = [
  "title",
  ...(Object.keys(NO_METADATA) as (keyof typeof NO_METADATA)[]),
  "story",
  "split",
];

/** Everything that is said of an article but for what `kept` names. */
export const metadataBut = (...kept: readonly Told[]): Loss => ({
  what: kept.length === 0 ? "metadata" : `metadata but ${kept.join(", ")}`,
  without: (article) => {
    const gone = TOLD.filter((name) => !kept.includes(name));
    return { ...article, ...Object.fromEntries(gone.map((name) => [name, null])) };
  },
});

/** An article's sets of marks, one a reviewer, gold last (`reviewer` null). */
export type Layer = Marks & { readonly reviewer: string | null };

export const layersOf = (article: NativeArticle): readonly Layer[] => [
  ...article.reviews,
  ...(article.gold ? [{ reviewer: null, spans: article.gold.spans, links: article.gold.links }] : []),
];
